import Kernel

/// Verifiers who must pay to look, and what makes them: planted errors with a jackpot for those who
/// find them, or tests with a penalty for those who do not.
struct VerifiersDilemma {
  var verifiers: Int
  /// Of looking at one result.
  var cost: Double
  /// Share of results with a planted error.
  var forcedErrors: Double
  /// Divided among all who find one.
  var jackpot: Double

  /// Verifiers who still look once nobody gains by starting or stopping: one after the other they
  /// decide anew, from what they earned in `rounds` results each.
  func lookers(from start: Int, rounds: Int, _ stream: inout RandomStream) -> Int {
    var lookers = start
    // Each sweep lets everybody decide once; twice as many sweeps as verifiers always suffice.
    for _ in 0..<(2 * verifiers) {
      let errors = stream.binomial(trials: rounds, probability: forcedErrors)
      let found = Double(errors) / Double(rounds) * jackpot
      if lookers > 0, found / Double(lookers) < cost {
        lookers -= 1
      } else if lookers < verifiers, found / Double(lookers + 1) > cost {
        lookers += 1
      }
    }
    return lookers
  }

  /// What one verifier gets who claims one jackpot under `claims` names, of a jackpot that halves with
  /// every further claim.
  ///
  /// - Source: Teutsch, Reitwießner, "A scalable verification solution for blockchains", 2017.
  static func shareOfJackpot(claims: Int) -> Double {
    var each = 1.0
    for _ in 1..<max(claims, 1) { each /= 2 }
    return Double(claims) * each
  }
}
