import EVM
import Quantities

extension NodeRegistry {
  /// Takes the caller out of the market; the stake follows after the unbonding period, at once
  /// when there is none. Always reverts in the reference.
  func unregisterNode(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.unregister)
    let node = node(caller)
    try world.require(!(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    try world.require(try world.load(node.isActive), else: .alreadyInactive)
    guard world.rules.hostsMayLeave else { throw .reverted(.nodeHasActiveJobs) }
    try world.compute(EstimatedCompute.leave)
    try world.require(try openJobs(of: caller, &world) == 0, else: .nodeHasActiveJobs)
    try startLeaving(caller, &world)
    if world.rules.unbonding == 0 { try payBack(caller, &world) }
  }

  /// Pays the stake of a host that left, once it is unbonded and no job can cost it any more.
  func withdrawStake(by caller: AccountID, _ world: inout World) throws(CallFailure) {
    try world.compute(EstimatedCompute.withdrawStake)
    let node = node(caller)
    try world.require(!(try world.load(node.operatorAccount).isZero), else: .notRegistered)
    let leavesAt = try world.load(node.leavesAt)
    try world.require(leavesAt != 0, else: .notLeaving)
    try world.require(world.evm.block.timestamp >= UInt64(leavesAt), else: .stillUnbonding)
    try world.require(try openJobs(of: caller, &world) == 0, else: .nodeHasActiveJobs)
    try payBack(caller, &world)
  }

  /// Unregisters a host whose stake fell below the line; it gets the rest as if it had left.
  func ejectIfPoor(
    _ host: AccountID, stake: UInt256, _ world: inout World
  ) throws(CallFailure) {
    guard stake < world.rules.ejectBelow, world.rules.hostsMayLeave,
      try world.load(node(host).isActive)
    else { return }
    try startLeaving(host, &world)
    if world.rules.unbonding == 0, try openJobs(of: host, &world) == 0 {
      try payBack(host, &world)
    }
  }

  private func startLeaving(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    let node = node(host)
    // Unbonding is at most ten years, so that this fits until 2096.
    let leavesAt = UInt32(clamping: world.evm.block.timestamp + world.rules.unbonding)
    let standing = try world.load(node.isActive.whole)
    try world.store(
      standing & ~0xFF & 0xFFFF_FFFF | UInt64(leavesAt) << 32, node.isActive.whole)
    try world.emit(.nodeLeaving(node: host, until: leavesAt), from: account)
  }

  private func payBack(_ host: AccountID, _ world: inout World) throws(CallFailure) {
    let node = node(host)
    let stake = try world.load(node.stake)
    try storeStake(.zero, of: node, &world)
    // Only that it is listed remains.
    try world.update(1 << 8, node.isActive.whole)
    if world.rules.mayRegisterAgain { try world.update(.zero, node.operatorAccount) }
    let controller = try world.load(controller(of: host))
    if !controller.isZero {
      let count = controlledCount(of: controller)
      try world.store(try world.load(count) - 1, count)
      try world.update(.zero, self.controller(of: host))
    }
    try world.emit(.nodeUnregistered(node: host, returned: stake), from: account)
    try payStake(stake, to: host, &world)
  }

  /// Claimed jobs that may still cost the host its stake; none while no marketplace is set.
  private func openJobs(
    of host: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt64 {
    let marketplace = try world.load(jobMarketplace)
    return marketplace.isZero ? 0 : try world.openJobs(of: host, in: marketplace)
  }
}
