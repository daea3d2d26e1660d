import EVM
import Quantities

/// What a step's result must be.
///
/// Values stay JSON: which type each has is known only from the outcome it is compared with.
struct Expectation {
  var result: Result
  /// In order of emission; nil where the vector does not say.
  var events: [Event]? = []
  /// Balances that change, with their new values; every other watched balance must stay.
  var balances: [Balance] = []
  /// Gas charged for the whole transaction; nil for view calls.
  var gasUsed: UInt64?

  enum Result {
    /// Return values in declaration order; nil where the vector gives none (deployments).
    case success([JSONNode]?)
    case reverted(Revert)
  }

  enum Revert {
    case error([UInt8])
    case panic(UInt64)
    case custom(name: String, arguments: [JSONNode.Member])
    case empty
    /// The reason is the recording EVM's own wording, and is not compared.
    case halt
  }

  struct Event {
    var contract: AccountID
    var name: String
    var arguments: [JSONNode.Member]
  }

  struct Balance {
    var account: AccountID
    var asset: String
    var amount: UInt256
  }
}

extension Expectation {
  init(
    _ node: JSONNode, names: AccountNames, watch: BalanceWatch, assertsSilence: Bool
  ) throws(JSONProblem) {
    if try node.required("ok").bool() {
      result = .success(try node.optional("ret")?.array())
    } else {
      result = .reverted(try Revert(try node.required("revert")))
    }
    if let listed = try node.optional("events")?.array() {
      var read: [Event] = []
      for event in listed { read.append(try Event(event, names: names)) }
      events = read
    } else if !assertsSilence {
      events = nil
    }
    if let changes = try node.optional("bal") {
      balances = try Balance.list(changes, names: names, watch: watch)
    }
    gasUsed = try node.optional("gas")?.required("used").natural()
  }
}

extension Expectation.Revert {
  init(_ node: JSONNode) throws(JSONProblem) {
    let kind = try node.required("kind")
    switch try kind.text() {
    case "Error": self = .error(try node.required("message").bytes())
    case "Panic":
      let code = try node.required("code")
      let text = try code.text()
      guard text.hasPrefix("0x"), let number = UInt64(text.dropFirst(2), radix: 16) else {
        throw code.expected("a panic code such as \"0x11\"")
      }
      self = .panic(number)
    case "Custom":
      self = .custom(
        name: try node.required("name").text(), arguments: try node.required("args").object())
    case "Empty": self = .empty
    case "Halt": self = .halt
    default: throw kind.expected("Error, Panic, Custom, Empty or Halt")
    }
  }
}

extension Expectation.Event {
  init(_ node: JSONNode, names: AccountNames) throws(JSONProblem) {
    contract = try names.account(try node.required("c"))
    name = try node.required("e").text()
    arguments = try node.required("args").object()
  }
}

extension Expectation.Balance {
  static func list(
    _ node: JSONNode, names: AccountNames, watch: BalanceWatch
  ) throws(JSONProblem) -> [Self] {
    var balances: [Self] = []
    for holder in try node.object() {
      guard let account = names[holder.key] else {
        throw holder.value.problem("\"\(holder.key)\" is no account of this case")
      }
      for holding in try holder.value.object() {
        guard watch.assets.contains(where: { $0.key == holding.key }) else {
          throw holding.value.problem("\"\(holding.key)\" is no token of this case")
        }
        balances.append(
          Self(account: account, asset: holding.key, amount: try holding.value.amount()))
      }
    }
    return balances
  }
}
