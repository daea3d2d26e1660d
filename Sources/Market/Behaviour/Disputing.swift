import Kernel
import Quantities

/// Renters who look at what they got.
public struct Disputing: Sendable, Equatable {
  /// Probability that a renter notices a made-up result and disputes it, 0 … 1.
  public var notices: Double
  /// Probability that it disputes a good one, 0 … 1.
  public var frivolous: Double

  public init(notices: Double = 1, frivolous: Double = 0) {
    self.notices = notices
    self.frivolous = frivolous
  }
}

extension Market {
  /// While the payment can still be stopped.
  ///
  /// - Returns: Whether a dispute is on its way.
  mutating func disputes(_ id: JobID, at time: SimTime) -> Bool {
    let terms = terms(ofRenterOf: id)
    let probability = jobs[id].isWrong ? terms.notices : terms.frivolous
    guard probability > 0, jobRules.disputesAct, !jobs[id].hasLeftEscrow else { return false }
    var stream = streams.checks.stream(entity: 2, event: jobs[id].number)
    guard stream.bernoulli(probability) else { return false }
    measured.disputes += 1
    send(.disputeResult, for: id, at: time)
    return true
  }
}
