public import Quantities

/// The clock and the pending events of one run.
///
/// A model pulls: `while let (time, event) = kernel.next() { handle(event) }`. Events happen in order
/// of time, then phase, then scheduling. A kernel is a value with one owner, shares nothing, and
/// allocates only while its largest number of pending events still rises. Per pending event it holds
/// 24 bytes and the event (rounded up to a multiple of its alignment).
public struct EventKernel<Event: DigestibleEvent>: ~Copyable, Sendable {
  @usableFromInline var list = FutureEventList()
  @usableFromInline var slab = EventSlab<Event>()
  @usableFromInline var clock = SimTime.zero
  @usableFromInline var horizonKey: UInt64
  @usableFromInline var rolling = EventDigest()
  @usableFromInline var scheduled = 0
  @usableFromInline var cancelled = 0
  @usableFromInline var executed = 0
  @usableFromInline var observed = 0
  /// Entries of cancelled events that are still in the list.
  @usableFromInline var deadEntries = 0

  /// - Parameter horizon: The last instant whose events `next()` returns.
  @inlinable public init(horizon: SimTime = .distantFuture) {
    horizonKey = Self.lastKey(of: horizon)
  }

  /// The time of the event executed last, or the horizon once it was reached.
  @inlinable public var now: SimTime { clock }

  /// The last instant whose events `next()` returns; inclusive. May be moved between events.
  @inlinable public var horizon: SimTime {
    get { horizonKey == .max ? .distantFuture : SimTime(nanoseconds: Int64(horizonKey >> 3)) }
    set { horizonKey = Self.lastKey(of: newValue) }
  }

  /// Events scheduled and neither executed nor cancelled.
  @inlinable public var pendingCount: Int { scheduled - cancelled - executed - observed }
  @inlinable public var scheduledCount: Int { scheduled }
  @inlinable public var cancelledCount: Int { cancelled }
  /// Digested events returned by `next()`; those that only watch are not counted.
  @inlinable public var executedCount: Int { executed }

  /// Bytes of address space for pending events; rises with their largest number, by doubling, and
  /// becomes memory as it is used.
  @inlinable public var reservedBytes: Int { list.reservedBytes + slab.slots.reservedBytes }

  /// The digest of the events executed so far.
  @inlinable public var digest: UInt64 { rolling.value }
}

extension EventKernel {
  /// Lets `event` happen at `time`; traps when that is in the past.
  ///
  /// - Parameter time: From `now` to 2⁶⁰ − 1 ns (36 years).
  /// - Returns: A ticket that cancels the event while it is pending.
  @inlinable @discardableResult
  public mutating func schedule(
    _ event: Event, at time: SimTime, in phase: Phase = .ordinary
  ) -> Ticket {
    // One unsigned comparison refuses the past and what lies beyond the clock.
    guard time >= clock, time.nanoseconds < Self.timeLimit else {
      refuse(event, at: time)
    }
    scheduled &+= 1
    let ticket = slab.insert(event)
    let key = UInt64(truncatingIfNeeded: time.nanoseconds) &<< 3 | UInt64(phase.rawValue)
    list.insert(FutureEventList.Entry(key: key, ticket: ticket))
    return ticket
  }

  /// Lets `event` happen once `delay` has passed; traps when `delay` is negative.
  @inlinable @discardableResult
  public mutating func schedule(
    _ event: Event, after delay: SimDuration, in phase: Phase = .ordinary
  ) -> Ticket {
    schedule(event, at: clock + delay, in: phase)
  }

  /// Calls off a pending event.
  ///
  /// - Returns: False when the event has happened or was cancelled before; then nothing changes.
  @inlinable @discardableResult
  public mutating func cancel(_ ticket: Ticket) -> Bool {
    guard slab.holds(ticket) else { return false }
    _ = slab.remove(ticket)
    cancelled &+= 1
    deadEntries &+= 1
    if deadEntries > 1_024, deadEntries > pendingCount { purge() }
    return true
  }

  /// Takes the next event and moves the clock to its time.
  ///
  /// - Returns: Nil when no event is pending up to the horizon; the clock then stands at the horizon,
  ///   or where it was when there is none.
  @inlinable public mutating func next() -> (time: SimTime, event: Event)? {
    while true {
      if let entry = list.first {
        guard entry.key <= horizonKey else { return stopAtHorizon() }
        list.removeFirst()
        guard slab.holds(entry.ticket) else {
          deadEntries &-= 1
          continue
        }
        let event = slab.remove(entry.ticket)
        clock = SimTime(nanoseconds: Int64(truncatingIfNeeded: entry.key &>> 3))
        if event.isDigested {
          executed &+= 1
          rolling.combine(key: entry.key, event: event.digestKey)
        } else {
          observed &+= 1
        }
        return (clock, event)
      }
      guard list.refillBottom(upTo: horizonKey, fetching: slab.slots.lines) else {
        return stopAtHorizon()
      }
    }
  }

  /// The event that comes `places` after the next one as things stand, for fetching what it will
  /// touch; nil when it is not among those sorted already.
  ///
  /// What is scheduled or cancelled in between may change the answer: a hint, not a promise.
  @inlinable public func upcoming(_ places: Int) -> Event? {
    let place = list.head &+ places
    guard place < list.tail else { return nil }
    let ticket = list.bottom[place].ticket
    return slab.holds(ticket) ? slab.slots[Int(ticket.slot)].event : nil
  }

  @inlinable @inline(never) mutating func stopAtHorizon() -> (time: SimTime, event: Event)? {
    if horizonKey != .max { clock = max(clock, horizon) }
    return nil
  }

  @inlinable @inline(never) mutating func purge() {
    list.removeAll(notIn: slab)
    deadEntries = 0
  }

  @inlinable @inline(never) func refuse(_ event: Event, at time: SimTime) -> Never {
    let problem =
      time < clock ? "lies before now, \(clock.nanoseconds) ns" : "is 2⁶⁰ ns or more"
    fatalError("cannot schedule \(event): its time, \(time.nanoseconds) ns, \(problem)")
  }

  @usableFromInline static var timeLimit: Int64 { 1 << 60 }

  /// The key of the last phase of an instant.
  @inlinable static func lastKey(of time: SimTime) -> UInt64 {
    precondition(time >= .zero, "a horizon lies at or after the start")
    return time.nanoseconds < timeLimit ? UInt64(time.nanoseconds) << 3 | 7 : .max
  }
}
