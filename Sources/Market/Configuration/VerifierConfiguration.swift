public import Quantities

/// Those who check proofs and report the verdict to the chain.
public struct VerifierConfiguration: Sendable, Equatable {
  /// 0 … 65,535; jobs that ask for a proof need one.
  public var count: Int
  /// Work on one proof, ≥ 0; a verifier takes one at a time, in the order of submission.
  public var checkTime: SimDuration

  /// Share of completed jobs without proof that a verifier does again, 0 … 1. Whoever got wrong work
  /// is told, and disputes it.
  public var checkRate: Double

  /// Nil: verifiers do again what `checkRate` draws, and no more.
  public var effort: VerifierEffort?

  /// Probability that a verifier is in league with the host, 0 … 1: it keeps quiet about a wrong result,
  /// and decides a challenge for the host whatever is true.
  public var colluding: Double

  public init(
    count: Int = 0, checkTime: SimDuration = .seconds(2), checkRate: Double = 0,
    colluding: Double = 0, effort: VerifierEffort? = nil
  ) {
    self.count = count
    self.checkTime = checkTime
    self.checkRate = checkRate
    self.colluding = colluding
    self.effort = effort
  }
}
