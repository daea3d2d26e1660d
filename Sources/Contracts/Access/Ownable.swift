import EVM

/// OpenZeppelin 5.0.2's `Ownable`.
struct Ownable: BitwiseCopyable {
  let owner: Slot<AccountID>

  func requireOwner(_ caller: AccountID, _ world: inout World) throws(CallFailure) {
    if try world.load(owner) != caller {
      throw world.evm.failure(.ownableUnauthorizedAccount(caller))
    }
  }

  func transferOwnership(
    to newOwner: AccountID, of contract: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try requireOwner(caller, &world)
    if newOwner.isZero { throw world.evm.failure(.ownableInvalidOwner(.zero)) }
    try setOwner(newOwner, of: contract, &world)
  }

  func renounceOwnership(
    of contract: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try requireOwner(caller, &world)
    try setOwner(.zero, of: contract, &world)
  }

  private func setOwner(
    _ newOwner: AccountID, of contract: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let previous = try world.load(owner)
    try world.store(newOwner, owner)
    try world.emit(.ownershipTransferred(previous: previous, new: newOwner), from: contract)
  }
}
