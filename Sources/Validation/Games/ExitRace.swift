import Kernel
import Quantities

/// A cheat that has been seen: a slash is on its way, and the cheat leaves with its stake if it can.
struct ExitRace {
  private enum Event: DigestibleEvent {
    case slashed
    case left

    var digestKey: UInt64 {
      switch self {
      case .slashed: 0
      case .left: 1
      }
    }
  }

  /// Until the slash is executed, seconds on average, exponential.
  var slashLatency: Double
  /// Until the cheat asks for its stake, seconds on average, exponential; 0: at once.
  var reaction: Double
  /// From there to the stake, seconds.
  var unbonding: Double

  /// Whether the stake is still there when the slash comes.
  func isSlashed(_ stream: inout RandomStream) -> Bool {
    var kernel = EventKernel<Event>()
    let latency = SimDuration(rounding: stream.exponential(mean: slashLatency))
    let wait = reaction > 0 ? stream.exponential(mean: reaction) : 0
    // A cheat that waits for nothing has left before anybody else has moved.
    kernel.schedule(.left, after: SimDuration(rounding: wait + unbonding))
    kernel.schedule(.slashed, after: latency)
    guard let (_, first) = kernel.next() else { return false }
    if case .slashed = first { return true }
    return false
  }
}
