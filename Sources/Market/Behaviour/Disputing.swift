import Kernel
import Quantities

/// Renters who look at what they got.
public struct Disputing: Sendable, Equatable {
  /// Probability that a renter notices a made-up result and disputes it, 0 … 1.
  public var notices: Double
  /// Probability that it disputes a good one, 0 … 1.
  public var frivolous: Double
  /// Whether it disputes only where what it expects to have back is more than the gas.
  public var weighs: Bool

  public init(notices: Double = 1, frivolous: Double = 0, weighs: Bool = false) {
    self.notices = notices
    self.frivolous = frivolous
    self.weighs = weighs
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
    guard stream.bernoulli(probability), !terms.weighsDisputes || isWorthADispute(id) else {
      return false
    }
    measured.disputes += 1
    send(.disputeResult, for: id, at: time)
    return true
  }

  /// Payment times the share of disputes that renters have won so far, even odds with the weight of one
  /// before the first, against gas and the bond of those lost.
  private mutating func isWorthADispute(_ id: JobID) -> Bool {
    let chance =
      (Double(measured.disputesUpheld) + 0.5) / (Double(measured.disputesDecided) + 1)
    let unit = jobs[id].isPaidInETH ? 1e-12 * changes.prices.eth : 1e-6
    let bond = jobRules.disputeBond * changes.prices.fab
    let cost = feeOfADispute(about: id).eth * changes.prices.eth
    return chance * Double(jobs[id].payment) * unit > cost + (1 - chance) * bond
  }

  /// What a wallet expects to pay at the base fee of now: for the gas that disputes took on average, and
  /// before the first for what it estimates, 39,400 units under the documented rules.
  private mutating func feeOfADispute(about id: JobID) -> Wei {
    let known = measured.gas[
      Int(MarketTransaction.Function.disputeResult.rawValue) * measured.payerCount]
    let gas = known.calls > 0 ? Gas(known.gas.units / UInt64(known.calls)) : Gas(39_400)
    return chain.fee(
      forGas: gas, of: .disputeResult, promptTokens: Int32(jobs[id].promptTokens))
  }
}
