import EVM
import Quantities

/// What its owner and the migration helper may do.
extension PaymentEscrow {
  func setJobMarketplace(
    _ marketplace: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setJobMarketplace)
    try ownable.requireOwner(caller, &world)
    if world.rules.marketplaceSetOnce {
      try world.require(try world.load(jobMarketplace).isZero, else: .alreadySet)
    }
    try world.require(!marketplace.isZero, else: .invalidAddress)
    try world.evm.chargeAccount(marketplace)
    try world.require(world.hasCode(marketplace), else: .notAContract)
    try world.update(marketplace, jobMarketplace)
  }

  func setMigrationHelper(
    _ helper: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setMigrationHelper)
    try ownable.requireOwner(caller, &world)
    try world.require(!helper.isZero, else: .invalidAddress)
    try world.update(helper, migrationHelper)
  }

  func addMigratedEscrow(
    _ id: Bytes32, payer: AccountID, payee: AccountID, amount: UInt256, token: AccountID,
    isReleased: Bool, isRefunded: Bool, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.addMigratedEscrow)
    try world.require(
      try world.load(migrationHelper) == caller, else: .onlyMigrationHelper)
    let escrow = escrow(id, world)
    try world.require(try world.load(escrow.renter).isZero, else: .escrowExists)
    let status: EscrowStatus = isReleased ? .released : isRefunded ? .refunded : .active
    // Nothing pays in with the record, so where each has its money only a closed one can be written.
    if world.rules.releaseNeedsEscrow {
      try world.require(status != .active, else: .insufficientBalance)
    }
    try store(
      escrow, renter: payer, host: payee, amount: amount, token: token, status: status, &world)
  }

  /// Sends any ETH the contract holds, users' money included, to anybody, unless it is locked.
  func emergencyWithdraw(
    to receiver: AccountID, amount: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.emergencyWithdraw)
    if try world.load(ownable.owner) != caller {
      try world.compute(Compute.askHelper)
      try world.require(try world.load(migrationHelper) == caller, else: .notAuthorized)
    }
    try world.require(!world.rules.lockedFunds, else: .fundsAreLocked)
    try world.require(
      amount <= world.evm.ethBalance(of: account), else: .insufficientBalance)
    world.spend(debts, in: .zero, because: .emergencyWithdrawal)
    let failure = try world.sendETH(amount, from: account, to: receiver, gas: .all)
    try world.require(failure == nil, else: .transferFailed)
  }
}
