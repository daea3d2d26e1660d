public import Quantities

/// Observers of the public record, who are scored against what nobody can see.
public struct DetectionConfiguration: Sendable, Equatable {
  public enum Kind: String, Sendable, CaseIterable {
    /// Nodes of one controller.
    case controllerThreshold
    /// Hosts whose wallets were filled from one source.
    case fundingCluster
    /// Hosts that claim at the same moments.
    case claimTiming
    /// Hosts with the same customers.
    case sharedCustomers
    /// Hosts that little trust reaches from known ones. Needs renters who come back: where most buy
    /// once, trust reaches few hosts, and half of the honest ones may stand accused.
    case sybilRank
    /// Hosts that renters' ratings lend little trust.
    case eigenTrust
    /// Hosts whose customers have their money from them.
    case selfDealing
  }

  /// What happens to a host that a detector flags for the first time.
  public enum Action: String, Sendable, CaseIterable {
    /// Only counted.
    case watch
    /// Routers send it nothing any more.
    case refuse
    /// Governance takes the protocol's share of its stake.
    case slash
  }

  public var detectors: [Kind]
  /// Of each detector; those that are missing watch.
  public var actions: [Kind: Action]
  /// Honest hosts that observers know, where they need any; ≥ 1.
  public var seeds: Int
  /// From the start to the first look of all detectors, and from each to the next; nil for a 24th of
  /// the run. Positive.
  public var interval: SimDuration?

  public init(
    detectors: [Kind] = [], actions: [Kind: Action] = [:], seeds: Int = 10,
    interval: SimDuration? = nil
  ) {
    self.detectors = detectors
    self.actions = actions
    self.seeds = seeds
    self.interval = interval
  }

  /// Between two looks in a run of that duration.
  func interval(of duration: SimDuration) -> SimDuration {
    interval ?? SimDuration(nanoseconds: max(1, duration.nanoseconds / 24))
  }
}
