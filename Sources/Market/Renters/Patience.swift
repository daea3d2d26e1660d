import Kernel
public import Quantities

/// The longest wait from arrival to first token before a renter leaves.
public enum Patience: BitwiseCopyable, Sendable, Equatable {
  case endless
  case fixed(SimDuration)
  /// Of each request by itself; the memoryless patience of Erlang-A queues.
  case exponential(mean: SimDuration)
}

extension Patience: CustomStringConvertible {
  public var description: String {
    switch self {
    case .endless: "endless"
    case .fixed(let patience): "\(patience.seconds) s"
    case .exponential(let mean): "exponential, \(mean.seconds) s"
    }
  }
}

extension Market {
  /// When the renter of a job loses patience; nil: never. The same at each call.
  @inline(__always) func patienceEnd(of id: JobID) -> SimTime? {
    switch renterTerms[Int(renters[Int(jobs[id].renter.index)].cohort)].patience {
    case .endless: return nil
    case .fixed(let patience): return jobs[id].arrivedAt + patience
    case .exponential(let mean):
      // Drawn anew from the request's own numbers, so that jobs need no room for it.
      var stream = streams.patience.stream(event: jobs[id].number)
      return jobs[id].arrivedAt + stream.exponential(mean: mean)
    }
  }
}
