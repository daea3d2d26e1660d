public import Quantities

/// Those who do proven jobs again and stake FAB against the proofs that they find forged.
public struct ChallengerConfiguration: Sendable, Equatable {
  public var count: Int
  /// Share of proven jobs that a challenger does again, 0 … 1.
  public var checkRate: Double
  /// Work on one of them, > 0.
  public var checkTime: SimDuration
  /// Probability that a challenger stakes against a good proof that it has looked at, 0 … 1.
  public var mistakes: Double
  /// FAB of each at the start, for stakes; whole, ≥ 0.
  public var capital: Int
  /// Of doing one job again, USD, > 0: beyond `checkRate` they look at every proof while the share of
  /// forged ones that they have found, times what a challenge is expected to bring (the penalty if it is
  /// won, less the stake if it is lost, as often as they were so far, less its gas), is more. Nil: they
  /// do what `checkRate` draws, and no more.
  public var cost: Double?

  public init(
    count: Int = 0, checkRate: Double = 0.1, checkTime: SimDuration = .seconds(10),
    mistakes: Double = 0, capital: Int = 10_000, cost: Double? = nil
  ) {
    self.count = count
    self.checkRate = checkRate
    self.checkTime = checkTime
    self.mistakes = mistakes
    self.capital = capital
    self.cost = cost
  }
}
