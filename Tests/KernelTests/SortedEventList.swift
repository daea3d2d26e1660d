import Kernel
import Quantities

/// The readable slow twin of `EventKernel`: pending events in one sorted array.
struct SortedEventList<Event: DigestibleEvent> {
  struct Pending {
    var time: SimTime
    var phase: Phase
    var order: Int
    var event: Event
  }

  private(set) var now = SimTime.zero
  private var pending: [Pending] = []
  private var scheduledCount = 0

  var pendingCount: Int { pending.count }
  var earliest: SimTime? { pending.last?.time }

  /// - Returns: The order of scheduling, which serves as a ticket.
  mutating func schedule(_ event: Event, at time: SimTime, in phase: Phase) -> Int {
    let new = Pending(time: time, phase: phase, order: scheduledCount, event: event)
    scheduledCount += 1
    // Latest first, so that the next event is the last element.
    let place = pending.partitioningIndex { Self.happens($0, before: new) }
    pending.insert(new, at: place)
    return new.order
  }

  mutating func cancel(_ order: Int) -> Bool {
    guard let place = pending.firstIndex(where: { $0.order == order }) else { return false }
    pending.remove(at: place)
    return true
  }

  mutating func next(upTo horizon: SimTime) -> (time: SimTime, event: Event)? {
    guard let first = pending.last, first.time <= horizon else {
      if horizon != .distantFuture { now = max(now, horizon) }
      return nil
    }
    pending.removeLast()
    now = first.time
    return (now, first.event)
  }

  private static func happens(_ one: Pending, before other: Pending) -> Bool {
    (one.time, one.phase, one.order) < (other.time, other.phase, other.order)
  }
}

extension Array {
  /// The first index whose element satisfies `belongsToSecond`, which holds for a suffix.
  fileprivate func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
