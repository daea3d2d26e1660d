public import Quantities

/// Detectors that follow one record as it grows: a round costs what is new since the last one and a
/// look at what is known, not the whole record again.
///
/// Scores are those that the detectors would give the whole record, to the bit, however often it was
/// looked at before.
public struct Surveillance: Sendable {
  public let detectors: [Detector]
  /// Of each detector in the latest round, shape `[hosts]`; none before the first.
  public private(set) var scores: [[Double]] = []
  /// Of each detector.
  public private(set) var flags: [Flags]

  /// Of each behavioural correlation; nil for other detectors.
  private var traces: [FollowedTraces?]
  private var dealings = Dealings()
  private let readsDealings: Bool
  /// Entries that the detectors of registrations had seen.
  private var registrationsSeen = 0
  private var transfersSeen = 0
  private var presence = Presence()

  public init(_ detectors: [Detector]) {
    self.detectors = detectors
    flags = detectors.map { _ in Flags() }
    traces = detectors.map { detector in
      guard case .behaviouralCorrelation(let correlation) = detector else { return nil }
      return FollowedTraces(correlation)
    }
    readsDealings = detectors.contains { detector in
      switch detector {
      case .sybilRank, .eigenTrust, .selfDealing: true
      case .controllerThreshold, .fundingCluster, .behaviouralCorrelation: false
      }
    }
  }

  /// Looks at all that there is, and flags the hosts that are registered now and whose scores reach
  /// their detector's threshold, but for those that the detector knows.
  ///
  /// - Precondition: `record` is the one of the round before, with or without more entries; `hosts`
  ///   are no fewer than it names, and no fewer than before.
  /// - Returns: Of each detector, the hosts that it flags for the first time, ascending.
  @discardableResult
  public mutating func look(at record: PublicRecord, hosts: Int, time: SimTime) -> [[Int]] {
    presence.read(record, hosts: hosts)
    score(record, hosts)
    let isPresent = presence.isPresent
    return detectors.indices.map { number in
      var isSuspect = isPresent
      for host in detectors[number].known where host < hosts { isSuspect[host] = false }
      return flags[number].raise(
        scores: scores[number], threshold: detectors[number].threshold, at: time,
        among: isSuspect)
    }
  }

  private mutating func score(_ record: PublicRecord, _ hosts: Int) {
    if readsDealings { dealings.read(record) }
    let isFirst = scores.isEmpty
    if isFirst { scores = detectors.map { _ in [] } }
    let isRegistryChanged =
      isFirst || registrationsSeen < record.registrations.count
      || transfersSeen < record.transfers.count
    for number in detectors.indices {
      switch detectors[number] {
      case .behaviouralCorrelation:
        scores[number] = traces[number]?.scores(of: record, hosts: hosts) ?? []
      case .sybilRank(let detector):
        scores[number] = detector.scores(of: dealings, hosts: hosts)
      case .eigenTrust(let detector):
        scores[number] = detector.scores(of: dealings, hosts: hosts)
      case .selfDealing(let detector):
        scores[number] = detector.scores(of: record, dealings, hosts: hosts)
      case .controllerThreshold, .fundingCluster:
        guard isRegistryChanged || scores[number].count != hosts else { continue }
        scores[number] = detectors[number].scores(of: record, hosts: hosts)
      }
    }
    registrationsSeen = record.registrations.count
    transfersSeen = record.transfers.count
  }
}
