import EVM
import Quantities

/// Disputes that the escrow's arbiter decides: without effect in the reference.
extension JobMarketplace {
  /// Either party calls the arbiter while the payment is in the escrow.
  func dispute(
    _ number: UInt256, reason: StringID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(EstimatedCompute.dispute)
    try world.compute(Compute.disputeReasonWord * Int64(world.paddedLength(of: reason) / 32))
    let job = job(number)
    let renter = try world.load(job.renter)
    try world.require(!renter.isZero, else: .jobDoesNotExist)
    let host = try world.load(job.assignedHost)
    try world.require(caller == renter || caller == host, else: .notAuthorized)
    let status = world.evm.peek(job.status)
    try world.require(status == .claimed || status == .completed, else: .escrowNotActive)
    try proofStanding(of: number, &world).requireUnchallenged()
    try world.store(.disputed, job.status)
    try world.update(caller, job.disputer)
    try takeBond(for: job, from: caller, &world)
    try world.emit(.jobDisputed(job: number, disputer: caller, reason: reason), from: account)
  }

  /// The arbiter decides: the host is paid less the fee, or the renter gets all back and the host has
  /// failed. A disputer in the wrong loses its bond to the other side.
  func decide(
    _ number: UInt256, favorsClient: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.resolveDispute.checks)
    let escrow = try world.load(paymentEscrow)
    try world.require(try world.arbiter(of: escrow) == caller, else: .onlyArbiter)
    try guardian.enter(&world)
    let job = job(number)
    let renter = try world.load(job.renter)
    try world.require(!renter.isZero, else: .jobDoesNotExist)
    try world.require(world.evm.peek(job.status) == .disputed, else: .notInDispute)
    try world.compute(Compute.resolveDispute.effects)
    let host = try world.load(job.assignedHost)
    let winner = favorsClient ? renter : host
    if favorsClient {
      try fail(number, reason: texts.disputeLost, mayReturn: false, &world)
    } else {
      try settle(number, &world)
    }
    try returnBond(of: job, to: winner, &world)
    try world.emit(
      .jobDisputeResolved(job: number, favorsClient: favorsClient), from: account)
    try guardian.leave(&world)
  }

  private func takeBond(
    for job: StoredJob, from disputer: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let bond = world.rules.disputeBond
    if bond.isZero { return }
    try world.store(bond, job.bond)
    let token = try world.stakeToken(of: try world.load(nodeRegistry))
    try world.require(
      try world.transferFrom(token, from: disputer, to: account, amount: bond, by: account),
      else: .transferFailed)
    world.owe(bond, debts, in: token)
  }

  /// The winner gets it: the disputer back, the other side for its trouble.
  private func returnBond(
    of job: StoredJob, to winner: AccountID, _ world: inout World
  ) throws(CallFailure) {
    // Read with the slot that says who disputes.
    let bond = world.evm.words.value(world.evm.peek(job.bond))
    if bond.isZero { return }
    try world.store(UInt256.zero, job.bond)
    let token = try world.stakeToken(of: try world.load(nodeRegistry))
    world.settle(bond, debts, in: token)
    try world.require(
      try world.transfer(token, to: winner, amount: bond, by: account), else: .transferFailed)
  }
}
