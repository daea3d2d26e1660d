import Kernel
import Quantities

/// Hosts that do not do what they claimed, by their conduct.
extension Market {
  /// Draws what the host does with a job whose prompt is there.
  ///
  /// - Returns: Whether it does not work on it.
  @inline(__always) mutating func cheats(
    on id: JobID, as host: HostID, at time: SimTime
  ) -> Bool {
    let terms = hostTerms[Int(hosts[Int(host.index)].cohort)]
    if terms.lazy == 0, terms.abandoning == 0, terms.forging == 0 { return false }
    return cheatsByDraw(on: id, as: host, terms, at: time)
  }

  @inline(never) private mutating func cheatsByDraw(
    on id: JobID, as host: HostID, _ terms: HostTerms, at time: SimTime
  ) -> Bool {
    if hosts[Int(host.index)].score < terms.milkingFrom { return false }
    var stream = streams.conduct.stream(event: jobs[id].number)
    if stream.bernoulli(terms.abandoning) {
      abandon(id, at: time)
      return true
    }
    // Without forging only the work itself can be proven.
    let isProven = jobs[id].requiresProof && jobRules.enforcesRequirements
    guard stream.bernoulli(isProven ? terms.forging : terms.lazy) else { return false }
    if !isProven, terms.saving < lossExpected(of: id, as: host) { return false }
    jobs[id].isWrong = true
    computed(id, firstTokenAt: time, at: time)
    return true
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
