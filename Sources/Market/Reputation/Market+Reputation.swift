import Detection
import DetectionScoring
import Kernel
import Quantities
import Statistics

/// Reputations during a run: who asks them, and how well they tell what hosts are really like.
extension Market {
  /// Rounds of measurement in a run, besides the one at its end.
  private static var reputationRounds: Int64 { 48 }
  /// Chance that an honest host scores above a dishonest one from which on cohorts count as separate.
  static var separateArea: Double { 0.95 }
  /// Share of the incumbents' median score from which on a newcomer counts as their equal.
  private static var parity: Double { 0.95 }

  mutating func prepareReputations() {
    guard !reputations.models.isEmpty else { return }
    followReputations()
  }

  /// After a block whose routers ask a model for its scores.
  mutating func followReputations() {
    reputations.read(watch.record, identities: watch.hosts.count)
    guard let routing = reputations.routing else { return }
    for identity in reputations.touched {
      let host = watch.hosts[identity]
      guard watch.identities[host] == identity else { continue }
      let score = reputations.models[routing].ledger.score(of: identity)
      let rank = UInt32((score * Double(Host.highestRank)).rounded())
      guard rank != hosts[host].rank else { continue }
      hosts[host].rank = rank
      refresh(HostID(UInt32(host)))
    }
    reputations.forgetTouched()
  }

  mutating func sampleReputations(at time: SimTime) {
    guard !reputations.models.isEmpty, time >= reputations.nextRound else { return }
    let spacing = configuration.duration.nanoseconds / Self.reputationRounds
    reputations.nextRound = time + SimDuration(nanoseconds: max(1, spacing))
    measureReputations(at: time)
  }

  mutating func measureReputations(at time: SimTime) {
    guard !reputations.models.isEmpty else { return }
    reputations.measuredAt = time
    reputations.read(watch.record, identities: watch.hosts.count)
    reputations.refresh(from: watch.record)
    copyStoredScores()
    let present = hosts.indices.filter { !hosts[$0].isAway }
    for number in reputations.models.indices {
      let ledger = reputations.models[number].ledger
      let scores = present.map { ledger.score(of: watch.identities[$0]) }
      judge(number, present, at: time)
      reputations.models[number].dishonestShare = dishonestShare(present, scores)
      noteParity(number, present, scores, at: time)
      recordReputation(number, present, scores, at: time)
    }
    followReputations()
  }

  /// NaN where nobody has any score.
  private func dishonestShare(_ present: [Int], _ scores: [Double]) -> Double {
    var (dishonest, all) = (0.0, 0.0)
    for (index, score) in zip(present, scores) {
      all += score
      if !hostTerms[Int(hosts[index].cohort)].isHonest { dishonest += score }
    }
    return all > 0 ? dishonest / all : .nan
  }

  /// How true the scores are of hosts whose conduct the model was not told of.
  private mutating func judge(_ number: Int, _ present: [Int], at time: SimTime) {
    let ledger = reputations.models[number].ledger
    func score(_ index: Int) -> Double { ledger.score(of: watch.identities[index]) }
    let known = Set(ledger.model.known)
    let strangers = present.filter { !known.contains(watch.identities[$0]) }
    let tried = strangers.filter { trueQuality(of: $0) != nil }
    reputations.models[number].quality =
      tried.isEmpty
      ? nil
      : ReputationQuality(
        scores: tried.map(score), qualities: tried.map { trueQuality(of: $0) ?? 0 },
        areChances: reputations.models[number].name.scoresAreChances)
    let good = strangers.filter { hostTerms[Int(hosts[$0].cohort)].isHonest }
    let bad = strangers.filter { !hostTerms[Int(hosts[$0].cohort)].isHonest }
    guard !good.isEmpty, !bad.isEmpty else { return }
    reputations.models[number].history.append(
      (time, CohortSeparation(good: good.map(score), bad: bad.map(score))))
  }

  /// The contract's scores over the highest of them.
  private mutating func copyStoredScores() {
    guard let number = reputations.models.firstIndex(where: { $0.name == .contract }) else {
      return
    }
    var highest: UInt32 = 1
    for index in hosts.indices { highest = max(highest, hosts[index].score) }
    for index in hosts.indices {
      reputations.models[number].ledger.set(
        score: Double(hosts[index].score) / Double(highest), of: watch.identities[index])
    }
  }

  /// Share of the jobs of others than its own renters that a host claimed and really did; nil before the
  /// first has ended.
  private func trueQuality(of index: Int) -> Double? {
    trueRecord(of: index).map { Double($0.done) / Double($0.ended) }
  }

  /// Jobs of others than its own renters that a host really did, and those that have ended; nil before
  /// the first has.
  func trueRecord(of index: Int) -> (done: UInt32, ended: UInt32)? {
    let host = hosts[index]
    let washed = books[index].washed
    guard host.jobsEnded > washed else { return nil }
    return (host.completed - host.cheats - washed, host.jobsEnded - washed)
  }

  /// Newcomers that score as those do who were there at the start: 95 % of their median or more, since
  /// who has more of the same good past stays ahead for ever by a little.
  private mutating func noteParity(
    _ number: Int, _ present: [Int], _ scores: [Double], at time: SimTime
  ) {
    var incumbents: [Double] = []
    var newcomers: [(identity: Int, score: Double)] = []
    for (place, index) in present.enumerated() {
      let identity = watch.identities[index]
      if reputations.isIncumbent[identity] {
        incumbents.append(scores[place])
      } else if reputations.models[number].parityAt[identity] == .distantFuture {
        newcomers.append((identity, scores[place]))
      }
    }
    guard !incumbents.isEmpty, !newcomers.isEmpty else { return }
    incumbents.sort()
    let median = incumbents[(incumbents.count - 1) / 2]
    for newcomer in newcomers where newcomer.score >= Self.parity * median {
      reputations.models[number].parityAt[newcomer.identity] = time
    }
  }

  private mutating func recordReputation(
    _ number: Int, _ present: [Int], _ scores: [Double], at time: SimTime
  ) {
    guard tables.reputationModels.isRecording else { return }
    let model = reputations.models[number]
    for cohort in hostTerms.indices {
      let own = zip(present, scores).filter { Int(hosts[$0.0].cohort) == cohort }.map(\.1).sorted()
      tables.reputationModels.row.append(time)
      tables.reputationModels.row.append(model.name.rawValue)
      tables.reputationModels.row.append(configuration.hosts[cohort].name)
      tables.reputationModels.row.append(own.count)
      tables.reputationModels.row.append(own.isEmpty ? .nan : Tally(own).mean)
      tables.reputationModels.row.append(own.valueAtRank(of: 0.1))
      tables.reputationModels.row.append(own.valueAtRank(of: 0.5))
      tables.reputationModels.row.append(own.valueAtRank(of: 0.9))
      tables.reputationModels.row.append(model.quality?.rankAgreement ?? .nan)
      tables.reputationModels.row.append(model.quality?.brier ?? .nan)
      tables.reputationModels.row.append(model.history.last?.separation.gap ?? .nan)
      tables.reputationModels.row.append(model.history.last?.separation.area ?? .nan)
      tables.reputationModels.endRow()
    }
  }

  // MARK: At the horizon

  func setReputations(_ values: inout MetricValues, at end: SimTime) {
    for (name, metrics) in zip(ReputationChoice.Name.allCases, Metric.reputationModels) {
      let model = reputations.models.first { $0.name == name }
      values.set(metrics.agreement, model?.quality?.rankAgreement ?? .nan)
      values.set(metrics.brier, model?.quality?.brier ?? .nan)
      values.set(metrics.dishonestShare, model?.dishonestShare ?? .nan)
      values.set(metrics.separation, model?.history.last?.separation.area ?? .nan)
      let separated = model.flatMap {
        CohortSeparation.timeToSeparate($0.history, area: Self.separateArea)
      }
      values.set(metrics.separatedAfter, separated?.seconds ?? .nan)
      values.set(
        metrics.parityAfter, model.flatMap { newcomersWait(until: $0.parityAt, at: end) } ?? .nan)
    }
    values.set(.newcomersFirstJob, newcomersWait(until: firstClaims(), at: end) ?? .nan)
  }

  /// Of each identity; the distant future without a claim.
  private func firstClaims() -> [SimTime] {
    var first = [SimTime](repeating: .distantFuture, count: watch.hosts.count)
    for claim in watch.record.claims {
      let time = SimTime.zero + .seconds(Int64(claim.second))
      first[Int(claim.host)] = min(first[Int(claim.host)], time)
    }
    return first
  }

  /// Median seconds from the first registration of newcomers that are counted to `events`, of those who
  /// have come so far and of those who have not yet; nil without newcomers or where the estimate never
  /// falls to a half.
  private func newcomersWait(until events: [SimTime], at end: SimTime) -> Double? {
    var waits: [Double] = []
    var isOver: [Bool] = []
    for newcomer in watch.record.newcomers(from: countedFrom) {
      let event = events[newcomer.host]
      waits.append(max(0, (min(event, end) - newcomer.entered).seconds))
      isOver.append(event <= end)
    }
    return waits.isEmpty ? nil : KaplanMeier(durations: waits, isDetected: isOver).median
  }
}
