public import Quantities

/// Accuses hosts whose traces are too alike for two owners: the same moments, or the same customers.
///
/// A host's trace is a set of features. Features that many hosts share (a rush hour, a large
/// customer) say nothing and are dropped. Likeness is the Jaccard index of two sets, estimated from
/// their min-hash signatures, and only hosts that agree in a band of the signature are compared, so
/// the cost is near linear in hosts. A pair counts only if it is more alike than the features of hosts
/// drawn at random would make any pair of them: in a young market, where each has had two or three
/// customers, much likeness is chance.
///
/// - Source: Broder, 1997 (min-hash); Indyk, Motwani, 1998 (banding).
public struct BehaviouralCorrelation: Hashable, Sendable {
  public enum Trace: Hashable, Sendable {
    /// Claims in the same span of the given length.
    case claims(within: SimDuration)
    /// Payments by the same renters.
    case customers
  }

  public var trace: Trace
  /// Estimated Jaccard index from which on a host is flagged.
  public var threshold: Double
  /// Hosts with fewer distinct features are not judged.
  public var featuresMin: Int
  /// Share of the hosts from which on a feature is common and says nothing.
  public var commonShare: Double
  /// Pairs of hosts that may be expected to be taken for alike where all draw their features at random,
  /// each as often as it occurs. Hosts that were there at different times are less alike than that, and
  /// those that were there for the same short time more.
  public var chancePairsMax: Double

  /// - Parameter featuresMin: nil for 2 customers, of which a ring needs few, or 5 moments.
  public init(
    _ trace: Trace, threshold: Double = 0.25, featuresMin: Int? = nil, commonShare: Double = 0.02,
    chancePairsMax: Double = 0.05
  ) {
    precondition((featuresMin ?? 1) >= 1, "a host without features is like no other")
    self.trace = trace
    self.threshold = threshold
    self.featuresMin = featuresMin ?? (trace == .customers ? 2 : 5)
    self.commonShare = commonShare
    self.chancePairsMax = chancePairsMax
  }

  /// Likeness to the most alike other host that was found, 0 … 1, in steps of 1/64; 0 where chance
  /// explains all that there is.
  ///
  /// Pairs with a Jaccard index of 0.3 are compared with a chance of 95 %, of 0.1 with 28 %.
  ///
  /// - Returns: Shape `[hosts]`.
  /// - Complexity: O(64 features + 64 hosts).
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    var traces = FollowedTraces(self)
    return traces.scores(of: record, hosts: hosts)
  }
}
