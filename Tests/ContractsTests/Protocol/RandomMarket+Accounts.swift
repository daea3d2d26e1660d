import EVM
import Quantities

@testable import Contracts

/// What wallets do through the account contract, and hosts of the reference with their ETH.
extension RandomMarket {
  mutating func randomAccount() -> Sent {
    let accounts = system.accounts
    let payer = draws.pick(renters)
    let receiver = draws.pick(renters + hosts)
    let streams = world.evm.words.value(world.evm.peek(world.accountIntegrations[0].nextStreamID))
    let stream = number(draws.next() % ((streams.narrow ?? 0) + 1))
    switch draws.below(9) {
    case 0, 1:
      let amount = UInt256(draws.pick([0, 10, 1_000_003])) * Self.ether / 1_000_000
      return Sent(
        from: payer, to: accounts, signature: "createPaymentStream(address,uint256,uint256)",
        arguments: [.address(receiver), .uint(amount), number(draws.pick([0, 3, 5_000]))],
        value: draws.chance(5) ? amount + 1 : amount)
    case 2, 3:
      return Sent(
        from: owner(of: stream, isReceiver: true), to: accounts,
        signature: "withdrawFromStream(uint256)", arguments: [stream])
    case 4:
      return Sent(
        from: owner(of: stream, isReceiver: false), to: accounts,
        signature: "cancelPaymentStream(uint256)", arguments: [stream])
    case 5:
      let first = randomOperation()
      let second = randomOperation()
      return Sent(
        from: draws.pick(renters + hosts), to: accounts,
        signature: "executeBatch((address,uint256,bytes)[])",
        arguments: [.array([first.value, second.value])], value: first.sum + second.sum)
    case 6:
      return Sent(
        from: draws.pick(hosts), to: accounts, signature: "addSessionKey(address,uint256)",
        arguments: [.address(stranger), number(block.timestamp + UInt64(draws.below(9_000)))])
    case 7:
      return Sent(
        from: stranger, to: accounts, signature: "claimJobViaSessionKey(address,uint256)",
        arguments: [.address(draws.pick(hosts)), someJob()])
    default: return randomUserOperation()
    }
  }

  /// Who gets or pays a stream, mostly; else anybody.
  private mutating func owner(of stream: ABIValue, isReceiver: Bool) -> AccountID {
    guard case .uint(let number) = stream, draws.chance(90) else { return stranger }
    let stored = world.accountIntegrations[0].stream(number)
    return world.evm.peek(isReceiver ? stored.to : stored.from)
  }

  private mutating func randomOperation() -> (value: ABIValue, sum: UInt256) {
    let (target, value, data) = randomCarriedCall()
    return (
      .tuple([
        .init("target", .address(target)), .init("value", .uint(value)),
        .init("data", .bytes(data)),
      ]), value
    )
  }

  private mutating func randomUserOperation() -> Sent {
    let (target, value, data) = randomCarriedCall()
    let call =
      Machine.selector("execute(address,uint256,bytes)")
      + world.evm.encode([.address(target), .uint(value), .bytes(data)])
    let names = ["callGasLimit", "verificationGasLimit", "preVerificationGas", "fee", "tip"]
    return Sent(
      from: draws.chance(95) ? system.entryPoint : stranger, to: system.accounts,
      signature: BaseAccountIntegration.handleOpSignature,
      arguments: [
        .tuple(
          [
            .init("sender", .address(draws.pick(renters + hosts))), .init("nonce", .uint(0)),
            .init("initCode", .bytes([])), .init("callData", .bytes(call)),
          ] + names.map { .init($0, .uint(1)) } + [
            .init("paymasterAndData", .bytes([])), .init("signature", .bytes([])),
          ]), .uint(1),
      ], value: draws.chance(50) ? value : .zero)
  }

  /// A call that an account makes for a wallet: a job, a claim, a registration, a payment.
  private mutating func randomCarriedCall() -> (AccountID, UInt256, [UInt8]) {
    let value = UInt256(draws.pick([0, 5, 1_000]))
    switch draws.below(4) {
    case 0:
      let data =
        Machine.selector("createJob(string,string,uint256,uint256)")
        + world.evm.encode([text("m"), text("p"), .uint(value), number(block.timestamp + 700)])
      return (system.marketplace, value, data)
    case 1:
      return (
        system.marketplace, 0, Machine.selector("claimJob(uint256)") + world.evm.encode([someJob()])
      )
    case 2:
      let data =
        Machine.selector("transfer(address,uint256)")
        + world.evm.encode([.address(stranger), number(draws.pick([0, 9]))])
      return (draws.pick([system.usdc, system.fab]), 0, data)
    default: return (draws.pick(renters + hosts), value, [])
    }
  }

  mutating func randomETHHosting() -> Sent {
    let host = draws.pick(hosts)
    let registry = system.nodeRegistry
    let stake = Self.ether * UInt256(draws.pick([99, 100, 101, 250]))
    switch draws.below(9) {
    case 0, 1, 2:
      return Sent(
        from: host, to: registry, signature: "registerNode(string,string[],string)",
        arguments: [text("peer"), .array([text("m")]), text("eu")], value: stake)
    case 3:
      return Sent(
        from: host, to: registry, signature: "registerNodeSimple(string)",
        arguments: [text(draws.chance(10) ? "" : "gpu")], value: stake)
    case 4:
      return Sent(
        from: draws.pick([challenger, stranger]), to: registry,
        signature: "registerControlledNode(string,address)",
        arguments: [text("peer"), .address(host)], value: stake)
    case 5:
      return Sent(
        from: stranger, to: registry,
        signature: "registerNodeFor(address,string,string[],string)",
        arguments: [
          .address(draws.chance(20) ? .zero : host), text("peer"), .array([]), text("eu"),
        ], value: stake)
    case 6:
      return Sent(
        from: host, to: registry, signature: "restoreStake()", value: UInt256(draws.pick([0, 7])))
    case 7: return Sent(from: host, to: registry, signature: "unregisterNode()")
    default:
      return Sent(
        from: system.governance, to: registry, signature: "slashNode(address,uint256,string)",
        arguments: [.address(host), .uint(Self.ether * UInt256(draws.below(200))), text("x")])
    }
  }
}
