import Kernel

/// Learns which of a few arms brings most: ε-greedy, by averages of rewards that forget a fifth at each
/// (Sutton and Barto 2018, sections 2.2 and 2.5).
struct Bandit<let limit: Int>: BitwiseCopyable {
  /// Infinite until an arm is tried: each is tried once.
  private var values = InlineArray<limit, Double>(repeating: .infinity)
  private(set) var arm: UInt8

  init(startingAt arm: Int = 0) { self.arm = UInt8(arm) }

  /// Learns from what the arm of late brought, and chooses anew.
  mutating func next(
    after reward: Double, arms: Int, exploration: Double, _ stream: inout RandomStream
  ) -> Int {
    learn(Int(arm), reward)
    return choose(arms: arms, exploration: exploration, &stream)
  }

  func knows(_ arm: Int) -> Bool { values[arm].isFinite }

  /// Learns what an arm brought once.
  mutating func learn(_ arm: Int, _ reward: Double) {
    let known = values[arm]
    values[arm] = known.isFinite ? known + 0.2 * (reward - known) : reward
  }

  mutating func choose(arms: Int, exploration: Double, _ stream: inout RandomStream) -> Int {
    var next = 0
    if stream.bernoulli(exploration) {
      next = stream.below(arms)
    } else {
      for arm in 0..<arms where values[arm] > values[next] { next = arm }
    }
    arm = UInt8(next)
    return next
  }
}
