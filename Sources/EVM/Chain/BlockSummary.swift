public import Quantities

/// One produced block, for streaming out.
public struct BlockSummary: BitwiseCopyable, Hashable, Sendable {
  public var number: UInt64
  /// Seconds since 1970.
  public var timestamp: UInt64
  /// Wei per gas.
  public var baseFee: Wei
  /// By the simulated transactions.
  public var gasOurs: Gas
  /// By everybody else, inside the limit.
  public var gasBackground: Gas
  /// Of everybody else's demand, what the limit left out.
  public var gasBackgroundRefused: Gas
  /// Simulated transactions.
  public var transactionCount: UInt32
  /// Empty blocks that filled the gap since the previous summary, after an outage.
  public var emptyBlocksBefore: UInt64

  @inlinable init(
    number: UInt64, timestamp: UInt64, baseFee: Wei, gasOurs: Gas, gasBackground: Gas,
    gasBackgroundRefused: Gas, transactionCount: UInt32, emptyBlocksBefore: UInt64
  ) {
    self.number = number
    self.timestamp = timestamp
    self.baseFee = baseFee
    self.gasOurs = gasOurs
    self.gasBackground = gasBackground
    self.gasBackgroundRefused = gasBackgroundRefused
    self.transactionCount = transactionCount
    self.emptyBlocksBefore = emptyBlocksBefore
  }

  @inlinable public var gasUsed: Gas { gasOurs + gasBackground }
}
