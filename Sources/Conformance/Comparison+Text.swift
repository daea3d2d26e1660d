import Contracts
import EVM

extension Comparison {
  func text(of revert: TransactionOutcome.RevertData) -> String {
    switch revert {
    case .error(let message): "Error(\(Rendering.quoted(Array(message.utf8))))"
    case .panic(let code): "Panic(0x\(String(code, radix: 16)))"
    case .custom(let name, let fields): "\(name)\(Rendering.text(of: fields, names: names))"
    case .empty: "Empty"
    case .halt(let reason): "Halt(\(reason))"
    }
  }

  func text(of revert: Expectation.Revert) -> String {
    switch revert {
    case .error(let message): "Error(\(Rendering.quoted(message)))"
    case .panic(let code): "Panic(0x\(String(code, radix: 16)))"
    case .custom(let name, let arguments): "\(name)\(text(of: arguments))"
    case .empty: "Empty"
    case .halt: "Halt"
    }
  }

  func text(of event: DecodedEvent) -> String {
    let arguments = Rendering.text(of: event.arguments, names: names)
    return "\(names.name(of: event.contract)).\(event.name)\(arguments)"
  }

  func text(of event: Expectation.Event) -> String {
    "\(names.name(of: event.contract)).\(event.name)\(text(of: event.arguments))"
  }

  func text(of members: [JSONNode.Member]) -> String {
    Rendering.text(of: JSONNode(offset: 0, value: .object(members)))
  }
}
