import Quantities

/// Comes back under a new identity once the old one is worth too little.
///
/// The host leaves the registry, moves its stake and ETH to a new account, and registers that: its
/// score is a newcomer's again. Needs contracts that let hosts leave.
public struct Whitewashing: Sendable, Equatable {
  /// Stored score below which a host gives its identity up, > 0.
  public var below: Int

  public init(below: Int = 100) { self.below = below }
}

extension Market {
  /// At a review: whether the host would be better off as somebody else.
  func wantsNewIdentity(_ index: Int) -> Bool {
    guard let conduct = configuration.hosts[Int(hosts[index].cohort)].behaviour.whitewashing
    else { return false }
    return hosts[index].isBarred || Int(hosts[index].score) < conduct.below
  }
}
