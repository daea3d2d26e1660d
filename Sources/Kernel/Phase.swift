/// Which of the eight parts of one instant an event belongs to: lower phases happen first.
///
/// A model names its own phases in an extension, such as `static let chain = Phase(2)`. A phase may
/// still receive events of the current instant while a later phase executes; they happen next.
public struct Phase: BitwiseCopyable, Hashable, Sendable, Comparable {
  public let rawValue: UInt8

  /// - Precondition: `rawValue` is below 8.
  @inlinable public init(_ rawValue: UInt8) {
    precondition(rawValue < 8, "a phase is one of 0 ..< 8")
    self.rawValue = rawValue
  }

  /// Where events go that do not say; three phases come after it and four before.
  public static var ordinary: Phase { Phase(4) }

  @inlinable public static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }
}
