/// A number of language-model tokens (prompt, output or cached). Never negative in a valid model.
public struct TokenCount: BitwiseCopyable, Hashable, Comparable, Sendable {
  public var rawValue: Int64

  @inlinable public init(_ rawValue: Int64) { self.rawValue = rawValue }

  @inlinable public static var zero: TokenCount { TokenCount(0) }

  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
  @inlinable public static func + (lhs: Self, rhs: Self) -> Self {
    TokenCount(lhs.rawValue + rhs.rawValue)
  }
  @inlinable public static func - (lhs: Self, rhs: Self) -> Self {
    TokenCount(lhs.rawValue - rhs.rawValue)
  }
  @inlinable public static func += (lhs: inout Self, rhs: Self) { lhs = lhs + rhs }
  @inlinable public static func -= (lhs: inout Self, rhs: Self) { lhs = lhs - rhs }
}

extension TokenCount: CustomStringConvertible {
  public var description: String { "\(rawValue) tokens" }
}
