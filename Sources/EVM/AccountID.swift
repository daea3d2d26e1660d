/// Dense number of an account or contract in one chain state; 0 is the zero address.
public struct AccountID: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var index: UInt32

  @inlinable public init(_ index: UInt32) { self.index = index }

  @inlinable public static var zero: AccountID { AccountID(0) }

  @inlinable public var isZero: Bool { index == 0 }
  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool { lhs.index < rhs.index }
}
