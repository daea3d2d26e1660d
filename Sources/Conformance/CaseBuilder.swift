import Contracts
import EVM
import Quantities

/// Builds the world of one case and decodes its steps against the accounts of that world.
struct CaseBuilder: ~Copyable {
  private var world = World()
  private(set) var names = AccountNames()
  private(set) var watch = BalanceWatch()
  private var typeByAccount: [AccountID: String] = [:]
  private var usedAddresses: Set<[UInt8]> = []
  private var reentrantWallets: [AccountID] = []
  private var deployments: [GasComparison] = []
  private let chainID: UInt64

  init(chainID: UInt64) { self.chainID = chainID }

  enum SetupError: Error {
    case malformed(JSONProblem)
    case failed(label: String, Difference)
  }

  mutating func addAccounts(_ accounts: [JSONNode]) throws(JSONProblem) {
    for node in accounts {
      let kindNode = try node.required("kind")
      guard let kind = AccountKind(rawValue: try kindNode.text()) else {
        throw kindNode.expected("a kind of account")
      }
      let account = world.addAccount(
        address: try unusedAddress(node), kind: kind, eth: try node.required("eth").amount())
      try bind(node, to: account)
      if kind == .reentrant { reentrantWallets.append(account) }
    }
  }

  /// Names all contracts before any is deployed: constructors may name later ones.
  mutating func reserveContracts(_ contracts: [JSONNode], steps: [JSONNode]) throws(JSONProblem) {
    for node in contracts { try reserve(node) }
    for step in steps where try step.required("kind").text() == "deploy" { try reserve(step) }
    // Only contracts of the setup can be the case's tokens.
    for node in contracts {
      let name = try node.required("name").text()
      if let token = names[name] { watch.addToken(named: name, at: token) }
    }
  }

  mutating func runSetup(_ setup: JSONNode) throws(SetupError) {
    do {
      let block = try block(of: setup)
      let contracts = try setup.required("contracts").array()
      let accounts = try setup.required("accounts").array()
      let wiring = try setup.required("wiring").array()
      for node in contracts {
        let step = try creation(node, value: .zero, block: block)
        let gas = try perform(step)
        if let expected = try node.optional("gas")?.required("used").natural() {
          deployments.append(GasComparison(label: step.label, got: gas, expected: expected))
        }
      }
      for node in wiring { _ = try perform(try transaction(node, block: block)) }
      for node in accounts { try mint(node, block: block) }
    } catch let problem as JSONProblem {
      throw .malformed(problem)
    } catch let error as SetupError {
      throw error
    } catch {
      preconditionFailure("setup throws nothing else: \(error)")
    }
    watch.begin(in: world)
  }

  mutating func steps(_ nodes: [JSONNode]) throws(JSONProblem) -> [Step] {
    var steps: [Step] = []
    for node in nodes { steps.append(try step(node)) }
    return steps
  }

  mutating func finalCalls(_ final: JSONNode) throws(JSONProblem) -> [Step] {
    let block = try block(of: final)
    var calls: [Step] = []
    for node in try final.required("calls").array() { calls.append(try view(node, block: block)) }
    return calls
  }

  consuming func finish(
    id: String, steps: [Step], finalCalls: [Step], finalBalances: [Expectation.Balance]
  ) -> PreparedCase {
    PreparedCase(
      id: id, world: world, names: names, watch: watch, reentrantWallets: reentrantWallets,
      deployments: deployments, steps: steps, finalCalls: finalCalls, finalBalances: finalBalances)
  }

  // MARK: Setup

  private mutating func reserve(_ node: JSONNode) throws(JSONProblem) {
    let account = world.reserve(address: try unusedAddress(node))
    try bind(node, to: account)
    typeByAccount[account] = try node.required("type").text()
  }

  private mutating func bind(_ node: JSONNode, to account: AccountID) throws(JSONProblem) {
    let name = try node.required("name")
    let text = try name.text()
    guard names[text] == nil else { throw name.problem("the name \"\(text)\" occurs twice") }
    names.bind(text, to: account)
    watch.watch(account)
  }

  private mutating func unusedAddress(_ node: JSONNode) throws(JSONProblem) -> [UInt8] {
    let addressNode = try node.required("address")
    let address = try addressNode.hexadecimal()
    guard address.count == 20 else { throw addressNode.expected("an address of 20 bytes") }
    guard usedAddresses.insert(address).inserted else {
      throw addressNode.problem("the address occurs twice")
    }
    return address
  }

  /// FAB and USDC of an account come from `deployer`, after the wiring.
  private mutating func mint(_ account: JSONNode, block: BlockEnvironment) throws {
    guard let deployer = names["deployer"] else { return }
    let holder = try names.account(try account.required("name"))
    for asset in watch.assets {
      guard let token = asset.token, let amount = try account.optional(asset.key)?.amount(),
        !amount.isZero
      else { continue }
      let signature = "mint(address,uint256)"
      let call = Step.Call(
        target: token, signature: signature, arguments: [.address(holder), .uint(amount)],
        block: block)
      _ = try perform(
        Step(
          label: "\(typeByAccount[token] ?? "?").\(signature)",
          action: .transaction(call, from: deployer, value: .zero)))
    }
  }

  /// Gas used by a step of the setup, which must succeed.
  private mutating func perform(_ step: Step) throws(SetupError) -> UInt64 {
    guard let outcome = world.perform(step.action) else { return 0 }
    if case .reverted(let revert) = outcome.result {
      let comparison = Comparison(names: names)
      throw .failed(
        label: step.label,
        Difference("result", expected: "success", got: comparison.text(of: revert)))
    }
    return outcome.gas.used
  }

  // MARK: Steps

  private mutating func step(_ node: JSONNode) throws(JSONProblem) -> Step {
    let kind = try node.required("kind")
    var step: Step
    switch try kind.text() {
    case "tx": step = try transaction(node, block: try block(of: node))
    case "call": return try view(node, block: try block(of: node))
    case "deploy":
      step = try creation(
        node, value: try node.required("value").amount(), block: try block(of: node))
    case "arm": return try arming(node)
    default: throw kind.expected("tx, call, deploy or arm")
    }
    step.expectation = try Expectation(node, names: names, watch: watch)
    return step
  }

  private mutating func transaction(
    _ node: JSONNode, block: BlockEnvironment
  ) throws(JSONProblem) -> Step {
    let call = try call(node, to: "to", block: block)
    return Step(
      label: label(of: call),
      action: .transaction(
        call, from: try names.account(try node.required("from")),
        value: try node.required("value").amount()))
  }

  private mutating func view(
    _ node: JSONNode, block: BlockEnvironment
  ) throws(JSONProblem) -> Step {
    let call = try call(node, to: "to", block: block)
    return Step(
      label: label(of: call), action: .view(call),
      expectation: try Expectation(node, names: names, watch: watch))
  }

  private mutating func arming(_ node: JSONNode) throws(JSONProblem) -> Step {
    let actor = try node.required("actor")
    let account = try names.account(actor)
    guard reentrantWallets.contains(account) else { throw actor.expected("a reentrant account") }
    let times = try node.required("times").natural()
    // The block of an inner call is that of the transaction around it.
    let call = try call(
      node, to: "target", block: BlockEnvironment(timestamp: 0, number: 0, chainID: chainID))
    return Step(
      label: label(of: call),
      action: .arming(
        account, call, value: try node.required("value").amount(), times: Int(clamping: times),
        bubble: try node.required("bubble").bool()))
  }

  private mutating func creation(
    _ node: JSONNode, value: UInt256, block: BlockEnvironment
  ) throws(JSONProblem) -> Step {
    let typeNode = try node.required("type")
    let type = try typeNode.text()
    let spelled = World.parameterTypes(of: "constructor", in: type) ?? []
    let types = spelled.compactMap { ABIType($0) }
    guard types.count == spelled.count else {
      throw typeNode.problem("the constructor of \(type) has a parameter of unknown type")
    }
    let arguments = try ArgumentReader.values(
      try node.required("args"), of: types, names: &names, world: &world)
    let creation = Step.Creation(
      type: type, account: try names.account(try node.required("name")),
      sender: try names.account(try node.required("from")), arguments: arguments, value: value,
      block: block)
    return Step(label: "\(type) deployment", action: .deployment(creation))
  }

  private mutating func call(
    _ node: JSONNode, to key: String, block: BlockEnvironment
  ) throws(JSONProblem) -> Step.Call {
    let target = try names.account(try node.required(key))
    let function = try node.required("fn")
    let signature = try function.text()
    // A plain ETH transfer may reach any account, whether or not it has code for it.
    if let type = typeByAccount[target], signature != "receive()",
      World.parameterTypes(of: signature, in: type) == nil
    {
      throw function.problem("\(type) has no function \(signature)")
    }
    let arguments = try ArgumentReader.arguments(
      try node.required("args"), signature: function, names: &names, world: &world)
    return Step.Call(target: target, signature: signature, arguments: arguments, block: block)
  }

  private func label(of call: Step.Call) -> String {
    "\(typeByAccount[call.target] ?? names.name(of: call.target)).\(call.signature)"
  }

  private func block(of node: JSONNode) throws(JSONProblem) -> BlockEnvironment {
    BlockEnvironment(
      timestamp: try node.required("t").natural(), number: try node.required("b").natural(),
      chainID: chainID)
  }
}
