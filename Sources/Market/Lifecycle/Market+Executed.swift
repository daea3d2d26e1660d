import Contracts
import Detection
import EVM
import Kernel
import Quantities
import Statistics

/// What the executed transactions of a job set off.
extension Market {
  mutating func postExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    renters[Int(jobs[id].renter.index)].committed -= jobs[id].payment
    renters[Int(jobs[id].renter.index)].pendingPosts -= 1
    guard receipt.isSuccess else {
      releaseReservation(of: id, at: time)
      let outcome = outcome(ofFailedPost: receipt)
      if outcome == .balked { return end(id, outcome: outcome, at: time) }
      return turnAway(id, outcome, at: time)
    }
    measured.posted += 1
    jobs[id].contractJob = receipt.contractJob
    jobs[id].postedAt = time
    jobs[id].phase = .posted
    renters[Int(jobs[id].renter.index)].paid += jobs[id].payment
    if terms(ofRenterOf: id).isSpamming { return takeBack(id, at: time) }
    seekClaims(for: id, at: time)
  }

  /// The quoted host claims; without one, or once it is down, whoever has room.
  mutating func seekClaims(for id: JobID, at time: SimTime) {
    let quoted = jobs[id].host
    if !quoted.isNone {
      if hosts[Int(quoted.index)].takesJobs, mayClaim(quoted), hasReputation(quoted, for: id) {
        return sendClaim(id, by: quoted, at: time)
      }
      releaseReservation(of: id, at: time)
      if jobs[id].isWash { return takeBack(id, at: time) }
    }
    var stream = streams.assignment.stream(
      entity: 1 + UInt64(jobs[id].rounds), event: jobs[id].number)
    let region = renters[Int(jobs[id].renter.index)].region
    let wanted = max(contenders, 1)
    var claims = 0
    // A host drawn twice, or one that asks more than is offered, does not claim.
    for _ in 0..<(4 * wanted) where claims < wanted {
      guard
        let host = assignment.choose(
          for: jobs[id].eligibility, prompt: jobs[id].promptTokens,
          output: jobs[id].outputTokens, from: region, hosts: hosts, stream: &stream)
      else { break }
      guard hosts[Int(host.index)].latestClaim != jobs[id].contractJob,
        amount(of: price(of: id, at: host), for: id) <= jobs[id].payment, mayClaim(host),
        hasReputation(host, for: id), !hasPuppets || !shuns(host, id)
      else { continue }
      addLoad(to: host, at: time)
      sendClaim(id, by: host, at: time)
      claims += 1
    }
    if claims == 0 { joinLine(id, at: time) }
  }

  func outcome(ofFailedPost receipt: ChainReceipt) -> JobOutcome {
    switch receipt.failure {
    case .reverted(.rateLimitExceeded): .limited
    case .reverted(.contractIsPaused), .reverted(.degradedMode), .reverted(.functionIsPaused):
      .halted
    default: .balked
    }
  }

  /// What a host sees before it sends a claim: whether the contract would refuse it any job.
  @inline(__always) func mayClaim(_ host: HostID) -> Bool {
    guard let standing = chain.standing else { return true }
    return !standing.isClaimingClosed(
      to: hosts[Int(host.index)].account, at: chain.nextTimestamp)
  }

  mutating func releaseReservation(of id: JobID, at time: SimTime) {
    let host = jobs[id].host
    guard !host.isNone else { return }
    jobs[id].host = .none
    removeLoad(from: host, at: time)
  }

  mutating func claimExecuted(
    _ transaction: MarketTransaction, _ receipt: ChainReceipt, at time: SimTime
  ) {
    let id = transaction.job
    let isLive = jobs[id].generation == transaction.generation
    if isLive { jobs[id].openClaims -= 1 }
    guard receipt.isSuccess else {
      hosts[Int(transaction.host.index)].claimsLost += 1
      removeLoad(from: transaction.host, at: time)
      // Nobody won and nobody is left: the deadline has passed, or the contract takes no claims now.
      if isLive, jobs[id].phase == .claiming, jobs[id].openClaims == 0 {
        jobs[id].host = .none
        jobs[id].phase = .posted
        if jobRules.payBack, time < deadline(of: id) {
          lookFurther(for: id, at: time)
        } else {
          takeBack(id, at: time)
        }
      }
      return
    }
    measured.claimed += 1
    if isWatched {
      watch.record.recordClaim(host: watch.identities[Int(transaction.host.index)], at: time)
    }
    jobs[id].host = transaction.host
    startServing(id, at: time)
  }

  /// The contract has refused a claim for a reason that the host could not see: others may do better.
  /// After eight of them the job waits for whoever has room next.
  private mutating func lookFurther(for id: JobID, at time: SimTime) {
    guard jobs[id].rounds < 8 else { return joinLine(id, at: time) }
    jobs[id].rounds += 1
    seekClaims(for: id, at: time)
  }

  mutating func completionExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    let host = jobs[id].host
    guard receipt.isSuccess else {
      if !jobRules.payBack {
        countStuckJob(of: host)
      }
      return takeBack(id, at: time)
    }
    jobs[id].phase = .settled
    jobs[id].settledAt = time
    measured.completed += 1
    interval.completed += 1
    if jobs[id].isWrong {
      measured.wrong += 1
      hosts[Int(host.index)].cheats += 1
    }
    if jobs[id].isWash {
      measured.washed += 1
      books[Int(host.index)].washed += 1
    }
    if jobRules.paysAtCompletion(proven: jobs[id].requiresProof) {
      bookPayment(of: id, at: time)
    } else {
      scheduleRelease(of: id, at: time)
    }
    measured.promptTokens.record(Double(jobs[id].promptTokens))
    measured.outputTokens.record(Double(jobs[id].outputTokens))
    books[Int(host.index)].earned += netWorth(of: id)
    hosts[Int(host.index)].completed += 1
    hosts[Int(host.index)].tokens += UInt64(jobs[id].outputTokens)
    renters[Int(jobs[id].renter.index)].completed += 1
    observeScore(of: host)
    let reaction = reaction(to: id, at: time)
    if reaction != .dispute {
      considerCheck(of: id, at: time)
      considerChallenge(of: id, at: time)
      if rate(id, after: reaction, at: time) { return }
    }
    endSettled(id, at: time)
  }

  mutating func ratingExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    observeScore(of: jobs[id].host)
    endSettled(id, at: time)
  }

  mutating func endSettled(_ id: JobID, at time: SimTime) {
    end(id, outcome: jobs[id].renterLeft ? .late : .served, at: time)
  }

  /// Routers read the stored score after every transaction that may have moved it.
  mutating func observeScore(of host: HostID) {
    let index = Int(host.index)
    guard let stored = chain.storedScore(of: hosts[index].account), stored != hosts[index].score
    else { return }
    scores[Int(hosts[index].cohort)].move(from: hosts[index].score, to: stored)
    hosts[index].score = stored
    refresh(host)
  }
}
