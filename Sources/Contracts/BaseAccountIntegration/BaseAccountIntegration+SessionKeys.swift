import EVM
import Quantities

/// Keys that may claim jobs for a wallet.
extension BaseAccountIntegration {
  func addSessionKey(
    _ key: AccountID, expires: UInt256, by wallet: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.addSessionKey)
    try world.require(
      expires > UInt256(world.evm.block.timestamp), else: .invalidExpiry)
    let slots = sessionKey(key, of: wallet)
    try world.store(expires, slots.expires)
    try world.update(true, slots.isActive)
    try world.emit(.sessionKeyAdded(wallet: wallet, key: key, expires: expires), from: account)
  }

  func revokeSessionKey(
    _ key: AccountID, by wallet: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.revokeSessionKey)
    try world.update(false, sessionKey(key, of: wallet).isActive)
    try world.emit(.sessionKeyRevoked(wallet: wallet, key: key), from: account)
  }

  func isValidSessionKey(
    _ key: AccountID, of wallet: AccountID, _ world: inout World
  ) throws(CallFailure) -> Bool {
    let slots = sessionKey(key, of: wallet)
    let expires = try world.load(slots.expires)
    let isActive = try world.load(slots.isActive)
    return isActive && UInt256(world.evm.block.timestamp) <= expires
  }

  /// A key of the wallet assigns a job to the wallet.
  func claimJobViaSessionKey(
    wallet: AccountID, job number: UInt256, by key: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.claimBySessionKey.checks)
    try world.require(
      try isValidSessionKey(key, of: wallet, &world), else: .sessionKeyExpired)
    try world.compute(Compute.claimBySessionKey.effects)
    try world.claimJobFor(wallet, job: number, in: jobMarketplace, by: account)
  }
}
