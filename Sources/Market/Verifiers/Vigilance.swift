import Kernel
import Quantities

/// What everybody knows of checks: verifiers publish each one when it is done.
///
/// Verifiers and hosts answer best to the averages of all that was published, which is fictitious play
/// (Brown 1951); before the first job both sides expect even odds, with the weight of one job.
struct Vigilance: BitwiseCopyable {
  var effort: VerifierEffort?
  /// Completed jobs that could be done again, and those of them that were.
  var offered = 1.0
  var checked = 0.5
  /// Spot checks, and the wrong results that they found. What is done again in suspicion is no fair
  /// sample of the rest.
  var sampled = 1.0
  var sampledWrong = 0.5

  /// Share of jobs done again.
  var checkShare: Double { checked / offered }
  /// Estimated share of wrong results.
  var wrongShare: Double { sampledWrong / sampled }

  /// Whether a check of any job brings more than it costs.
  var isWorthACheck: Bool {
    guard let effort else { return false }
    return wrongShare * (effort.reward + effort.damage) + effort.forcedErrors * effort.jackpot
      > effort.cost
  }
}

/// Verifiers who weigh what hosts do.
extension Market {
  /// Nobody does the job again.
  mutating func overlook(_ id: JobID) {
    if let effort = vigilance.effort, jobs[id].isWrong { measured.verifiersGain -= effort.damage }
  }

  /// A verifier has done the job again and says what it found.
  ///
  /// - Parameter isFound: It says that the result was wrong.
  mutating func learn(from id: JobID, isFound: Bool) {
    var stream = streams.checks.stream(event: jobs[id].number)
    let isSpotCheck = stream.bernoulli(checkRate)
    vigilance.checked += 1
    if isSpotCheck {
      vigilance.sampled += 1
      if isFound { vigilance.sampledWrong += 1 }
    }
    guard let effort = vigilance.effort else { return }
    measured.verifiersGain -= effort.cost
    if isFound { measured.verifiersGain += effort.reward }
    if stream.bernoulli(effort.forcedErrors) { measured.verifiersGain += effort.jackpot }
  }
}
