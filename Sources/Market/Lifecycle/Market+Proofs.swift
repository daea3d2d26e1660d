import Kernel
import Quantities

/// From the last token of a job that must be proven to its completion.
extension Market {
  /// The host makes its proof beside the next job's inference.
  mutating func makeProof(of id: JobID, at time: SimTime) {
    jobs[id].phase = .proving
    let terms = hostTerms[Int(hosts[Int(jobs[id].host.index)].cohort)]
    kernel.schedule(
      .proofReady(id, generation: jobs[id].generation), at: time + terms.proofTime)
  }

  mutating func proofReady(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation, jobs[id].phase == .proving else { return }
    // A proof that comes after the deadline saves nothing.
    if time >= deadline(of: id) { return takeBack(id, at: time) }
    send(.submitProof, for: id, at: time)
  }

  mutating func proofExecuted(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return takeBack(id, at: time) }
    measured.proofsSubmitted += 1
    jobs[id].phase = .verifying
    // Without verifiers it waits for ever; scenario files are checked for that.
    if verifiers.isEmpty { return }
    let verifier = nextVerifier()
    jobs[id].verifier = UInt16(verifier)
    kernel.schedule(
      .verdictReached(id, generation: jobs[id].generation), at: occupy(verifier, from: time))
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
