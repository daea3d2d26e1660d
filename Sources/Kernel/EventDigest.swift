/// A rolling 64-bit digest of what happened, in order: two runs agree in it exactly when they
/// executed the same events at the same times in the same phases (up to 2⁻⁶⁴ by chance).
///
/// One 64×64→128 multiplication mixes when and what, the second orders the sequence: about 1.5 ns,
/// most of it hidden behind the event's own work. Not cryptographic: it finds divergence, not fraud.
public struct EventDigest: BitwiseCopyable, Hashable, Sendable {
  @usableFromInline var state: UInt64 = 0x9E37_79B9_7F4A_7C15

  @inlinable public init() {}

  /// - Parameter key: The time in ticks, times 8, plus the phase.
  @inlinable mutating func combine(key: UInt64, event: UInt64) {
    // Odd constants from the fractional digits of √3 and √5; the product is folded so that every
    // input bit reaches the low half.
    let product = (key ^ 0xBB67_AE85_84CA_A73B).multipliedFullWidth(
      by: event ^ 0x3C6E_F372_FE94_F82B)
    let word = product.high ^ product.low
    // The rotation and the odd multiplier make the step a bijection of the state for each word.
    state = (((state << 29) | (state >> 35)) ^ word) &* 0xD6E8_FEB8_6659_FD93
  }

  /// The digest so far, mixed so that short runs differ in every bit.
  @inlinable public var value: UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    mixed = (mixed ^ (mixed >> 32)) &* 0xD6E8_FEB8_6659_FD93
    return mixed ^ (mixed >> 32)
  }
}
