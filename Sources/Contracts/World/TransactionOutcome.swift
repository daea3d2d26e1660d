public import EVM

/// What a transaction or a view call did, in decoded form, for callers outside the hot path.
public struct TransactionOutcome: Hashable, Sendable {
  public var result: Result
  /// In order of emission; empty after a revert.
  public var events: [DecodedEvent]
  public var gas: GasBreakdown

  public init(result: Result, events: [DecodedEvent], gas: GasBreakdown) {
    self.result = result
    self.events = events
    self.gas = gas
  }

  public enum Result: Hashable, Sendable {
    /// Return values in declaration order.
    case success([ABIValue])
    case reverted(RevertData)
  }

  public enum RevertData: Hashable, Sendable {
    /// `Error(string)`.
    case error(String)
    /// `Panic(uint256)`: 0x11 arithmetic, 0x21 enum conversion, 0x32 index.
    case panic(UInt64)
    case custom(name: String, arguments: [ABIValue.Field])
    /// Revert without data.
    case empty
    /// Exceptional halt: out of gas and the like.
    case halt(String)
  }
}

/// A log with its event's name and its arguments, indexed or not, in declaration order.
public struct DecodedEvent: Hashable, Sendable {
  public var contract: AccountID
  public var name: String
  public var arguments: [ABIValue.Field]

  public init(contract: AccountID, name: String, arguments: [ABIValue.Field]) {
    self.contract = contract
    self.name = name
    self.arguments = arguments
  }
}

/// Gas of one transaction by part: `used` = `intrinsic` + `calldata` + `execution` − `refund`.
public struct GasBreakdown: BitwiseCopyable, Hashable, Sendable {
  public var used: UInt64
  public var intrinsic: UInt64
  public var calldata: UInt64
  public var execution: UInt64
  /// After the cap of one fifth.
  public var refund: UInt64

  public init(
    used: UInt64, intrinsic: UInt64, calldata: UInt64, execution: UInt64, refund: UInt64
  ) {
    self.used = used
    self.intrinsic = intrinsic
    self.calldata = calldata
    self.execution = execution
    self.refund = refund
  }
}
