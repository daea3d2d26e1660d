private import Quantities

extension ReplayLog {
  /// Most sequences that the logged server ran at once, if the log shows that this was a limit: of the
  /// time in which more than `waitingMin` requests waited, a quarter went by with exactly so many past
  /// their first token.
  ///
  /// A server that runs out of cache instead has a number that wanders with the lengths of what it
  /// runs, and gives nil. Reads no latency but whether a request waits, runs or has ended.
  ///
  /// - Complexity: O(n log n) of the requests.
  package var sequenceLimit: Int? {
    let waitingMin = 3
    var changes: [(at: Double, running: Int, waiting: Int)] = []
    changes.reserveCapacity(3 * requests.count)
    for request in requests {
      let arrival = (request.arrival - SimTime.zero).seconds
      changes.append((arrival, 0, 1))
      changes.append((arrival + request.measured.firstToken, 1, -1))
      changes.append((arrival + request.measured.end, -1, 0))
    }
    changes.sort { $0.at < $1.at }
    var seconds = [Double](repeating: 0, count: requests.count + 1)
    var (running, waiting, last) = (0, 0, 0.0)
    for change in changes {
      // Among changes at one instant, an end may come before the first token that it frees a place for.
      if waiting > waitingMin { seconds[max(0, running)] += change.at - last }
      last = change.at
      running += change.running
      waiting += change.waiting
    }
    guard let most = seconds.lastIndex(where: { $0 > 0 }), most > 0 else { return nil }
    return seconds[most] >= 0.25 * seconds.reduce(0, +) ? most : nil
  }
}
