import Contracts
import EVM
import Quantities
import Testing

@testable import Conformance

@Suite("Comparing an outcome with a recorded result") struct ComparisonTests {
  static let alice = AccountID(1)
  static let token = AccountID(2)

  static let recorded = #"""
    {"ok":true,"ret":["5",{"who":"alice","flags":[true,false]}],
    "events":[{"c":"FAB","e":"Moved","args":{"from":"ZERO","change":"-3","note":"é"}},
    {"c":"FAB","e":"Done","args":{"id":"0x0102"}}]}
    """#

  static var outcome: TransactionOutcome {
    TransactionOutcome(
      result: .success([
        .uint(5),
        .tuple([
          .init("who", .address(alice)), .init("flags", .array([.bool(true), .bool(false)])),
        ]),
      ]),
      events: [
        DecodedEvent(
          contract: token, name: "Moved",
          arguments: [
            .init("from", .address(.zero)), .init("change", .int(bits: -UInt256(3))),
            .init("note", .string(Array("é".utf8))),
          ]),
        DecodedEvent(
          contract: token, name: "Done", arguments: [.init("id", .fixedBytes([1, 2]))]),
      ],
      gas: GasBreakdown(used: 0, intrinsic: 0, calldata: 0, execution: 0, refund: 0))
  }

  @Test("finds no difference where there is none") func equal() throws {
    #expect(try fields(Self.outcome, Self.recorded) == [])
  }

  @Test("finds each field that differs, and only that field")
  func eachField() throws {
    func check(_ fields: [String], _ change: (inout TransactionOutcome) -> Void) throws {
      var outcome = Self.outcome
      change(&outcome)
      #expect(try self.fields(outcome, Self.recorded) == fields)
    }
    try check(["ret[0]"]) { $0.result = .success([.uint(6), Self.returned(1)]) }
    try check(["ret"]) { $0.result = .success([.uint(5)]) }
    try check(["ret[1]"]) { $0.result = .success([.uint(5), .uint(5)]) }
    try check(["events[0].change"]) { $0.events[0].arguments[1].value = .int(bits: 3) }
    try check(["events[0].note"]) {
      // Canonically equivalent, but other bytes.
      $0.events[0].arguments[2].value = .string(Array("e\u{301}".utf8))
    }
    try check(["events[0].from"]) { $0.events[0].arguments[0].value = .address(Self.alice) }
    try check(["events[0]"]) { $0.events[0].arguments.swapAt(0, 1) }
    try check(["events[0]"]) { $0.events[0].arguments.removeLast() }
    try check(["events[1]"]) { $0.events[1].contract = Self.alice }
    try check(["events[1]"]) { $0.events[1].name = "Undone" }
    try check(["events[1].id"]) { $0.events[1].arguments[0].value = .fixedBytes([1, 3]) }
    try check(["events[1]"]) { $0.events.removeLast() }
    try check(["events[2]"]) { $0.events.append($0.events[1]) }
    try check(["events[0]", "events[1]"]) { $0.events.swapAt(0, 1) }
    try check(["result"]) { $0.result = .reverted(.empty) }
  }

  static let reverts: [(String, TransactionOutcome.RevertData)] = [
    (#"{"kind":"Error","message":"No"}"#, .error("No")),
    (#"{"kind":"Panic","code":"0x11"}"#, .panic(0x11)),
    (
      #"{"kind":"Custom","name":"Poor","args":{"need":"7"}}"#,
      .custom(name: "Poor", arguments: [.init("need", .uint(7))])
    ),
    (#"{"kind":"Empty"}"#, .empty),
    (#"{"kind":"Halt","reason":"gas"}"#, .halt("out of gas")),
  ]

  @Test("tells every kind of revert from every other") func revertKinds() throws {
    for (row, recorded) in Self.reverts.enumerated() {
      for (column, outcome) in Self.reverts.enumerated() {
        let found = try fields(reverted(outcome.1), #"{"ok":false,"revert":\#(recorded.0)}"#)
        #expect(found == (row == column ? [] : ["revert"]))
      }
    }
  }

  @Test("compares the contents of a revert and success against it") func revertContents() throws {
    func found(_ recorded: Int, _ got: TransactionOutcome.RevertData) throws -> [String] {
      try fields(reverted(got), #"{"ok":false,"revert":\#(Self.reverts[recorded].0)}"#)
    }
    #expect(try found(0, .error("Nope")) == ["revert"])
    #expect(try found(1, .panic(0x32)) == ["revert"])
    #expect(
      try found(2, .custom(name: "Poor", arguments: [.init("need", .uint(8))])) == ["revert.need"])
    #expect(
      try found(2, .custom(name: "Poor", arguments: [.init("needed", .uint(7))])) == ["revert"])
    #expect(try found(2, .custom(name: "Rich", arguments: [.init("need", .uint(7))])) == ["revert"])
    #expect(
      try fields(Self.outcome, #"{"ok":false,"revert":{"kind":"Empty"}}"#) == ["result"])
  }

  @Test("leaves out the one event argument that is computed from gas left") func gasUsed() throws {
    let event = DecodedEvent(
      contract: Self.token, name: "BatchVerificationCompleted",
      arguments: [.init("gasUsed", .uint(1)), .init("count", .uint(2))])
    var outcome = Self.outcome
    outcome.result = .success([])
    outcome.events = [event]
    func recorded(_ count: Int) -> String {
      #"{"ok":true,"ret":[],"events":[{"c":"FAB","e":"BatchVerificationCompleted","#
        + #""args":{"gasUsed":"9","count":"\#(count)"}}]}"#
    }
    #expect(try fields(outcome, recorded(2)) == [])
    #expect(try fields(outcome, recorded(3)) == ["events[0].count"])
  }

  private static func returned(_ account: UInt32) -> ABIValue {
    .tuple([
      .init("who", .address(AccountID(account))),
      .init("flags", .array([.bool(true), .bool(false)])),
    ])
  }

  private func reverted(_ data: TransactionOutcome.RevertData) -> TransactionOutcome {
    var outcome = Self.outcome
    outcome.result = .reverted(data)
    outcome.events = []
    return outcome
  }

  /// The fields found to differ.
  private func fields(_ outcome: TransactionOutcome, _ recorded: String) throws -> [String] {
    var names = AccountNames()
    names.bind("alice", to: Self.alice)
    names.bind("FAB", to: Self.token)
    let expectation = try Expectation(
      try JSONParser.parse(Array(recorded.utf8)), names: names, watch: BalanceWatch(),
      assertsSilence: true)
    var comparison = Comparison(names: names)
    comparison.compare(outcome, with: expectation, in: World())
    return comparison.differences.map(\.field)
  }
}
