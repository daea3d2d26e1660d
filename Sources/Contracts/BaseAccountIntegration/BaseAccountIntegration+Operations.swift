import EVM
import Quantities

/// Calls on behalf of wallets. In the reference the contract makes them itself, with whatever ETH it
/// holds; where calls act as the wallet, what came with them is the wallet's first.
extension BaseAccountIntegration {
  /// A job for a wallet; in the reference, which names none, for whoever signed the transaction, and
  /// that is the bundler.
  func createJobViaAccount(
    _ offer: JobOffer, wallet: AccountID? = nil, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.createJob.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    try requireNamed(wallet, world)
    try world.compute(Compute.createJob.effects)
    spendPool(&world)
    if let wallet {
      try handOver(value, to: wallet, &world)
      return try world.createJob(
        offer, for: wallet, in: jobMarketplace, by: wallet, value: value)
    }
    return try world.createJob(
      offer, for: world.evm.origin, in: jobMarketplace, by: account, value: value)
  }

  /// What follows may spend ETH of the contract, which holds the streams' too.
  func spendPool(_ world: inout World) {
    world.spend(debts, in: .zero, because: .forwardedCall)
  }

  private func requireNamed(
    _ wallet: AccountID?, _ world: borrowing World
  ) throws(CallFailure) {
    if world.rules.jobsBelongToWallet, (wallet ?? .zero).isZero {
      throw .reverted(.walletNotNamed)
    }
  }

  /// ETH that came for a wallet becomes the wallet's, which then acts itself.
  func handOver(
    _ value: UInt256, to wallet: AccountID, _ world: inout World
  ) throws(CallFailure) {
    if value.isZero { return }
    // The wallet's own code spends the stipend that comes with it.
    try world.evm.charge(GasSchedule.callValue)
    try world.require(
      world.evm.moveETH(value, from: account, to: wallet), else: .insufficientValue)
  }

  /// A node for a wallet; in the reference, which names none, for whoever signed the transaction, and
  /// that is the bundler.
  func registerNodeViaAccount(
    _ registration: NodeRegistry.Registration, wallet: AccountID? = nil, by caller: AccountID,
    value: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.registerNode.checks)
    try world.require(caller == entryPoint, else: .onlyEntryPoint)
    try requireNamed(wallet, world)
    try world.compute(Compute.registerNode.effects)
    spendPool(&world)
    if let wallet {
      try handOver(value, to: wallet, &world)
      return try world.registerNode(
        registration, for: wallet, in: nodeRegistry, by: wallet, value: value)
    }
    try world.registerNode(
      registration, for: world.evm.origin, in: nodeRegistry, by: account, value: value)
  }
}

/// A call that another call carries: as bytes from outside, or typed from the market.
enum CarriedCall {
  case bytes([UInt8])
  case typed(ContractCall, byteCount: Int)

  var byteCount: Int {
    switch self {
    case .bytes(let data): data.count
    case .typed(_, let count): count
    }
  }
}

/// One call of a user operation or a batch.
struct CarriedOperation {
  var target: AccountID
  var value: UInt256
  var call: CarriedCall
}

extension World {
  /// The operation's `target.call{value:}(data)`.
  ///
  /// - Returns: Whether it succeeded; a failure is undone.
  mutating func perform(
    _ operation: CarriedOperation, by caller: AccountID
  ) throws(CallFailure) -> Bool {
    let (target, value) = (operation.target, operation.value)
    let typed: ContractCall
    switch operation.call {
    case .bytes(let data):
      return try callIgnoringAnswer(target, calldata: data[...], by: caller, value: value)
    case .typed(let call, _): typed = call
    }
    let call = try openCall(to: target, value: value, caught: true)
    do throws(CallFailure) {
      guard evm.moveETH(value, from: caller, to: target) else { throw .empty }
      try executeCarried(typed, from: caller, to: target, value: value)
      close(call)
      return true
    } catch {
      _ = rollBack(call, after: error)
      return false
    }
  }

  /// The operation with its call's size.
  mutating func carried(_ operation: AccountOperation) -> CarriedOperation {
    CarriedOperation(
      target: operation.target, value: operation.value,
      call: .typed(operation.call, byteCount: calldata(carrying: operation.call).bytes))
  }
}
