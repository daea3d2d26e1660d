public import Quantities

/// Gas left in the open block, which depends on who is ahead of the background traffic.
///
/// Background transactions all pay `backgroundTip`. Whoever offers more displaces them; whoever
/// offers as much or less takes what they leave.
public struct BlockRoom: BitwiseCopyable, Hashable, Sendable {
  public var aheadOfBackground: Gas
  /// At most `aheadOfBackground`.
  public var behindBackground: Gas
  public var backgroundTip: UInt64

  @inlinable public init(aheadOfBackground: Gas, behindBackground: Gas, backgroundTip: UInt64) {
    self.aheadOfBackground = aheadOfBackground
    self.behindBackground = behindBackground
    self.backgroundTip = backgroundTip
  }

  /// The same room for everybody.
  @inlinable public init(_ gas: Gas) {
    self.init(aheadOfBackground: gas, behindBackground: gas, backgroundTip: 0)
  }

  /// Gas left for a transaction with this effective tip, wei per gas.
  @inlinable public func gas(forTip tip: UInt64) -> UInt64 {
    tip > backgroundTip ? aheadOfBackground.units : behindBackground.units
  }
}
