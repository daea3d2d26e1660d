public import Detection
public import Quantities

extension KaplanMeier {
  /// Seconds from entry to a fraud's first flag; those never flagged are watched until `end`.
  ///
  /// Hosts that enter after `end` are left out.
  public static func secondsToDetection(
    _ flags: Flags, of truth: GroundTruth, until end: SimTime
  ) -> KaplanMeier {
    var durations: [Double] = []
    var isDetected: [Bool] = []
    for host in 0..<truth.hostCount where truth.isFraud[host] && truth.entries[host] <= end {
      let flagged = flags.firstTime(of: host).flatMap { $0 <= end ? $0 : nil }
      durations.append(max(0, ((flagged ?? end) - truth.entries[host]).seconds))
      isDetected.append(flagged != nil)
    }
    return KaplanMeier(durations: durations, isDetected: isDetected)
  }

  /// Claims that a fraud made before its first flag, or at all if it was never flagged.
  ///
  /// - Complexity: O(claims).
  public static func jobsToDetection(
    _ flags: Flags, of truth: GroundTruth, record: PublicRecord, until end: SimTime
  ) -> KaplanMeier {
    var jobs = [Double](repeating: 0, count: truth.hostCount)
    let firsts = (0..<truth.hostCount).map { host in
      min(flags.firstTime(of: host) ?? .distantFuture, end)
    }
    for claim in record.claims where Int(claim.host) < jobs.count {
      if SimTime.zero + .seconds(Int64(claim.second)) <= firsts[Int(claim.host)] {
        jobs[Int(claim.host)] += 1
      }
    }
    let frauds = (0..<truth.hostCount).filter { truth.isFraud[$0] && truth.entries[$0] <= end }
    return KaplanMeier(
      durations: frauds.map { jobs[$0] },
      isDetected: frauds.map { host in flags.firstTime(of: host).map { $0 <= end } ?? false })
  }
}
