public import EVM
import Quantities

/// OpenZeppelin 5.0.2's `ERC20` with minting open to everybody and a switch that makes transfers
/// return false: the FAB and USDC of the conformance vectors and of the simulated market.
public struct TestToken: BitwiseCopyable {
  public let account: AccountID
  let state: Row
  let balances: Table
  let allowances: Mapping<UInt64>
  let ledger: UInt8
  let name: StringID
  let symbol: StringID
  let decimals: UInt8

  // Storage.

  var totalSupply: WideSlot {
    WideSlot(state, slot: 0, offset: Row.headerSize, ledger: ledger | Machine.supplyFlag)
  }
  var returnsFalse: Slot<Bool> { Slot(state, slot: 1, offset: Row.headerSize + 32) }

  @inline(__always) func balance(of account: AccountID) -> WideSlot {
    WideSlot(balances.row(Int(account.index)), slot: 0, offset: Row.headerSize, ledger: ledger)
  }

  func allowance(owner: AccountID, spender: AccountID) -> WideSlot {
    let key = UInt64(owner.index) << 32 | UInt64(spender.index)
    return WideSlot(allowances.row(key), slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  /// Plain computation and mapping hashes of each path.
  /// Source: conformance vectors and gas.json; the parts of `transferFrom` from its callers.
  enum Compute {
    static var approve: Int64 { 385 + 84 }
    static var transfer: Int64 { 400 }
    static var move: Int64 { 734 + 126 - 400 }
    static var transferReturningFalse: Int64 { 505 }
    static var transferFrom: Int64 { 480 }
    static var moveByAllowance: Int64 { 639 }
    static var spendAllowance: Int64 { 231 }
    static var transferFromReturningFalse: Int64 { 563 }
    static var setReturnFalse: Int64 { 419 }
    static var mint: Int64 { 700 }
    static var balanceOf: Int64 { 300 }
  }

  init(
    at account: AccountID, name: StringID, symbol: StringID, decimals: UInt8, _ world: inout World
  ) {
    self.account = account
    state = world.evm.makeRow(size: 33)
    balances = world.evm.makeTable(size: 32, chunkShift: 10)
    allowances = world.evm.makeMapping(UInt64.self, size: 32)
    ledger = world.evm.openLedger(balances: balances, balanceOffset: Row.headerSize)
    self.name = name
    self.symbol = symbol
    self.decimals = decimals
  }
}

extension TestToken {
  func approve(
    spender: AccountID, amount: UInt256, by owner: AccountID, _ world: inout World
  ) throws(CallFailure) -> Bool {
    try world.compute(Compute.approve)
    if owner.isZero { throw world.evm.failure(.erc20InvalidApprover(.zero)) }
    if spender.isZero { throw world.evm.failure(.erc20InvalidSpender(.zero)) }
    try world.store(amount, allowance(owner: owner, spender: spender))
    try world.emit(.approval(owner: owner, spender: spender, value: amount), from: account)
    return true
  }

  func transfer(
    to receiver: AccountID, amount: UInt256, by sender: AccountID, _ world: inout World
  ) throws(CallFailure) -> Bool {
    if try world.load(returnsFalse) {
      try world.compute(Compute.transferReturningFalse)
      return false
    }
    try world.compute(Compute.transfer)
    try move(amount, from: sender, to: receiver, computing: Compute.move, &world)
    return true
  }

  func transferFrom(
    _ owner: AccountID, to receiver: AccountID, amount: UInt256, by spender: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> Bool {
    if try world.load(returnsFalse) {
      try world.compute(Compute.transferFromReturningFalse)
      return false
    }
    try world.compute(Compute.transferFrom)
    try spendAllowance(of: owner, spender: spender, amount: amount, &world)
    try move(amount, from: owner, to: receiver, computing: Compute.moveByAllowance, &world)
    return true
  }

  /// Open to everybody.
  func mint(
    to receiver: AccountID, amount: UInt256, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.mint)
    if receiver.isZero { throw world.evm.failure(.erc20InvalidReceiver(.zero)) }
    try world.store(try world.load(totalSupply).adding(amount), totalSupply)
    let balance = balance(of: receiver)
    try world.store(try world.load(balance).adding(amount), balance)
    try world.emit(.transfer(from: .zero, to: receiver, value: amount), from: account)
  }

  /// Open to everybody.
  func setReturnFalse(_ flag: Bool, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.setReturnFalse)
    try world.update(flag, returnsFalse)
  }

  func balanceOf(_ owner: AccountID, _ world: inout World) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.balanceOf)
    return try world.load(balance(of: owner))
  }

  /// An allowance of 2²⁵⁶ − 1 is not consumed.
  func spendAllowance(
    of owner: AccountID, spender: AccountID, amount: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let slot = allowance(owner: owner, spender: spender)
    let allowed = try world.load(slot)
    if allowed == .max { return }
    if allowed < amount {
      throw world.evm.failure(
        .erc20InsufficientAllowance(spender: spender, allowance: allowed, needed: amount))
    }
    if owner.isZero { throw world.evm.failure(.erc20InvalidApprover(.zero)) }
    if spender.isZero { throw world.evm.failure(.erc20InvalidSpender(.zero)) }
    try world.compute(Compute.spendAllowance)
    try world.store(allowed - amount, slot)
  }

  func move(
    _ amount: UInt256, from sender: AccountID, to receiver: AccountID, computing cost: Int64,
    _ world: inout World
  ) throws(CallFailure) {
    if sender.isZero { throw world.evm.failure(.erc20InvalidSender(.zero)) }
    if receiver.isZero { throw world.evm.failure(.erc20InvalidReceiver(.zero)) }
    let from = balance(of: sender)
    let held = try world.load(from)
    if held < amount {
      throw world.evm.failure(
        .erc20InsufficientBalance(sender: sender, balance: held, needed: amount))
    }
    try world.compute(cost)
    try world.store(held - amount, from)
    let to = balance(of: receiver)
    // Cannot overflow: all balances together are the supply, which mint checks.
    try world.store(try world.load(to) + amount, to)
    try world.emit(.transfer(from: sender, to: receiver, value: amount), from: account)
  }
}

extension TestToken {
  func mintAtGenesis(_ amount: UInt256, to receiver: AccountID, _ world: inout World) {
    world.evm.mintAtGenesis(amount, balance: balance(of: receiver), supply: totalSupply)
  }
}
