import Contracts
import Kernel
import Quantities

/// Renters who look at what they got.
public struct Disputing: Sendable, Equatable {
  /// Probability that a renter notices a made-up result and disputes it, 0 … 1.
  public var notices: Double
  /// Probability that it disputes a good one, 0 … 1.
  public var frivolous: Double
  /// Whether it disputes only where what it expects to have back is more than what the gas and the bond
  /// are expected to cost it. One that lets it pass rates the host as badly as it can.
  public var weighs: Bool
  /// FAB of each renter at the start, for bonds; whole, ≥ 0, and there only where disputes take any.
  public var capital: Int

  /// Of renters of whom a scenario says nothing: verifiers tell them too what to dispute.
  public static let standardCapital = 10_000

  public init(
    notices: Double = 1, frivolous: Double = 0, weighs: Bool = false,
    capital: Int = Disputing.standardCapital
  ) {
    self.notices = notices
    self.frivolous = frivolous
    self.weighs = weighs
    self.capital = capital
  }
}

/// What a renter makes of a result.
enum RenterReaction {
  case content
  /// It has noticed that the result is made up and lets it pass, or bears ill will.
  case disgust
  case dispute
}

extension Market {
  /// While the payment can still be stopped, a renter who is not content may dispute the result.
  mutating func reaction(to id: JobID, at time: SimTime) -> RenterReaction {
    let terms = terms(ofRenterOf: id)
    let probability =
      terms.isSpiteful ? 1 : jobs[id].isWrong ? terms.notices : terms.frivolous
    guard probability > 0 else { return .content }
    var stream = streams.checks.stream(entity: 2, event: jobs[id].number)
    guard stream.bernoulli(probability) else { return .content }
    let mayDispute = jobRules.disputesAct && !jobs[id].hasLeftEscrow && canPayBond(for: id)
    guard mayDispute, !terms.weighsDisputes || isWorthADispute(id) else {
      return jobs[id].isWrong || terms.isSpiteful ? .disgust : .content
    }
    send(.disputeResult, for: id, at: time)
    return .dispute
  }

  mutating func canPayBond(for id: JobID) -> Bool {
    if chain.world.rules.disputeBond.isZero { return true }
    let account = renters[Int(jobs[id].renter.index)].account
    return chain.fabBalance(of: account) >= chain.world.rules.disputeBond
  }

  /// Payment times the share of disputes that renters have won so far, even odds with the weight of one
  /// before the first, against gas and the bond of those lost.
  mutating func isWorthADispute(_ id: JobID) -> Bool {
    let chance =
      (Double(measured.disputesUpheld) + 0.5) / (Double(measured.disputesDecided) + 1)
    let unit = jobs[id].isPaidInETH ? 1e-12 * changes.prices.eth : 1e-6
    let bond = jobRules.disputeBond * changes.prices.fab
    let isSponsored = terms(ofRenterOf: id).wallet.payer > 0
    let cost =
      isSponsored ? 0 : usualFee(of: .disputeResult, about: id).eth * changes.prices.eth
    return chance * Double(jobs[id].payment) * unit > cost + (1 - chance) * bond
  }

  /// What a wallet expects to pay at the base fee of now for a call: for the gas that such calls took on
  /// average, and before the first for what it estimates.
  mutating func usualFee(of function: MarketTransaction.Function, about id: JobID) -> Wei {
    let known = measured.gas[Int(function.rawValue) * measured.payerCount]
    let gas =
      known.calls > 0 ? Gas(known.gas.units / UInt64(known.calls)) : function.estimatedGas
    return chain.fee(forGas: gas, of: function, promptTokens: Int32(jobs[id].promptTokens))
  }
}

extension MarketTransaction.Function {
  /// Units that a wallet's estimate gives under the documented rules, for what people weigh.
  fileprivate var estimatedGas: Gas {
    switch self {
    case .disputeResult: Gas(39_400)
    case .completeJob: Gas(250_000)
    case .submitProof: Gas(300_000)
    case .releasePayment: Gas(120_000)
    case .challengeProof: Gas(200_000)
    default: preconditionFailure("nobody weighs the gas of \(self)")
    }
  }
}
