/// What challengers have found among the proofs that they draw to look at: they answer best to the
/// average, as verifiers do; before the first proof they expect even odds, with the weight of one.
struct Suspicion: BitwiseCopyable {
  var sampled = 1.0
  var sampledForged = 0.5

  mutating func learn(isForged: Bool) {
    sampled += 1
    if isForged { sampledForged += 1 }
  }

  /// Estimated share of forged proofs.
  var forgedShare: Double { sampledForged / sampled }

  /// - Parameter reward: For a forged proof found, in the unit of `cost`.
  func isWorthACheck(cost: Double, reward: Double) -> Bool { forgedShare * reward > cost }
}
