import Detection
import DetectionScoring
import Quantities
import Statistics

/// What became of the observers' verdicts, measured against the truth.
extension Market {
  func writeDetections(to outlet: TableOutlet, at end: SimTime) throws {
    var table = try outlet.stream(.detections)
    guard table.isRecording else { return try table.finish() }
    for (number, score) in detectionScores().enumerated() {
      let jobs = KaplanMeier.jobsToDetection(
        watch.flags[number], of: watch.truth, record: watch.record, until: end)
      table.row.appendDetection(
        score, by: watch.detectors[number].name, time: timeToDetection(number, until: end),
        jobs: jobs, honestEver: honestFlaggedEver(number))
      table.endRow()
    }
    try table.finish()
  }

  func writeDetectionCohorts(to outlet: TableOutlet, at end: SimTime) throws {
    var table = try outlet.stream(.detectionCohorts)
    guard table.isRecording else { return try table.finish() }
    for number in watch.scores.indices {
      let members = judgedIdentities(number)
      for (cohort, identities) in members.enumerated() {
        let suspicions = identities.map { watch.scores[number][$0] }.sorted()
        let firsts = identities.map { watch.flags[number].firstTime(of: $0) }
        table.row.append(watch.detectors[number].name)
        table.row.append(configuration.hosts[cohort].name)
        table.row.append(conduct(ofCohort: cohort))
        table.row.append(identities.count)
        table.row.append(suspicions.count { $0 >= watch.detectors[number].threshold })
        table.row.append(firsts.count { $0 != nil })
        for share in [0.1, 0.5, 0.9] { table.row.append(suspicions.valueAtRank(of: share)) }
        let delay = KaplanMeier.secondsToDetection(
          of: identities, watch.flags[number], watch.truth, until: end)
        table.row.append(delay.median ?? .nan)
        table.endRow()
      }
    }
    try table.finish()
  }

  func writeDetectionScores(to outlet: TableOutlet) throws {
    var table = try (configuration.outputs.detectionScores ? outlet : .discarding)
      .stream(.detectionScores)
    guard table.isRecording else { return try table.finish() }
    for (number, scores) in watch.scores.enumerated() {
      for identity in judgedIdentities(number).joined().sorted() {
        let score = scores[identity]
        let cohort = Int(hosts[watch.hosts[identity]].cohort)
        table.row.append(watch.detectors[number].name)
        table.row.append(identity)
        table.row.append(watch.hosts[identity])
        table.row.append(configuration.hosts[cohort].name)
        table.row.append(conduct(ofCohort: cohort))
        table.row.append(watch.truth.entries[identity])
        table.row.append(score)
        table.row.append(score >= watch.detectors[number].threshold)
        if let first = watch.flags[number].firstTime(of: identity) {
          table.row.append(first)
        } else {
          table.row.appendAbsent()
        }
        table.endRow()
      }
    }
    try table.finish()
  }

  func setDetection(_ values: inout MetricValues, at end: SimTime) {
    let scores = detectionScores()
    for (kind, metrics) in zip(DetectionConfiguration.Kind.allCases, Metric.detectors) {
      guard let place = configuration.detection.detectors.firstIndex(of: kind),
        scores.indices.contains(place)
      else { continue }
      values.set(metrics.area, scores[place].area.value)
      values.set(metrics.precision, scores[place].precision)
      values.set(metrics.recall, scores[place].recall)
      values.set(metrics.honestFlaggedEver, Double(honestFlaggedEver(place)))
      values.set(
        metrics.timeToDetection, timeToDetection(place, until: end).median ?? .nan)
    }
  }

  /// How right each detector was in its latest round; nothing before the first.
  private func detectionScores() -> [DetectionScore] {
    watch.scores.indices.map {
      DetectionScore(
        scores: watch.scores[$0], truth: watch.truth, known: watch.detectors[$0].known,
        threshold: watch.detectors[$0].threshold)
    }
  }

  private func timeToDetection(_ detector: Int, until end: SimTime) -> KaplanMeier {
    KaplanMeier.secondsToDetection(watch.flags[detector], of: watch.truth, until: end)
  }

  private func honestFlaggedEver(_ detector: Int) -> Int {
    watch.truth.isFraud.indices.count {
      !watch.truth.isFraud[$0] && watch.flags[detector].firstTime(of: $0) != nil
    }
  }

  /// Identities of each cohort that a detector has scores of and was told nothing about, ascending.
  private func judgedIdentities(_ detector: Int) -> [[Int]] {
    let known = Set(watch.detectors[detector].known)
    var members = [[Int]](repeating: [], count: configuration.hosts.count)
    for identity in watch.scores[detector].indices where watch.truth.hasEntered(identity) {
      guard !known.contains(identity) else { continue }
      members[Int(hosts[watch.hosts[identity]].cohort)].append(identity)
    }
    return members
  }

  private func conduct(ofCohort cohort: Int) -> String {
    hostTerms[cohort].isHonest ? "honest" : "dishonest"
  }
}

extension [Double] {
  /// Of ascending values the lowest that at least `share` of them do not exceed; NaN without any.
  func valueAtRank(of share: Double) -> Double {
    isEmpty ? .nan : self[Swift.max(1, Int((share * Double(count)).rounded(.up))) - 1]
  }
}
