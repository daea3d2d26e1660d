/// Where pending events rest: one slot each, named by a ticket until the event leaves.
///
/// The last slot freed is the next one used, so that the slot of the event just executed, still in
/// the cache, takes the event that it schedules.
@usableFromInline struct EventSlab<Event: BitwiseCopyable & Sendable>: ~Copyable, Sendable {
  @usableFromInline struct Slot: BitwiseCopyable, Sendable {
    @usableFromInline var event: Event
    /// Moves on by one when the slot's event leaves.
    @usableFromInline var generation: UInt32
    /// The next free slot while this one is free.
    @usableFromInline var nextFree: UInt32

    @inlinable init(event: Event, generation: UInt32, nextFree: UInt32) {
      self.event = event
      self.generation = generation
      self.nextFree = nextFree
    }
  }

  @usableFromInline static var noSlot: UInt32 { .max }

  // Invariant: slots below `usedCount` have been written; free ones form a list from `firstFree`.
  @usableFromInline var slots = FlatBuffer<Slot>(capacity: 64)
  @usableFromInline var usedCount = 0
  @usableFromInline var firstFree = UInt32.max

  @inlinable init() {}

  @inlinable @inline(__always) mutating func insert(_ event: Event) -> Ticket {
    guard firstFree != Self.noSlot else { return insertInNewSlot(event) }
    let slot = firstFree
    let generation = slots[Int(slot)].generation
    firstFree = slots[Int(slot)].nextFree
    slots[Int(slot)].event = event
    return Ticket(slot: slot, generation: generation)
  }

  /// - Precondition: fewer than 2³² − 1 events are pending.
  @inlinable @inline(never) mutating func insertInNewSlot(_ event: Event) -> Ticket {
    precondition(usedCount < Int(Self.noSlot), "too many pending events: 2³² − 1 is the most")
    if usedCount == slots.capacity { slots.double() }
    let slot = UInt32(usedCount)
    slots[usedCount] = Slot(event: event, generation: 0, nextFree: Self.noSlot)
    usedCount += 1
    return Ticket(slot: slot, generation: 0)
  }

  @inlinable @inline(__always) func holds(_ ticket: Ticket) -> Bool {
    Int(ticket.slot) < usedCount && slots[Int(ticket.slot)].generation == ticket.generation
  }

  /// Takes the event out and frees its slot.
  ///
  /// - Precondition: `holds(ticket)`.
  @inlinable @inline(__always) mutating func remove(_ ticket: Ticket) -> Event {
    let slot = Int(ticket.slot)
    let event = slots[slot].event
    slots[slot].generation = ticket.generation &+ 1
    // A slot that has used every generation would answer to old tickets: it is left out for good.
    if ticket.generation != .max - 1 {
      slots[slot].nextFree = firstFree
      firstFree = ticket.slot
    }
    return event
  }
}
