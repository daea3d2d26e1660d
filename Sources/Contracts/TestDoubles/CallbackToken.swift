import EVM
import Quantities

/// A test double of the conformance vectors: an ERC-20 that calls somebody on each transfer while
/// it is armed.
///
/// - Source: conformance/README.md 1.2; slots from the recorded accesses.
public struct CallbackToken: BitwiseCopyable {
  /// Balances, allowances and supply; its transfers are not used.
  let token: TestToken
  let state: Row

  var target: Slot<AccountID> { Slot(state, slot: 0, offset: Row.headerSize) }
  var payload: StringSlot { StringSlot(state, slot: 1, dataSlot: 2, offset: Row.headerSize + 4) }
  var remaining: WideSlot { WideSlot(state, slot: 3, offset: Row.headerSize + 8) }

  static let signatures = [
    "constructor()", "approve(address,uint256)", "transfer(address,uint256)",
    "transferFrom(address,address,uint256)", "mint(address,uint256)", "arm(address,bytes,uint256)",
    "balanceOf(address)", "allowance(address,address)", "totalSupply()", "name()", "symbol()",
    "decimals()", "target()", "payload()", "remaining()",
  ]

  /// Plain computation and mapping hashes of each path, over what `TestToken` computes.
  /// Source: conformance vectors.
  enum Compute {
    static var approve: Int64 { 46 }
    static var transfer: Int64 { TestToken.Compute.transfer + 154 }
    static var transferFrom: Int64 { TestToken.Compute.transferFrom + 154 }
    static var callBack: Int64 { 800 }
    static var arm: Int64 { 930 }
    static var payloadWord: Int64 { 78 }
    static var clearedWord: Int64 { 49 }
  }

  init(at account: AccountID, _ world: inout World) {
    token = TestToken(
      at: account, name: world.evm.strings.intern("Callback"),
      symbol: world.evm.strings.intern("CB"), decimals: 18, &world)
    state = world.evm.makeRow(size: 40)
  }

  func transfer(
    to receiver: AccountID, amount: UInt256, by sender: AccountID, _ world: inout World
  ) throws(CallFailure) -> Bool {
    try world.compute(Compute.transfer)
    try token.move(
      amount, from: sender, to: receiver, computing: TestToken.Compute.move, &world)
    try callBack(&world)
    return true
  }

  func transferFrom(
    _ owner: AccountID, to receiver: AccountID, amount: UInt256, by spender: AccountID,
    _ world: inout World
  ) throws(CallFailure) -> Bool {
    try world.compute(Compute.transferFrom)
    try token.spendAllowance(of: owner, spender: spender, amount: amount, &world)
    try token.move(
      amount, from: owner, to: receiver, computing: TestToken.Compute.moveByAllowance, &world)
    try callBack(&world)
    return true
  }

  /// Calls the target while attempts are left; its failure is this token's.
  private func callBack(_ world: inout World) throws(CallFailure) {
    if try world.load(remaining).isZero { return }
    try world.compute(Compute.callBack)
    try world.store(try world.load(remaining) - 1, remaining)
    let callee = try world.load(target)
    let calldata = world.evm.strings.bytes(of: try world.load(payload))
    let call = try world.openCall(to: callee)
    do throws(CallFailure) {
      _ = try world.run(calldata: calldata, at: callee, from: token.account, value: .zero)
      world.close(call)
    } catch {
      throw world.rollBack(call, after: error)
    }
  }

  /// Open to everybody.
  func arm(
    _ callee: AccountID, payload calldata: StringID, times: UInt256, _ world: inout World
  ) throws(CallFailure) {
    let words = max(1, (world.length(of: calldata) + 31) / 32)
    let before = (world.length(of: world.evm.peek(payload)) + 31) / 32
    try world.compute(
      Compute.arm + Compute.payloadWord * Int64(words)
        + Compute.clearedWord * Int64(max(0, before - words)))
    try world.update(callee, target)
    try world.store(calldata, payload)
    try world.store(times, remaining)
  }

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "transfer(address,uint256)":
      return [
        .bool(
          try transfer(
            to: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world))
      ]
    case "transferFrom(address,address,uint256)":
      return [
        .bool(
          try transferFrom(
            try arguments.address(0), to: try arguments.address(1), amount: try arguments.uint(2),
            by: caller, &world))
      ]
    case "arm(address,bytes,uint256)":
      return returnNothing(
        try arm(
          try arguments.address(0), payload: try arguments.string(1, &world),
          times: try arguments.uint(2), &world))
    case "target()": return [.address(try world.load(target))]
    case "payload()": return [.bytes(world.bytes(try world.load(payload)))]
    case "remaining()": return [.uint(try world.load(remaining))]
    case "setReturnFalse(bool)": throw .empty
    default:
      if signature == "approve(address,uint256)" { try world.compute(Compute.approve) }
      return try token.invoke(signature, arguments, by: caller, &world)
    }
  }
}
