import Foundation

/// Reproducible draws for the tests, independent of the simulator's own generator.
struct SampleStream: Sequence, IteratorProtocol {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// Uniform on (0, 1), from SplitMix64.
  mutating func next() -> Double? {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return (Double((z ^ (z >> 31)) >> 12) + 0.5) * 0x1p-52
  }

  mutating func uniform() -> Double { next()! }
  mutating func exponential() -> Double { -log(uniform()) }
  /// Box and Muller.
  mutating func normal() -> Double { (2 * exponential()).squareRoot() * cos(2 * .pi * uniform()) }
}
