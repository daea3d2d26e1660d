import Inference
import Kernel
import Quantities

/// From the last token of a job that must be proven to its completion.
extension Market {
  /// The host makes its proof; on its GPUs nothing else goes on meanwhile, elsewhere the next job does.
  ///
  /// - Returns: Whether the job stays on the host's GPUs for that.
  mutating func makeProof(of id: JobID, at time: SimTime) -> Bool {
    jobs[id].phase = .proving
    if jobs[id].isWrong {
      // What is made up takes no time to make.
      kernel.schedule(.proofReady(id, generation: jobs[id].generation), at: time)
      return false
    }
    prove(id, at: time)
    return jobs[id].isProvedOnGPU
  }

  mutating func prove(_ id: JobID, at time: SimTime) {
    let host = jobs[id].host
    let row = Int(host.index)
    let terms = proofTerms[serverKindIndex(of: id, on: host)]
    var stream = streams.proofs.stream(
      entity: UInt64(hosts[row].crashes) << 8 | UInt64(jobs[id].rounds), event: jobs[id].number)
    let duration = terms.provingTime(outputTokens: jobs[id].outputTokens, &stream)
    var ready = time + duration
    switch terms.prover {
    case .elsewhere: break
    case .cpu:
      ready = max(proverFreeAt[row], time) + duration
      proverFreeAt[row] = ready
    case .gpu:
      jobs[id].isProvedOnGPU = true
      guard hosts[row].isUp else { return stall(id, on: host, at: time) }
      jobs[id].crashesBefore = UInt16(truncatingIfNeeded: hosts[row].crashes)
      // After real work it is still in the engine; a proof begun again enters it anew.
      let isInEngine = jobs[id].computedAt == time && !jobs[id].isWrong && !jobs[id].isWash
      if !isInEngine { enterEngine(of: host, at: time) }
      ready = fleet.occupy(hosts[row].server, for: duration, at: time)
      setTimer(of: host)
    }
    if ready <= horizon {
      kernel.schedule(.proofReady(id, generation: jobs[id].generation), at: ready)
    }
  }

  mutating func proofReady(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation else { return }
    if jobs[id].isProvedOnGPU {
      if hasCrashed(since: id) { return proveAgain(id, at: time) }
      jobs[id].isProvedOnGPU = false
      switch jobs[id].phase {
      case .abandoned: return forget(id, at: time)
      case .recovering: return comeTooLate(with: id, at: time)
      default:
        leaveEngine(of: jobs[id].host, at: time)
        removeLoad(from: jobs[id].host, at: time)
      }
    }
    guard jobs[id].phase == .proving else { return }
    // A proof that comes after the deadline saves nothing.
    if time >= deadline(of: id) { return takeBack(id, at: time) }
    jobs[id].phase = .verifying
    send(.submitProof, for: id, at: time)
  }

  private func hasCrashed(since id: JobID) -> Bool {
    let crashes = hosts[Int(jobs[id].host.index)].crashes
    return UInt16(truncatingIfNeeded: crashes) != jobs[id].crashesBefore
  }

  /// A crash has lost the proof: the host begins again when it finds out, or once it is back.
  private mutating func proveAgain(_ id: JobID, at time: SimTime) {
    if jobs[id].phase == .abandoned { return forget(id, at: time, wasInEngine: false) }
    prove(id, at: time)
  }

  mutating func proofExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return takeBack(id, at: time) }
    measured.proofsSubmitted += 1
    // Without verifiers it waits for ever; scenario files are checked for that.
    if verifiers.isEmpty { return }
    let verifier = nextVerifier()
    jobs[id].verifier = UInt16(verifier)
    kernel.schedule(
      .verdictReached(id, generation: jobs[id].generation),
      at: occupy(verifier, from: time, for: verifyingTime(of: id)))
  }

  /// Reading prompt and output takes a verifier as long as it takes such a host.
  private mutating func verifyingTime(of id: JobID) -> SimDuration {
    let number = serverKindIndex(of: id, on: jobs[id].host)
    guard proofTerms[number].isReexecuted else { return configuration.verifiers.checkTime }
    return SimDuration(
      rounding: fleet.prefillSeconds(of: serverKinds[number], tokens: Int(jobs[id].tokens)))
  }

  mutating func verdictReached(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation, jobs[id].phase == .verifying else { return }
    var transaction = transaction(.verifyProof, for: id)
    transaction.verifier = jobs[id].verifier
    submit(transaction, at: time)
  }

  mutating func verdictExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return takeBack(id, at: time) }
    measured.proofsVerified += 1
    sendCompletion(of: id, at: time)
  }

  mutating func sendCompletion(of id: JobID, at time: SimTime) {
    jobs[id].phase = .completing
    send(.completeJob, for: id, at: time)
  }

  // MARK: Payment after the challenge window

  /// The host asks for its payment at the first instant at which nobody can challenge any more.
  mutating func scheduleRelease(of id: JobID, at time: SimTime) {
    let due = time + .seconds(Int64(jobRules.challengePeriod)) + .nanoseconds(1)
    if due <= horizon {
      kernel.schedule(.releaseDue(id, generation: jobs[id].generation), at: due)
    }
  }

  mutating func releaseDue(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation, jobs[id].phase == .released, !jobs[id].isDisputed
    else { return }
    send(.releasePayment, for: id, at: time)
  }

  mutating func releaseExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    // Refused only when the host could not pay for the gas: it asks again once it may.
    guard receipt.isSuccess else {
      return jobs[id].isDisputed ? () : scheduleRelease(of: id, at: time)
    }
    bookPayment(of: id, at: time)
    jobs.remove(id)
  }
}
