public import Quantities

/// Who may change the rules during a run, and what is put to them.
public struct GovernanceConfiguration: Sendable, Equatable {
  /// Holders of votes who decide alike.
  public struct Voters: Sendable, Equatable {
    public var name: String
    public var count: Int
    /// Whole votes of the cohort together; all cohorts have at most 1,000,000, the supply.
    public var tokens: Int
    /// Shape (> 1) of the Pareto law by which they are spread; nil: equally.
    public var pareto: Double?
    /// Probability that a voter casts its vote, 0 … 1.
    public var turnout: Double
    /// Probability that a vote cast is for a proposal, 0 … 1, unless the proposal says otherwise.
    public var support: Double
    /// Share of the cohort that lets its first voter vote for it, 0 … 1.
    public var delegated: Double

    public init(
      name: String, count: Int, tokens: Int, pareto: Double? = nil, turnout: Double = 0.1,
      support: Double = 0.5, delegated: Double = 0
    ) {
      self.name = name
      self.count = count
      self.tokens = tokens
      self.pareto = pareto
      self.turnout = turnout
      self.support = support
      self.delegated = delegated
    }
  }

  /// A change of rules that the first voter of a cohort puts to the vote.
  public struct Proposal: Sendable, Equatable {
    public var at: SimDuration
    /// Position of the proposer's cohort.
    public var by: Int
    public var updates: [Update]
    /// Probability that a vote is for it, by cohort; nil: the cohort's own.
    public var support: [Double?]

    public init(at: SimDuration, by: Int, updates: [Update], support: [Double?]) {
      self.at = at
      self.by = by
      self.updates = updates
      self.support = support
    }
  }

  /// One rule and its new value.
  public struct Update: Sendable, Equatable {
    /// As under `protocol:`.
    public var key: String
    public var value: UInt256
    /// As the scenario writes it.
    public var text: String

    public init(key: String, value: UInt256, text: String) {
      self.key = key
      self.value = value
      self.text = text
    }
  }

  public var voters: [Voters]
  public var proposals: [Proposal]

  public init(voters: [Voters] = [], proposals: [Proposal] = []) {
    self.voters = voters
    self.proposals = proposals
  }

  var isEmpty: Bool { proposals.isEmpty }
}
