import EVM
import Quantities

/// Which jobs' prices the marketplace, or the escrow for it, still owes, where no record in the
/// escrow says so: from the posting to the first payment, whoever gets it.
extension JobMarketplace {
  /// A new job's price is owed.
  func beginDebt(for job: StoredJob, amount: UInt256, token: AccountID, _ world: inout World) {
    if world.rules.escrowPerJob { return }
    if !token.isZero, let escrow = world.debts(of: world.evm.peek(paymentEscrow)) {
      world.evm.note(.escrow, at: job.debtor)
      world.owe(amount, escrow, in: token)
    } else {
      world.evm.note(.marketplace, at: job.debtor)
      world.owe(amount, debts, in: token)
    }
  }

  /// The price is no longer owed.
  ///
  /// - Returns: Whether it was.
  @discardableResult
  func endDebt(for job: StoredJob, _ world: inout World) -> Bool {
    let debtor = world.evm.peek(job.debtor)
    if debtor == .nobody { return false }
    let price = world.evm.words.value(world.evm.peek(job.maxPrice))
    let token = world.evm.peek(job.paymentToken)
    world.evm.note(.nobody, at: job.debtor)
    if debtor == .marketplace {
      world.settle(price, debts, in: token)
    } else if let escrow = world.debts(of: world.evm.peek(paymentEscrow)) {
      world.settle(price, escrow, in: token)
    }
    return true
  }

  /// The price is about to be paid from the pool of ETH.
  func spendPool(on job: StoredJob, because cause: ShortfallCause, _ world: inout World) {
    if world.rules.escrowPerJob { return }
    let isOwed = endDebt(for: job, &world)
    if isOwed, world.evm.peek(job.paymentToken).isZero { return }
    world.spend(
      debts, in: .zero, because: isOwed ? .otherToken : cause)
  }
}
