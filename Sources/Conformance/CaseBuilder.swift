import Contracts
import EVM
import Quantities

/// Builds the world of one case and decodes its steps against the accounts of that world.
struct CaseBuilder: ~Copyable {
  var world: World
  var names = AccountNames()
  private(set) var watch = BalanceWatch()
  var typeByAccount: [AccountID: String] = [:]
  private var usedAddresses: Set<[UInt8]> = []
  var reentrantWallets: [AccountID] = []
  private var deployments: [GasComparison] = []
  let chainID: UInt64

  /// Whether a step that names no events asserts that there are none.
  let assertsSilence: Bool

  init(chainID: UInt64, rules: ProtocolRules, assertsSilence: Bool) {
    self.chainID = chainID
    self.assertsSilence = assertsSilence
    world = World(rules: rules)
  }

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
          deployments.append(
            GasComparison(label: step.label, place: "setup", got: gas, expected: expected))
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

  consuming func finish(
    id: String, steps: [Step], finalCalls: [Step], finalBalances: [Expectation.Balance]
  ) -> PreparedCase {
    PreparedCase(
      id: id, world: world, names: names, watch: watch, reentrantWallets: reentrantWallets,
      deployments: deployments, steps: steps, finalCalls: finalCalls, finalBalances: finalBalances)
  }

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
}
