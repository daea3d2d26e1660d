/// One of the detectors, chosen when a scenario is read.
public enum Detector: Hashable, Sendable {
  case controllerThreshold(ControllerThreshold)
  case fundingCluster(FundingCluster)
  case behaviouralCorrelation(BehaviouralCorrelation)
  case sybilRank(SybilRank)
  case eigenTrust(EigenTrust)
  case selfDealing(SelfDealing)

  /// Suspicion of each host, higher for more; scales differ between detectors.
  ///
  /// - Precondition: `hosts` are no fewer than `record` names.
  /// - Returns: Shape `[hosts]`, finite.
  public func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    switch self {
    case .controllerThreshold(let detector): detector.scores(of: record, hosts: hosts)
    case .fundingCluster(let detector): detector.scores(of: record, hosts: hosts)
    case .behaviouralCorrelation(let detector): detector.scores(of: record, hosts: hosts)
    case .sybilRank(let detector): detector.scores(of: record, hosts: hosts)
    case .eigenTrust(let detector): detector.scores(of: record, hosts: hosts)
    case .selfDealing(let detector): detector.scores(of: record, hosts: hosts)
    }
  }

  /// Score from which on a host is flagged.
  public var threshold: Double {
    switch self {
    case .controllerThreshold(let detector): detector.threshold
    case .fundingCluster(let detector): detector.threshold
    case .behaviouralCorrelation(let detector): detector.threshold
    case .sybilRank(let detector): detector.threshold
    case .eigenTrust(let detector): detector.threshold
    case .selfDealing(let detector): detector.threshold
    }
  }

  /// Hosts that it takes for honest from the start; it is told of them, so that what it makes of them
  /// says nothing of how good it is, and accuses none.
  public var known: [Int] {
    switch self {
    case .sybilRank(let detector): detector.seeds
    case .eigenTrust(let detector): detector.seeds
    case .controllerThreshold, .fundingCluster, .behaviouralCorrelation, .selfDealing: []
    }
  }

  /// As scenarios and result files call it.
  public var name: String {
    switch self {
    case .controllerThreshold: "controllerThreshold"
    case .fundingCluster: "fundingCluster"
    case .behaviouralCorrelation(let detector):
      switch detector.trace {
      case .claims: "claimTiming"
      case .customers: "sharedCustomers"
      }
    case .sybilRank: "sybilRank"
    case .eigenTrust: "eigenTrust"
    case .selfDealing: "selfDealing"
    }
  }
}
