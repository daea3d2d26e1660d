import EVM
import Quantities

/// What connects the contract, and what a migration writes.
extension JobMarketplace {
  func setPaymentEscrow(
    _ escrow: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setPaymentEscrow)
    try world.require(try world.load(paymentEscrow).isZero, else: .paymentEscrowAlreadySet)
    try world.require(!escrow.isZero, else: .invalidEscrow)
    try world.require(try world.load(owner) == caller, else: .onlyOwner)
    try world.store(escrow, paymentEscrow)
  }

  func setUSDC(
    _ token: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setUSDC)
    try world.require(try world.load(owner) == caller, else: .onlyOwner)
    try world.update(token, usdc)
  }

  /// In the reference anybody, once.
  func setReputationSystem(
    _ system: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setReputationSystem)
    try requireProtected(caller, &world)
    try world.require(
      try world.load(reputationSystem).isZero, else: .reputationSystemAlreadySet)
    try world.store(system, reputationSystem)
  }

  private func requireProtected(
    _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    guard world.rules.settersProtected else { return }
    try world.require(try world.load(owner) == caller, else: .onlyOwner)
  }

  /// In the reference anybody, once.
  func setGovernance(
    _ governor: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setGovernance)
    try requireProtected(caller, &world)
    try world.require(try world.load(governance).isZero, else: .governanceAlreadySet)
    try world.store(governor, governance)
  }

  func setMigrationHelper(
    _ helper: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.setMigrationHelper)
    try requireOwner(caller, &world)
    try world.require(!helper.isZero, else: .invalidAddress)
    try world.update(helper, migrationHelper)
  }

  func grantRole(
    _ role: UInt256, to account: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.grantRole)
    try requireOwner(caller, &world)
    try world.update(true, roles.has(role, account))
  }

  /// Writes a job under any free number; the next new job comes behind the highest.
  ///
  /// - Parameter status: Panics when it is not the number of a status.
  func addMigratedJob(
    _ number: UInt256, _ migrated: NewJob, status: UInt256, by caller: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.addMigratedJob.checks)
    try world.require(
      try world.load(migrationHelper) == caller, else: .onlyMigrationHelper)
    try world.require(try world.load(job(number).renter).isZero, else: .jobAlreadyExists)
    guard let raw = status.narrow, let status = JobStatus(ofReference: UInt8(clamping: raw)) else {
      throw .panic(.enumConversion)
    }
    try world.compute(Compute.addMigratedJob.effects)
    var new = migrated
    new.status = status
    try store(new, at: number, &world)
    if number >= (try world.load(nextJobID)) {
      try world.compute(Compute.raiseNextJob)
      try world.store(try number.adding(1), nextJobID)
    }
    try world.emit(
      .jobPosted(job: number, client: new.renter, payment: new.maxPrice), from: account)
  }
}
