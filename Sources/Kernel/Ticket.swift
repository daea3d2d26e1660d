/// Names one scheduled event, so that it can be cancelled until it happens. Eight bytes.
///
/// A ticket whose event has happened or was cancelled names nothing: a slot carries a generation
/// that moves on when its event leaves, and a slot that has used all generations is retired, so no
/// later event ever answers to an old ticket of the same kernel.
public struct Ticket: BitwiseCopyable, Hashable, Sendable {
  @usableFromInline let slot: UInt32
  @usableFromInline let generation: UInt32

  @inlinable init(slot: UInt32, generation: UInt32) {
    self.slot = slot
    self.generation = generation
  }

  /// Names no event of any kernel; for fields that hold no ticket yet.
  @inlinable public static var none: Ticket { Ticket(slot: .max, generation: .max) }
}
