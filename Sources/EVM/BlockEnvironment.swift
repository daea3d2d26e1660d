/// What a transaction can read of the block that includes it.
public struct BlockEnvironment: BitwiseCopyable, Hashable, Sendable {
  /// Seconds since 1970.
  public var timestamp: UInt64
  public var number: UInt64
  public var chainID: UInt64
  /// Wei per gas; contracts of the system never read it.
  public var baseFee: UInt64
  /// Whether data has a floor price (EIP-7623); Cancun has none.
  public var hasCalldataFloor = false

  @inlinable public init(
    timestamp: UInt64, number: UInt64, chainID: UInt64 = 31337, baseFee: UInt64 = 0
  ) {
    self.timestamp = timestamp
    self.number = number
    self.chainID = chainID
    self.baseFee = baseFee
  }
}
