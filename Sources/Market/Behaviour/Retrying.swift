import Kernel
public import Quantities

/// What a renter does whom a rate limit or a closed marketplace turns away.
public struct Retrying: Sendable, Equatable {
  /// Before the first further try, > 0.
  public var after: SimDuration
  /// By which each further wait is longer, ≥ 1.
  public var factor: Double
  /// Tries after the first, 1 … 255.
  public var attempts: Int

  public init(after: SimDuration, factor: Double = 2, attempts: Int = 5) {
    self.after = after
    self.factor = factor
    self.attempts = attempts
  }

  /// Wait before the try that follows `tries` vain ones; at most a year.
  func wait(after tries: UInt8) -> SimDuration {
    var seconds = after.seconds
    for _ in 0..<tries { seconds = min(seconds * factor, 31_536_000) }
    return SimDuration(rounding: seconds)
  }
}

extension Market {
  /// A request that a limit or a pause keeps from being posted: tried again, if its renter does so and
  /// its patience lasts, or over.
  mutating func turnAway(_ id: JobID, _ refusal: JobOutcome, at time: SimTime) {
    let terms = terms(ofRenterOf: id)
    if jobs[id].attempts < terms.retries {
      let retrying = Retrying(after: terms.retryAfter, factor: terms.retryFactor)
      let next = time + retrying.wait(after: jobs[id].attempts)
      if patienceEnd(of: id).map({ next < $0 }) ?? true {
        jobs[id].attempts += 1
        jobs[id].phase = .waiting
        measured.retries += 1
        if next <= horizon {
          kernel.schedule(.retryDue(id, generation: jobs[id].generation), at: next)
        }
        return
      }
    }
    if !terms.isAdversary { measured.genuineRefused += 1 }
    end(id, outcome: refusal, at: time)
  }

  mutating func retryDue(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation, jobs[id].phase == .waiting else { return }
    seekHost(for: id, at: time)
  }
}
