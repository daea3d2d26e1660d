import Contracts
import EVM
import Kernel
import Quantities
import Statistics

/// From a renter's wish to the transaction that posts the job.
extension Market {
  mutating func requestArrived(cohort: UInt32, at time: SimTime) {
    let request = sources[Int(cohort)].draw(streams: streams, renters: renters)
    scheduleNextArrival(of: cohort)
    if hasPuppets, staysSilent(request.renter, request: nextJobNumber) { return }
    renters[Int(request.renter.index)].requests += 1
    measured.requested += 1
    interval.requested += 1
    measured.jobsLive.add(1, at: time)
    let number = nextJobNumber
    nextJobNumber += 1
    let id = jobs.insert(
      Job(
        arrivedAt: time, number: number, promptTokens: request.promptTokens,
        outputTokens: request.outputTokens, renter: request.renter,
        eligibility: request.eligibility, requiresProof: request.requiresProof))
    jobs[id].isPaidInETH = terms(ofRenterOf: id).paysInETH
    guard assignment.canServe(jobs[id].eligibility, tokens: jobs[id].tokens) else {
      return end(id, outcome: .refused, at: time)
    }
    if !terms(ofRenterOf: id).isAdversary { measured.genuineRequests += 1 }
    seekHost(for: id, at: time)
  }

  /// Also when a renter who was turned away tries again.
  mutating func seekHost(for id: JobID, at time: SimTime) {
    if let refusal = postRefusal(of: id) { return turnAway(id, refusal, at: time) }
    let terms = terms(ofRenterOf: id)
    if terms.isSpamming {
      postSpam(id, at: time)
    } else if terms.puppetsPerHost > 0 {
      postAsPuppet(id, terms, at: time)
    } else {
      seekOffer(for: id, at: time)
    }
  }

  @inline(__always) mutating func seekOffer(for id: JobID, at time: SimTime) {
    if contenders > 0 {
      postToEverybody(id, at: time)
    } else {
      quote(id, at: time)
    }
  }

  mutating func scheduleNextArrival(of cohort: UInt32) {
    guard let next = sources[Int(cohort)].nextArrival(streams: streams), next <= horizon else {
      return
    }
    kernel.schedule(.requestArrived(cohort: cohort), at: next)
  }

  /// The router names a host with room and the renter posts at its price; without one, the renter
  /// waits in line.
  mutating func quote(_ id: JobID, at time: SimTime) {
    var stream = streams.assignment.stream(event: jobs[id].number)
    let region = renters[Int(jobs[id].renter.index)].region
    // A renter whom the quote is too dear asks again: prices differ, and eight refusals settle it.
    for _ in 0..<8 {
      guard
        let host = assignment.choose(
          for: jobs[id].eligibility, prompt: jobs[id].promptTokens,
          output: jobs[id].outputTokens, from: region, hosts: hosts, stream: &stream)
      else { return wait(id, at: time) }
      guard hasReputation(host, for: id) else { continue }
      let asked = price(of: id, at: host)
      if isAcceptable(asked, for: id) {
        return promise(id, to: host, for: asked, at: time)
      }
      if assignment.policy == .cheapest { break }
    }
    balk(id, at: time)
  }

  /// Under `race` the renter offers the typical price and posts without knowing who will come.
  private mutating func postToEverybody(_ id: JobID, at time: SimTime) {
    let offer = referencePrice(of: id)
    guard isAcceptable(offer, for: id) else { return balk(id, at: time) }
    jobs[id].payment = amount(of: offer, for: id)
    sendPost(id, at: time)
  }

  /// Reserves room at `host` and sends the post.
  ///
  /// - Parameter asked: Millionths of a USD.
  mutating func promise(_ id: JobID, to host: HostID, for asked: UInt64, at time: SimTime) {
    jobs[id].payment = amount(of: asked, for: id)
    jobs[id].host = host
    addLoad(to: host, at: time)
    sendPost(id, at: time)
  }

  /// Spam asks nobody, and offers what nobody takes.
  private mutating func postSpam(_ id: JobID, at time: SimTime) {
    guard isAcceptable(1, for: id) else { return balk(id, at: time) }
    jobs[id].payment = amount(of: 1, for: id)
    sendPost(id, at: time)
  }

  private mutating func sendPost(_ id: JobID, at time: SimTime) {
    jobs[id].phase = .posting
    renters[Int(jobs[id].renter.index)].committed += jobs[id].payment
    renters[Int(jobs[id].renter.index)].pendingPosts += 1
    send(jobs[id].isPaidInETH ? .postJobInETH : .postJob, for: id, at: time)
  }

  private mutating func wait(_ id: JobID, at time: SimTime) {
    jobs[id].phase = .waiting
    joinLine(id, at: time)
  }

  /// Puts a job behind those that wait for the same hosts; its renter's patience runs.
  mutating func joinLine(_ id: JobID, at time: SimTime) {
    if let end = lineEnd(of: id) {
      if end <= time { return leave(id, at: time) }
      if end <= horizon {
        kernel.schedule(.renterReneged(id, generation: jobs[id].generation), at: end)
      }
    }
    assignment.wait(id, in: &jobs)
    measured.waiting += 1
  }

  /// Until when a renter waits in line; nil: for ever. What is posted it takes back while the contract
  /// lets it.
  private func lineEnd(of id: JobID) -> SimTime? {
    let patience = patienceEnd(of: id)
    guard jobs[id].contractJob != 0, jobRules.cancels else { return patience }
    let block = chain.producer.parameters.blockTime
    let last = deadline(of: id) - block - block - block
    return patience.map { min($0, last) } ?? last
  }

  mutating func renterReneged(_ id: JobID, generation: UInt32, at time: SimTime) {
    // Most lines move before patience ends: the timer of a job that has found its host, or whose
    // slot serves another job by now, means nothing.
    guard jobs[id].generation == generation,
      jobs[id].phase == .waiting || jobs[id].phase == .posted,
      assignment.leaveLine(id, in: &jobs)
    else { return }
    measured.waiting -= 1
    leave(id, at: time)
  }

  /// The renter gives up before the first token, and takes back what was posted if it can.
  private mutating func leave(_ id: JobID, at time: SimTime) {
    jobs[id].renterLeft = true
    if jobs[id].contractJob != 0 {
      takeBack(id, at: time)
    } else {
      end(id, outcome: .left, at: time)
    }
  }

  /// What a wallet sees before it asks its owner to sign a post: how the request ends if the contract
  /// would refuse it.
  @inline(__always) func postRefusal(of id: JobID) -> JobOutcome? {
    guard let standing = chain.standing else { return nil }
    let timestamp = chain.nextTimestamp
    if standing.isPostingClosed(at: timestamp) { return .halted }
    let renter = Int(jobs[id].renter.index)
    let isLimited = standing.isRateLimited(
      renters[renter].account, pending: UInt64(renters[renter].pendingPosts), at: timestamp)
    return isLimited ? .limited : nil
  }

  /// Whether the contract would let the host claim a job with the renter's demands.
  @inline(__always) func hasReputation(_ host: HostID, for id: JobID) -> Bool {
    guard jobRules.enforcesRequirements else { return true }
    // Not by way of all terms, which would be copied.
    let asked = renterTerms[Int(renters[Int(jobs[id].renter.index)].cohort)].minReputation
    if asked == 0 { return true }
    guard UInt64(hosts[Int(host.index)].score) >= asked else { return false }
    // The stored score says nothing of what idleness has cost since.
    return !jobRules.decays || chain.reputation(of: hosts[Int(host.index)].account) >= asked
  }

  mutating func balk(_ id: JobID, at time: SimTime) { end(id, outcome: .balked, at: time) }

  // MARK: Prices

  /// What `host` asks for the job, in millionths of a USD, rounded up.
  ///
  /// USD per million tokens is a millionth of a USD per token.
  @inline(__always) func price(of id: JobID, at host: HostID) -> UInt64 {
    let cohort = Int(hosts[Int(host.index)].cohort)
    let tokens =
      Double(jobs[id].promptTokens) * hostTerms[cohort].promptPerMillion
      + Double(jobs[id].outputTokens) * hostTerms[cohort].outputPerMillion
    return max(1, UInt64((tokens * hosts[Int(host.index)].priceFactor).rounded(.up)))
  }

  /// The mean asking price over the hosts that may serve the job.
  @inline(__always) private func referencePrice(of id: JobID) -> UInt64 {
    let mean = referencePrices[Int(jobs[id].eligibility)]
    let tokens =
      Double(jobs[id].promptTokens) * mean.promptPerMillion
      + Double(jobs[id].outputTokens) * mean.outputPerMillion
    return max(1, UInt64(tokens.rounded(.up)))
  }

  /// - Parameter asked: Millionths of a USD.
  @inline(__always) func isAcceptable(_ asked: UInt64, for id: JobID) -> Bool {
    let terms = terms(ofRenterOf: id)
    let limit = terms.willingnessToPay
    if limit.isFinite {
      let tokens = Double(jobs[id].promptTokens) + Double(jobs[id].outputTokens)
      if Double(asked) > (tokens * limit).rounded(.up) { return false }
    }
    return amount(of: asked, for: id) <= spendable(of: jobs[id].renter, terms)
  }

  @inline(__always) func terms(ofRenterOf id: JobID) -> RenterTerms {
    renterTerms[Int(renters[Int(jobs[id].renter.index)].cohort)]
  }
}
