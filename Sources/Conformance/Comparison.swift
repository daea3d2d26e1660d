import Contracts
import EVM
import Quantities

/// Compares an outcome with what the vector recorded.
struct Comparison: ~Copyable {
  let names: AccountNames
  private(set) var differences: [Difference] = []

  init(names: AccountNames) { self.names = names }

  mutating func compare(
    _ outcome: TransactionOutcome, with expectation: Expectation, in world: borrowing World
  ) {
    switch (expectation.result, outcome.result) {
    case (.success(let expected), .success(let got)):
      if let expected { compareReturned(got, with: expected, in: world) }
      if let events = expectation.events {
        compareEvents(outcome.events, with: events, in: world)
      }
    case (.reverted(let expected), .reverted(let got)):
      compareRevert(got, with: expected, in: world)
      if !outcome.events.isEmpty {
        differ("events", expected: "none after a revert", got: "\(outcome.events.count)")
      }
    case (.success, .reverted(let got)):
      differ("result", expected: "success", got: text(of: got))
    case (.reverted(let expected), .success):
      differ("result", expected: text(of: expected), got: "success")
    }
  }

  mutating func add(_ balances: [BalanceWatch.Difference]) {
    for balance in balances {
      differ(
        "balance of \(names.name(of: balance.account)) in \(balance.asset.key)",
        expected: "\(balance.expected)", got: "\(balance.got)")
    }
  }

  private mutating func compareReturned(
    _ got: [ABIValue], with expected: [JSONNode], in world: borrowing World
  ) {
    guard got.count == expected.count else {
      let values = got.map { Rendering.text(of: $0, names: names) }.joined(separator: ",")
      return differ(
        "ret", expected: "[\(expected.map(Rendering.text).joined(separator: ","))]",
        got: "[\(values)]")
    }
    for index in got.indices {
      compare(got[index], with: expected[index], at: "ret[\(index)]", in: world)
    }
  }

  private mutating func compareEvents(
    _ got: [DecodedEvent], with expected: [Expectation.Event], in world: borrowing World
  ) {
    for index in 0..<max(got.count, expected.count) {
      let field = "events[\(index)]"
      guard index < got.count else {
        differ(field, expected: text(of: expected[index]), got: "no event")
        continue
      }
      guard index < expected.count else {
        differ(field, expected: "no event", got: text(of: got[index]))
        continue
      }
      guard got[index].contract == expected[index].contract, got[index].name == expected[index].name
      else {
        differ(field, expected: text(of: expected[index]), got: text(of: got[index]))
        continue
      }
      var asserted = expected[index].arguments
      var fields = got[index].arguments
      // Computed with gasleft(): not reproducible without the bytecode.
      if expected[index].name == "BatchVerificationCompleted" {
        asserted.removeAll { $0.key == "gasUsed" }
        fields.removeAll { $0.name == "gasUsed" }
      }
      compare(fields, with: asserted, at: field, in: world)
    }
  }

  private mutating func compareRevert(
    _ got: TransactionOutcome.RevertData, with expected: Expectation.Revert,
    in world: borrowing World
  ) {
    switch (expected, got) {
    case (.error(let message), .error(let text)) where Array(text.utf8) == message: break
    case (.panic(let code), .panic(let number)) where code == number: break
    case (.custom(let name, let asserted), .custom(let type, let fields)) where name == type:
      compare(fields, with: asserted, at: "revert", in: world)
    case (.empty, .empty), (.halt, .halt): break
    default: differ("revert", expected: text(of: expected), got: text(of: got))
    }
  }

  /// Names, order and values must all agree.
  private mutating func compare(
    _ got: [ABIValue.Field], with expected: [JSONNode.Member], at field: String,
    in world: borrowing World
  ) {
    guard got.map(\.name) == expected.map(\.key) else {
      return differ(
        field, expected: text(of: expected), got: Rendering.text(of: got, names: names))
    }
    for index in got.indices {
      compare(
        got[index].value, with: expected[index].value, at: "\(field).\(got[index].name)", in: world)
    }
  }

  private mutating func compare(
    _ got: ABIValue, with expected: JSONNode, at field: String, in world: borrowing World
  ) {
    if case .tuple(let fields) = got, case .object(let asserted) = expected.value {
      compare(fields, with: asserted, at: field, in: world)
    } else if case .array(let elements) = got, case .array(let asserted) = expected.value,
      elements.count == asserted.count
    {
      for index in elements.indices {
        compare(elements[index], with: asserted[index], at: "\(field)[\(index)]", in: world)
      }
    } else if !matches(got, expected, in: world) {
      differ(
        field, expected: Rendering.text(of: expected), got: Rendering.text(of: got, names: names))
    }
  }

  private func matches(_ got: ABIValue, _ expected: JSONNode, in world: borrowing World) -> Bool {
    switch (got, expected.value) {
    case (.bool(let flag), .bool(let asserted)): return flag == asserted
    case (.string(let bytes), .string(let asserted)): return bytes == asserted
    case (.bytes(let bytes), .string(let asserted)),
      (.fixedBytes(let bytes), .string(let asserted)):
      return bytes == [UInt8](hexadecimal: asserted)
    case (.uint(let number), .string(let asserted)):
      return number == UInt256(decimal: String(decoding: asserted, as: UTF8.self))
    case (.int(let bits), .string(let asserted)):
      return bits == UInt256(signedDecimal: String(decoding: asserted, as: UTF8.self))
    case (.address(let account), .string(let asserted)):
      if let named = names[String(decoding: asserted, as: UTF8.self)] { return named == account }
      return [UInt8](hexadecimal: asserted) == world.address(of: account)
    default: return false
    }
  }

  private mutating func differ(_ field: String, expected: String, got: String) {
    differences.append(Difference(field, expected: expected, got: got))
  }
}
