/// Verifiers who do a job again when they expect more from it than it costs them.
///
/// With a share x of wrong results, as far as they know it, a check brings
/// x · (`reward` + `damage`) + `forcedErrors` · `jackpot`. Where hosts too weigh what a cheat brings,
/// neither side gains by changing once hosts cheat in `cost` / (`reward` + `damage`) of all jobs.
public struct VerifierEffort: Sendable, Equatable, BitwiseCopyable {
  /// Of doing one job again, USD, > 0.
  public var cost: Double
  /// For a wrong result found, USD, ≥ 0.
  public var reward: Double
  /// What a wrong result that nobody did again costs the verifier, USD, ≥ 0.
  public var damage: Double
  /// Share of results in which an error is planted to see who looks, 0 … 1; announced.
  public var forcedErrors: Double
  /// For a planted error found, USD, ≥ 0.
  public var jackpot: Double

  public init(
    cost: Double, reward: Double, damage: Double = 0, forcedErrors: Double = 0,
    jackpot: Double = 0
  ) {
    self.cost = cost
    self.reward = reward
    self.damage = damage
    self.forcedErrors = forcedErrors
    self.jackpot = jackpot
  }
}
