public import Quantities

/// Calls that named people send at given times, beside the market or without one: how an auditor
/// shows what one transaction does.
public struct ScriptConfiguration: Sendable, Equatable {
  /// Somebody with means of its own.
  public struct Actor: Sendable, Equatable {
    public var name: String
    /// Whole coins and parts of them, ≥ 0. Approvals for every contract that pulls tokens come along.
    public var eth: Double
    public var fab: Double
    public var usdc: Double
    /// Whose gains count as an attacker's; others' count as the victims'.
    public var isAttacker: Bool

    public init(name: String, eth: Double, fab: Double, usdc: Double, isAttacker: Bool) {
      self.name = name
      self.eth = eth
      self.fab = fab
      self.usdc = usdc
      self.isAttacker = isAttacker
    }
  }

  /// An argument as a file writes it; the function's signature says what it becomes.
  public indirect enum Argument: Sendable, Equatable {
    case number(UInt256)
    /// Seconds after the block that executes the call.
    case secondsFromNow(UInt64)
    /// What an earlier step returned.
    case result(of: String)
    case flag(Bool)
    case text(String)
    case bytes([UInt8])
    /// An actor, an official, a contract or a token.
    case account(String)
    case list([Argument])
    /// Bytes that call a function, as batches, operations and proposals carry them.
    case encoded(function: String, [Argument])
  }

  public enum Outcome: Sendable, Equatable {
    case succeeds
    /// With this reason; nil: any.
    case reverts(String?)
  }

  /// One transaction.
  public struct Step: Sendable, Equatable {
    public var at: SimDuration
    public var from: String
    public var contract: String
    /// As `claimJob(uint256)`.
    public var function: String
    public var arguments: [Argument]
    /// ETH that comes along, wei.
    public var value: UInt256
    /// Name under which later steps find what the call returned.
    public var result: String?
    /// Nil: whatever happens is as it should be.
    public var outcome: Outcome?
    /// What it must return first; nil: anything.
    public var returns: Argument?

    public init(
      at: SimDuration, from: String, contract: String, function: String, arguments: [Argument],
      value: UInt256 = .zero, result: String? = nil, outcome: Outcome? = nil,
      returns: Argument? = nil
    ) {
      self.at = at
      self.from = from
      self.contract = contract
      self.function = function
      self.arguments = arguments
      self.value = value
      self.result = result
      self.outcome = outcome
      self.returns = returns
    }
  }

  public var actors: [Actor]
  /// In order of time.
  public var steps: [Step]
  /// Setters, as `JobMarketplace.setGovernance`, that the deployer has not called when the market
  /// opens.
  public var unwired: [String]

  public init(actors: [Actor] = [], steps: [Step] = [], unwired: [String] = []) {
    self.actors = actors
    self.steps = steps
    self.unwired = unwired
  }

  public var isEmpty: Bool { steps.isEmpty }
}
