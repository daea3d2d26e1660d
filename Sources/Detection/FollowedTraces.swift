/// The traces of hosts in one record as it grows, and how alike they are.
struct FollowedTraces: Sendable {
  let detector: BehaviouralCorrelation
  private var signatures = Signatures()
  private var seen = 0

  init(_ detector: BehaviouralCorrelation) { self.detector = detector }

  /// As `BehaviouralCorrelation.scores`, at the cost of what is new since the last time.
  ///
  /// - Precondition: `record` is the one read before, with or without more entries.
  /// - Complexity: O(64 new entries + 64 hosts).
  mutating func scores(of record: PublicRecord, hosts: Int) -> [Double] {
    let first = seen
    let sharersMax = max(64, Int(detector.commonShare * Double(hosts)))
    switch detector.trace {
    case .claims(let span):
      let width = UInt32(PublicRecord.seconds(in: span))
      seen = record.claims.count
      signatures.update(hosts: hosts, sharersMax: sharersMax, adding: seen - first) { index in
        (record.claims[first + index].second / width, record.claims[first + index].host)
      }
    case .customers:
      seen = record.payments.count
      signatures.update(hosts: hosts, sharersMax: sharersMax, adding: seen - first) { index in
        (record.payments[first + index].renter, record.payments[first + index].host)
      }
    }
    return signatures.greatestLikeness(
      featuresMin: detector.featuresMin, chancePairsMax: detector.chancePairsMax)
  }
}
