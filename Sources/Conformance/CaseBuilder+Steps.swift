import Contracts
import EVM
import Quantities

extension CaseBuilder {
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
    step.expectation = try Expectation(
      node, names: names, watch: watch, assertsSilence: assertsSilence)
    return step
  }

  mutating func transaction(
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
      expectation: try Expectation(
        node, names: names, watch: watch, assertsSilence: assertsSilence))
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

  mutating func creation(
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

  func block(of node: JSONNode) throws(JSONProblem) -> BlockEnvironment {
    BlockEnvironment(
      timestamp: try node.required("t").natural(), number: try node.required("b").natural(),
      chainID: chainID)
  }
}
