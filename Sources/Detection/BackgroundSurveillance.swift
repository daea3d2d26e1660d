internal import Dispatch
public import Quantities
internal import Synchronization

/// Surveillance on a thread of its own, over a copy of the record, while the market goes on.
///
/// For observers who only watch: nobody waits for what they find, and they find the same whenever
/// they come to it. Rounds are looked at in the order in which they are given.
public final class BackgroundSurveillance: Sendable {
  private struct State {
    var record = PublicRecord()
    var surveillance: Surveillance
  }

  private let state: Mutex<State>
  private let rounds = DispatchQueue(label: "surveillance")

  public init(_ surveillance: Surveillance) {
    state = Mutex(State(surveillance: surveillance))
  }

  /// Returns at once.
  ///
  /// - Parameter news: What the record has had since the round before.
  public func look(at news: PublicRecord, hosts: Int, time: SimTime) {
    rounds.async { [self] in
      state.withLock { state in
        state.record.append(news)
        state.surveillance.look(at: state.record, hosts: hosts, time: time)
      }
    }
  }

  /// After all rounds given so far, for which it waits.
  public func finished() -> Surveillance {
    rounds.sync {}
    return state.withLock { $0.surveillance }
  }
}
