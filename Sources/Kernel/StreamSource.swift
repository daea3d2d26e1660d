/// All random streams of one purpose in one replication: the key from which they are drawn.
///
/// Make one per source of randomness (arrivals, prompt lengths, service noise) when a run starts and
/// keep it. Streams of different purposes, seeds, replications, entities or event indices do not
/// overlap, and none moves when another draws more or fewer numbers.
public struct StreamSource: BitwiseCopyable, Hashable, Sendable {
  @usableFromInline let key0: UInt64
  @usableFromInline let key1: UInt64

  /// - Parameters:
  ///   - seed: The scenario's seed.
  ///   - replication: From 0; the same name in another replication is an independent source.
  ///   - name: The purpose, such as `"renter.arrivals"`; unique within a model.
  public init(seed: UInt64, replication: Int, name: String) {
    // FNV-1a with 128 bits spreads the name; Philox under a fixed key of this project's spreads all.
    var hash = UInt128(0x6C62_272E_07BB_0142) << 64 | 0x62B8_2175_6295_C58D
    for byte in name.utf8 {
      hash = (hash ^ UInt128(byte)) &* (UInt128(1) << 88 | 0x13B)
    }
    let block = Philox.block(
      counter: (
        seed, UInt64(bitPattern: Int64(replication)),
        UInt64(truncatingIfNeeded: hash >> 64), UInt64(truncatingIfNeeded: hash)
      ),
      key: (0x6D61_726B_6574_7369, 0x6D2E_7374_7265_616D))
    (key0, key1) = (block.0, block.1)
  }

  /// The stream of one entity, or of one event in an entity's life.
  ///
  /// Costs nothing until the first draw, which costs a Philox block: cheap enough to take a fresh
  /// stream per event, so that a sampler that rejects cannot shift the draws of later events.
  ///
  /// - Parameters:
  ///   - entity: Number of the host, renter or job; 0 when the source has one stream.
  ///   - event: Number of the event in that entity's life; 0 when the entity has one stream.
  @inlinable public func stream(entity: UInt64 = 0, event: UInt64 = 0) -> RandomStream {
    RandomStream(source: self, entity: entity, event: event)
  }

  @inlinable public func stream(entity: Int, event: Int = 0) -> RandomStream {
    RandomStream(
      source: self, entity: UInt64(bitPattern: Int64(entity)),
      event: UInt64(bitPattern: Int64(event)))
  }
}
