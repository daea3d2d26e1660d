import Contracts
import Detection
import EVM
import Kernel
import Quantities
import Statistics

/// Payments that go back to their renters, where the protocol lets them, and what hosts lose.
extension Market {
  /// From here on the contract takes no completion.
  @inline(__always) func deadline(of id: JobID) -> SimTime {
    jobs[id].postedAt + .seconds(Int64(terms(ofRenterOf: id).timeToComplete))
  }

  /// From here on anybody may report the host that claimed it.
  @inline(__always) private func hostsTimeEnds(for id: JobID) -> SimTime {
    let end = deadline(of: id)
    let claimed = jobs[id].claimedAt
    guard jobRules.claimTimeout < (end - claimed).nanoseconds else { return end }
    return claimed + .nanoseconds(jobRules.claimTimeout)
  }

  /// The renter has waited long enough for a job that is posted, or the host is too late.
  ///
  /// Without a way back the payment stays in the contract for ever.
  mutating func takeBack(_ id: JobID, at time: SimTime) {
    let isClaimed = jobs[id].claimedAt > .zero && !jobs[id].host.isNone
    guard jobRules.payBack, isClaimed || jobRules.cancels else { return strand(id, at: time) }
    jobs[id].phase = .recovering
    if !isClaimed {
      jobs[id].isReported = true
      send(.cancelJob, for: id, at: time)
    } else if time > hostsTimeEnds(for: id) {
      reportFailure(of: id, at: time)
    } else {
      scheduleDeadline(of: id)
    }
  }

  /// Anybody may report a host whose time is over; until then only the host itself.
  private mutating func reportFailure(of id: JobID, at time: SimTime) {
    jobs[id].isReported = true
    send(.failJob, for: id, at: time)
  }

  /// At the first instant at which the contract calls the host late, or now if that has passed.
  mutating func scheduleDeadline(of id: JobID) {
    let due = max(hostsTimeEnds(for: id) + .nanoseconds(1), kernel.now)
    if due <= horizon {
      kernel.schedule(.deadlinePassed(id, generation: jobs[id].generation), at: due)
    }
  }

  mutating func deadlinePassed(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation else { return }
    // A host that has claimed it since has its own time.
    guard time > hostsTimeEnds(for: id) else { return }
    switch jobs[id].phase {
    // Computed in time and under way to the chain, where the contract decides.
    case .completing, .verifying, .settled, .released, .disputed, .ended, .abandoned: return
    case .recovering: if !jobs[id].isReported { reportFailure(of: id, at: time) }
    case .serving, .proving:
      // The host may still work on it: it learns of the failure when it wants to be paid.
      let isOnHost = jobs[id].phase == .serving || jobs[id].isProvedOnGPU
      jobs[id].phase = .recovering
      jobs[id].isOnHost = isOnHost
      reportFailure(of: id, at: time)
    case .waiting, .posting, .posted, .claiming, .stuck: return
    }
  }

  /// A crash, or a host that is down when the prompt comes: the job waits until the host is back, and
  /// its renter for no longer than the deadline.
  mutating func stall(_ id: JobID, on host: HostID, at time: SimTime) {
    if jobs[id].phase == .abandoned { return forget(id, at: time, wasInEngine: false) }
    hosts[Int(host.index)].stalled.append(id, in: &jobs)
    if jobRules.payBack { scheduleDeadline(of: id) }
  }

  /// The host comes to the end of a job that has been taken from it.
  mutating func forget(_ id: JobID, at time: SimTime, wasInEngine: Bool = true) {
    let host = jobs[id].host
    if wasInEngine { leaveEngine(of: host, at: time) }
    jobs.remove(id)
    removeLoad(from: host, at: time)
  }

  /// The host has the last token after the deadline, and the renter's report is under way.
  mutating func comeTooLate(with id: JobID, at time: SimTime) {
    jobs[id].isOnHost = false
    leaveEngine(of: jobs[id].host, at: time)
    removeLoad(from: jobs[id].host, at: time)
  }

  // MARK: What transactions of recovery set off

  mutating func cancelExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return strand(id, at: time) }
    end(id, outcome: .refunded, at: time)
  }

  mutating func failureExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return strand(id, at: time) }
    let host = jobs[id].host
    hostFailed(host, because: .deadline, at: time)
    if time <= deadline(of: id) {
      offerAgain(id, at: time)
    } else if jobs[id].isOnHost {
      jobs[id].phase = .abandoned
      // A job that the host was to start again is forgotten at once.
      let isStalled = hosts[Int(host.index)].stalled.remove(id, in: &jobs)
      end(id, outcome: .refunded, at: time)
      if isStalled { forget(id, at: time, wasInEngine: false) }
    } else {
      end(id, outcome: .refunded, at: time)
    }
  }

  /// The contract has put a job back on the market whose host let its time go by, and time is left.
  ///
  /// It goes on in a slot of its own: what is still to happen at the host is not about it any more.
  private mutating func offerAgain(_ id: JobID, at time: SimTime) {
    measured.returned += 1
    let next = jobs.insert(jobs[id].offeredAgain)
    let host = jobs[id].host
    if !jobs[id].isOnHost {
      jobs.remove(id)
    } else if hosts[Int(host.index)].stalled.remove(id, in: &jobs) {
      forget(id, at: time, wasInEngine: false)
    } else {
      jobs[id].phase = .abandoned
    }
    if let end = patienceEnd(of: next), end <= time {
      jobs[next].renterLeft = true
      return takeBack(next, at: time)
    }
    seekClaims(for: next, at: time)
  }

  /// The contract has counted a failure of the host, which may have cost it score and stake.
  mutating func hostFailed(_ host: HostID, because cause: SlashCause, at time: SimTime) {
    measured.failures += 1
    councilSees(failureAt: time)
    countFailedJob(of: host, at: time)
    observeScore(of: host)
    observeStake(of: host, after: cause, at: time)
  }

  private mutating func countFailedJob(of host: HostID, at time: SimTime) {
    if isWatched {
      watch.record.recordFailure(host: watch.identities[Int(host.index)], at: time)
    }
    noteLostJob(of: host)
    hosts[Int(host.index)].failed += 1
  }

  /// A claimed job whose payment nobody can move any more.
  mutating func countStuckJob(of host: HostID) {
    noteLostJob(of: host)
    hosts[Int(host.index)].stuck += 1
  }

  private mutating func noteLostJob(of host: HostID) {
    let row = Int(host.index)
    if hosts[row].failed + hosts[row].stuck == 0 { measured.hostsWithLostJobs += 1 }
  }

  // MARK: Stakes

  /// A host reads its stake after what may have moved it, and adds to it when it can and wants.
  mutating func observeStake(of host: HostID, after cause: SlashCause, at time: SimTime) {
    guard jobRules.watchesStakes else { return }
    let index = Int(host.index)
    let stake = chain.stake(of: hosts[index].account)
    let coins = stake.approximate / 1e18
    let stakeBefore = hosts[index].stake
    let change = coins - stakeBefore
    hosts[index].stake = coins
    if change < 0 {
      var place = 0
      let before = hosts[index].slashed
      while let part = chain.nextPartTaken(of: hosts[index].account, from: &place) {
        measured.slashed += part.coins
        hosts[index].slashed += part.coins
        if tables.slashing.isRecording { recordSlash(of: host, part, cause, at: time) }
      }
      if hosts[index].slashed > before, hostTerms[Int(hosts[index].cohort)].isHonest {
        measured.honestSlashed += 1
      }
      let taken = hosts[index].slashed - before
      noteEjection(of: host, left: stakeBefore - taken, at: time)
    } else {
      measured.toppedUp += change
    }
    judgeStake(of: host, stake, at: time)
  }

  /// Who has less than the least stake must not claim, and may add to it; nor must nodes of suspicious
  /// controllers.
  mutating func judgeStake(of host: HostID, _ stake: UInt256, at time: SimTime) {
    let index = Int(host.index)
    let isPoor = jobRules.claimsAskForStake && stake < chain.minStake
    let isBarred =
      isPoor || jobRules.barsSuspicious && chain.isSuspicious(hosts[index].account)
    if isBarred != hosts[index].isBarred {
      hosts[index].isBarred = isBarred
      refresh(host)
      if !isBarred { offerRoom(of: host, at: time) }
    }
    if isPoor { considerTopUp(of: host, missing: chain.minStake - stake, at: time) }
  }

  /// Barred hosts ask again whether an addition pays, when they have earned more or FAB has another
  /// price.
  mutating func reconsiderTopUp(of host: HostID, at time: SimTime) {
    let index = Int(host.index)
    guard jobRules.watchesStakes, hosts[index].isBarred, !hosts[index].isAway else { return }
    judgeStake(of: host, chain.stake(of: hosts[index].account), at: time)
  }

  /// Whether a host adds to its stake what it has too little of, FAB.
  mutating func wantsToAdd(_ missing: Double, to host: HostID, at time: SimTime) -> Bool {
    let index = Int(host.index)
    switch hostTerms[Int(hosts[index].cohort)].topUp {
    case .never: return false
    case .atOnce: return true
    case .whenProfitable:
      let host = hosts[index].closed(at: time)
      let span = time - SimTime.zero
      let days = max((span - host.awayTotal).seconds / 86_400, 1e-9)
      let cost = missing * changes.prices.fab
      return operatingProfit(of: host, index, over: span) / days * 30 > cost
    }
  }

  /// USD that a host has earned less what that cost it, before slashes; fees at the present price.
  private mutating func operatingProfit(
    of host: Host, _ index: Int, over span: SimDuration
  ) -> Double {
    let energy = energyUsed(by: host) * hostTerms[Int(host.cohort)].electricity
    let puppets = puppetSpending(ofHost: index)
    let fees = Double(host.fees) * 1e-18 + puppets.fees
    return books[index].earned + books[index].bonds * changes.prices.fab - energy
      - fees * changes.prices.eth - rent(of: host, over: span) - puppets.payments
  }

  private mutating func considerTopUp(of host: HostID, missing: UInt256, at time: SimTime) {
    let index = Int(host.index)
    // Who is leaving has no use for it, and who has left nothing to add it to.
    guard !hosts[index].isToppingUp, !hosts[index].isAway,
      chain.fabBalance(of: hosts[index].account) >= missing
    else { return }
    guard wantsToAdd(missing.approximate * 1e-18, to: host, at: time) else { return }
    hosts[index].isToppingUp = true
    submit(
      MarketTransaction(function: .topUp, job: .none, generation: 0, contractJob: 0, host: host),
      at: time)
  }
}
