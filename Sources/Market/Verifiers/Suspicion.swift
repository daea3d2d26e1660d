/// What challengers have found among the proofs that they draw to look at: they answer best to the
/// average, as verifiers do; before the first proof they expect even odds, with the weight of one.
struct Suspicion: BitwiseCopyable {
  var sampled = 1.0
  var sampledForged = 0.5

  mutating func learn(isForged: Bool) {
    sampled += 1
    if isForged { sampledForged += 1 }
  }

  /// Challenges decided, and those of them that were won: verifiers may be in league with hosts.
  var decided = 1.0
  var won = 0.5

  mutating func learn(isWon: Bool) {
    decided += 1
    if isWon { won += 1 }
  }

  /// Estimated share of forged proofs.
  var forgedShare: Double { sampledForged / sampled }
  /// Estimated share of challenges of forged proofs that are won.
  var wonShare: Double { won / decided }

  /// What a challenge of a forged proof is expected to bring, in the unit of `reward`: that if it is won,
  /// less its stake if it is lost, less its gas.
  func gain(reward: Double, stake: Double, gas: Double) -> Double {
    wonShare * reward - (1 - wonShare) * stake - gas
  }
}
