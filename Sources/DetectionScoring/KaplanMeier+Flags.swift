public import Detection
public import Quantities

extension KaplanMeier {
  /// Seconds from entry to the first flag of each of `hosts`; those never flagged are watched until
  /// they leave, or until `end`.
  ///
  /// Whoever left and came back was watched all the time.
  ///
  /// - Parameter hosts: That entered by `end`.
  public static func secondsToDetection(
    of hosts: [Int], _ flags: Flags, _ truth: GroundTruth, until end: SimTime
  ) -> KaplanMeier {
    let watches = hosts.map {
      truth.watch(over: $0, firstFlag: flags.firstTime(of: $0), until: end)
    }
    return KaplanMeier(
      durations: zip(hosts, watches).map { max(0, ($1.ended - truth.entries[$0]).seconds) },
      isDetected: watches.map(\.isDetected))
  }

  /// Seconds from a fraud's entry to its first flag, of all that entered by `end`.
  public static func secondsToDetection(
    _ flags: Flags, of truth: GroundTruth, until end: SimTime
  ) -> KaplanMeier {
    secondsToDetection(of: frauds(truth, until: end), flags, truth, until: end)
  }

  /// Claims that a fraud made before its first flag, or until it left or `end` if it was never flagged.
  ///
  /// - Complexity: O(claims).
  public static func jobsToDetection(
    _ flags: Flags, of truth: GroundTruth, record: PublicRecord, until end: SimTime
  ) -> KaplanMeier {
    let watches = (0..<truth.hostCount).map {
      truth.watch(over: $0, firstFlag: flags.firstTime(of: $0), until: end)
    }
    var jobs = [Double](repeating: 0, count: truth.hostCount)
    for claim in record.claims where Int(claim.host) < jobs.count {
      if SimTime.zero + .seconds(Int64(claim.second)) <= watches[Int(claim.host)].ended {
        jobs[Int(claim.host)] += 1
      }
    }
    let frauds = frauds(truth, until: end)
    return KaplanMeier(
      durations: frauds.map { jobs[$0] }, isDetected: frauds.map { watches[$0].isDetected })
  }

  private static func frauds(_ truth: GroundTruth, until end: SimTime) -> [Int] {
    (0..<truth.hostCount).filter { truth.isFraud[$0] && truth.entries[$0] <= end }
  }
}
