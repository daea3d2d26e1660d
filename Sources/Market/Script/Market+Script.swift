import Contracts
import EVM
import Kernel
import Quantities
import Statistics

/// Transactions of a script, each in the first block after its time, after the market's own.
extension Market {
  mutating func prepareScript() {
    if configuration.script.isEmpty { return }
    for actor in configuration.script.actors {
      let account = chain.addActor(eth: actor.eth, fab: actor.fab, usdc: actor.usdc)
      script.actors.append(
        ScriptPlayer.Actor(account: account, means: chain.means(of: account)))
    }
    for (number, step) in configuration.script.steps.enumerated() {
      let time = SimTime.zero + step.at
      if time <= horizon { kernel.schedule(.scriptDue(UInt32(number)), at: time) }
    }
  }

  mutating func scriptDue(_ step: UInt32) { script.due.append(Int(step)) }

  mutating func playScript(at time: SimTime) {
    if script.due.isEmpty { return }
    let due = script.due
    script.due.removeAll()
    for number in due { play(number, at: time) }
  }

  private mutating func play(_ number: Int, at time: SimTime) {
    let step = script.script.steps[number]
    let timestamp = chain.environment.timestamp
    let contracts = chain.contracts
    guard let types = ABIType.parameters(ofSignature: step.function) else {
      preconditionFailure("\(step.function) is no signature")
    }
    let values = zip(types, step.arguments).map {
      script.value(of: $1, as: $0, at: timestamp, in: contracts, &chain.world)
    }
    let sender = script.account(named: step.from, in: contracts)
    guard
      chain.canPay(Gas(Self.gasOfStep), from: sender, tip: chain.tip, l1Fee: .zero)
    else { return conclude(number, step, "cannot pay for gas", Gas.zero, at: time) }
    let outcome = chain.world.transact(
      from: sender, to: script.account(named: step.contract, in: contracts),
      signature: step.function, arguments: values, value: step.value, block: chain.environment,
      gasLimit: Self.gasOfStep)
    let fee = chain.producer.charge(Gas(outcome.gas.used), tip: chain.tip, l1Fee: .zero)
    chain.collect(fee, from: sender)
    measured.scriptFees += fee.total
    if let actor = script.script.actors.firstIndex(where: { $0.name == step.from }) {
      script.actors[actor].fees += fee.total
    }
    var status = "success"
    switch outcome.result {
    case .success(let values):
      if let wanted = step.returns, !script.isReturned(wanted, values.first, in: contracts) {
        script.unexpected += 1
      }
      if let name = step.result {
        switch values.first {
        case .uint(let number): script.results[name] = number
        case .fixedBytes(let bytes): script.results[name] = UInt256(bigEndian: bytes)
        default: break
        }
      }
    case .reverted(let data):
      if step.returns != nil { script.unexpected += 1 }
      status = Self.words(of: data)
    }
    conclude(number, step, status, Gas(outcome.gas.used), at: time)
  }

  private static var gasOfStep: UInt64 { 16_000_000 }

  /// Holds what happened to what the script says, and records it.
  private mutating func conclude(
    _ number: Int, _ step: ScriptConfiguration.Step, _ status: String, _ gas: Gas,
    at time: SimTime
  ) {
    if status != "success" { script.reverted += 1 }
    switch step.outcome {
    case nil: break
    case .succeeds: if status != "success" { script.unexpected += 1 }
    case .reverts(let reason):
      if status == "success" || reason.map({ $0 != status }) == true { script.unexpected += 1 }
    }
    tables.script.row.append(number)
    tables.script.row.append(time)
    tables.script.row.append(step.from)
    tables.script.row.append(step.contract)
    tables.script.row.append(step.function)
    tables.script.row.append(status)
    tables.script.row.append(gas)
    tables.script.endRow()
  }

  private static func words(of data: TransactionOutcome.RevertData) -> String {
    switch data {
    case .error(let reason): reason
    case .panic(let code): "Panic(\(code))"
    case .custom(let name, _): name
    case .empty: "reverted without data"
    case .halt(let reason): reason
    }
  }

  /// What an actor has more than at the start, fees added back, USD.
  func gain(ofActor index: Int) -> (eth: Double, fab: Double, usdc: Double, usd: Double) {
    let actor = script.actors[index]
    let now = chain.means(of: actor.account)
    func difference(_ after: UInt256, _ before: UInt256, _ unit: Double) -> Double {
      after >= before
        ? (after - before).approximate * unit : -((before - after).approximate * unit)
    }
    let fees = UInt256(high: 0, low: actor.fees.rawValue)
    let eth = difference(now.eth + fees, actor.means.eth, 1e-18)
    let fab = difference(now.fab, actor.means.fab, 1e-18)
    let usdc = difference(now.usdc, actor.means.usdc, 1e-6)
    return (
      eth, fab, usdc,
      eth * changes.prices.eth + fab * changes.prices.fab + usdc
    )
  }

  func gains(ofAttackers isAttacker: Bool) -> Double {
    var sum = 0.0
    for (index, actor) in configuration.script.actors.enumerated()
    where actor.isAttacker == isAttacker { sum += gain(ofActor: index).usd }
    return sum
  }

  func writeActors(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.actors)
    guard table.isRecording else { return }
    for (index, actor) in configuration.script.actors.enumerated() {
      let gain = gain(ofActor: index)
      table.row.append(actor.name)
      table.row.append(actor.isAttacker ? "attacker" : "victim")
      table.row.append(gain.eth)
      table.row.append(gain.fab)
      table.row.append(gain.usdc)
      table.row.append(gain.usd)
      table.endRow()
    }
    try table.finish()
  }
}

extension MarketChain {
  /// Officials pay for their own transactions.
  mutating func endowOfficials() {
    for name in MarketDeployment.officials where name != "arbiter" {
      if let account = contracts.account(named: name) {
        world.endow(account, with: Self.startingETH)
      }
    }
  }

  /// Somebody of a script, who lets every contract pull its tokens.
  mutating func addActor(eth: Double, fab: Double, usdc: Double) -> AccountID {
    let account = world.addAccount(eth: Self.wei(ofETH: eth))
    if !contracts.fab.isZero {
      world.mintAtGenesis(Self.wei(ofETH: fab), of: contracts.fab, to: account)
    }
    world.mintAtGenesis(
      UInt256(UInt64((usdc * 1e6).rounded())), of: contracts.usdc, to: account)
    for token in [contracts.fab, contracts.usdc] where !token.isZero {
      for spender in [
        contracts.hostRegistry, contracts.marketplace, contracts.escrow, contracts.proofSystem,
      ] where !spender.isZero {
        sendAtGenesis(.approve(spender: spender, amount: .max), from: account, to: token)
      }
    }
    return account
  }

  func means(of account: AccountID) -> ScriptPlayer.Means {
    // What somebody has at stake is still its own.
    let stake = stake(of: account)
    let isFAB = world.rules.stakesInFAB
    return ScriptPlayer.Means(
      eth: world.ethBalance(of: account) + (isFAB ? .zero : stake),
      fab: fabBalance(of: account) + (isFAB ? stake : .zero), usdc: usdcBalance(of: account))
  }
}
