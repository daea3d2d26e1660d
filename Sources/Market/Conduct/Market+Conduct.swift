import Inference
import Kernel
import Quantities

/// Hosts that do not do what they claimed, by their conduct.
extension Market {
  /// What the host does with a job whose prompt is there.
  ///
  /// - Returns: Whether it does not work on it.
  @inline(__always) mutating func cheats(
    on id: JobID, as host: HostID, at time: SimTime
  ) -> Bool {
    guard hostTerms[Int(hosts[Int(host.index)].cohort)].mayCheat else { return false }
    guard let deed = deed(on: id, as: host) else { return false }
    carryOut(deed, on: id, at: time)
    return true
  }

  /// Nil: it works on the job.
  @inline(never) private mutating func deed(on id: JobID, as host: HostID) -> Deed? {
    if isStraight(host) { return nil }
    let row = Int(host.index)
    let job = JobAtHand(isProven: isProven(id), score: hosts[row].score)
    // Entity 1 draws where puppets buy.
    let round = UInt64(jobs[id].rounds)
    var stream = streams.conduct.stream(
      entity: round == 0 ? 0 : round + 1, event: jobs[id].number)
    let draws = (stream.uniform(), stream.uniform())
    let conduct = conducts[Int(hosts[row].cohort)]
    guard let temptation = conduct.temptation(by: job, draws) else { return nil }
    if let weighing = temptation.weighing {
      let prospects = prospects(of: temptation.deed, weighing, on: id, job, as: host)
      var work = weighing.saving ?? energyCost(of: id, on: host)
      if temptation.deed == .forget { work += feesToCome(of: id, as: host, isProven: job.isProven) }
      guard weighing.pays(work: work, prospects) else { return nil }
    }
    return temptation.deed
  }

  /// Whether the result must be proven.
  @inline(__always) func isProven(_ id: JobID) -> Bool {
    jobs[id].requiresProof && jobRules.enforcesRequirements
  }

  private mutating func carryOut(_ deed: Deed, on id: JobID, at time: SimTime) {
    switch deed {
    case .forget: abandon(id, at: time)
    case .makeUp:
      jobs[id].isWrong = true
      computed(id, firstTokenAt: time, at: time)
    }
  }

  /// USD that a host expects to lose by a deed: its part of the payment, the slash of its stake, and
  /// what it would have earned later, as often as it must expect to be found out.
  private func prospects(
    of deed: Deed, _ weighing: Weighing, on id: JobID, _ job: JobAtHand, as host: HostID
  ) -> Weighing.Prospects {
    let row = hosts[Int(host.index)]
    let unit = jobs[id].isPaidInETH ? 1e-12 * changes.prices.eth : 1e-6
    let payment = Double(jobs[id].payment) * unit * (1 - Double(feeBasisPoints) / 10_000)
    let chance =
      switch deed {
      // Its renter waits for it: a missed deadline is seen by all.
      case .forget: 1.0
      // What verifiers do again they publish, and how often the arbiter is right is known too; that some
      // of them are in league with hosts is not. What renters and challengers notice, only experience
      // tells.
      case .makeUp where !job.isProven && !rentersNotice:
        vigilance.checkShare * jobRules.courtAccuracy
      case .makeUp: weighing.chance(books[Int(host.index)][job.isProven])
      }
    let span = (kernel.now - SimTime.zero).seconds
    let income = span > 0 ? books[Int(host.index)].earned / span : 0
    let penalty = deed == .makeUp && job.isProven ? jobRules.challengePenalty : 0
    return Weighing.Prospects(
      payment: payment, slash: (row.stake * jobRules.slash + penalty) * changes.prices.fab,
      later: deed == .forget ? 0 : income * weighing.future.seconds, chance: chance)
  }

  /// USD for the work on a job, on a host that has nothing else to do.
  private func energyCost(of id: JobID, on host: HostID) -> Double {
    let terms = hostTerms[Int(hosts[Int(host.index)].cohort)]
    let seconds = fleet.secondsAlone(
      of: serverKinds[serverKindIndex(of: id, on: host)],
      prompt: Int(jobs[id].promptTokens), output: Int(jobs[id].outputTokens))
    return seconds / 3_600 * terms.watts / 1_000 * terms.electricity
  }

  /// USD of gas that a host would pay from here on to be paid for a job.
  private mutating func feesToCome(of id: JobID, as host: HostID, isProven: Bool) -> Double {
    if hostTerms[Int(hosts[Int(host.index)].cohort)].wallet.payer > 0 { return 0 }
    var fees = usualFee(of: .completeJob, about: id)
    if isProven { fees += usualFee(of: .submitProof, about: id) }
    if !jobRules.paysAtCompletion(proven: jobs[id].requiresProof) {
      fees += usualFee(of: .releasePayment, about: id)
    }
    return fees.eth * changes.prices.eth
  }

  /// The host forgets the job; its renter finds out when the time is over.
  private mutating func abandon(_ id: JobID, at time: SimTime) {
    let host = jobs[id].host
    if jobRules.payBack {
      jobs[id].phase = .recovering
      scheduleDeadline(of: id)
    } else {
      countStuckJob(of: host)
      strand(id, at: time)
    }
    removeLoad(from: host, at: time)
  }
}
