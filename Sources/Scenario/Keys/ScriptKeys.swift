internal import Contracts
internal import EVM
internal import Market
internal import Quantities

/// `script:`, calls that named people send at given times.
enum ScriptKeys {
  static let actors = Key(
    "actors", Kind<[ScriptConfiguration.Actor]>.list(of: ActorKeys.shape.kind, count: 0...1_000),
    optional: "only officials send", "People with means of their own.")
  static let steps = Key(
    "steps", Kind<[ScriptConfiguration.Step]>.list(of: StepKeys.shape.kind, count: 1...10_000),
    "Transactions, in order of time.")
  static let unwired = Key(
    "unwired", Kind<[String]>.list(of: wired, count: 0...MarketDeployment.leavable.count),
    optional: "everything is set",
    "Setters that the deployer has not called when the market opens.")
  private static let wired = Kind<String>.word(MarketDeployment.leavable.map { ($0, $0) })

  static let shape = SectionShape<ScriptConfiguration>(
    declaration: SectionDeclaration(
      name: "script",
      doc: "Calls that named people send at given times, each in the first block after its time.",
      keys: [actors.declaration, steps.declaration, unwired.declaration])
  ) { section in
    let actors = section.optional(actors) ?? []
    let steps = section.required(steps)
    let unwired = section.optional(unwired) ?? []
    guard let steps else { return nil }
    return ScriptConfiguration(actors: actors, steps: steps, unwired: unwired)
  }
}

/// One element of `actors:`.
enum ActorKeys {
  static let name = Key("name", .name, "Name, as steps use it.")
  static let eth = Key(
    "eth", .amount("ETH", in: .from(0, to: 1e9), example: "10 ETH"), standard: "10 ETH",
    "ETH at the start.")
  static let fab = Key(
    "fab", .amount("FAB", in: .from(0, to: 1e9), example: "1000 FAB"), standard: "0 FAB",
    "FAB at the start, which every contract may pull.")
  static let usdc = Key(
    "usdc", .amount("USDC", in: .from(0, to: 1e12), example: "100 USDC"), standard: "0 USDC",
    "USDC at the start, which every contract may pull.")
  static let side = Key(
    "side", Kind<Bool>.word([("attacker", true), ("victim", false)]), standard: "victim",
    "Whose gains are counted as whose.")

  static let shape = SectionShape<ScriptConfiguration.Actor>(
    declaration: SectionDeclaration(
      name: "actor", doc: "Somebody with means of its own.",
      keys: [
        name.declaration, eth.declaration, fab.declaration, usdc.declaration, side.declaration,
      ])
  ) { section in
    let name = section.required(name)
    let eth = section.standard(eth)
    let fab = section.standard(fab)
    let usdc = section.standard(usdc)
    let side = section.standard(side)
    return name.map {
      ScriptConfiguration.Actor(name: $0, eth: eth, fab: fab, usdc: usdc, isAttacker: side)
    }
  }
}

/// One element of `steps:`.
enum StepKeys {
  static let at = Key(
    "at", .duration(from: .zero, to: .days(3_650), example: "5min"), "When the call is sent.")
  static let from = Key("from", .text(limit: 100), "An actor, or an official by role.")
  static let call = Key(
    "call", .text(limit: 1_000),
    "Contract and function, as JobMarketplace.claimJob(uint256).")
  static let arguments = Key(
    "arguments", ScriptArgument.kind, optional: "none",
    "In order: numbers (1 ETH, 5 USDC), now+1h, $result of an earlier step, names, text, lists.")
  static let value = Key(
    "value", .amount("ETH", in: .from(0, to: 1e9), example: "1 ETH"), standard: "0 ETH",
    "ETH that comes along.")
  static let result = Key(
    "result", .name, optional: "nobody asks", "Name of what the call returns, for later steps.")
  static let outcome = Key(
    "outcome", .text(limit: 200), optional: "any",
    "success, reverts, or the reason of the revert; others count in script_unexpected.")
  static let returns = Key(
    "returns", .text(limit: 200), optional: "any",
    "What the call must return first: a number, true, false or a name; others count as unexpected.")

  static let shape = SectionShape<ScriptConfiguration.Step>(
    declaration: SectionDeclaration(
      name: "step", doc: "One transaction.",
      keys: [
        at.declaration, from.declaration, call.declaration, arguments.declaration,
        value.declaration, result.declaration, outcome.declaration, returns.declaration,
      ]), make: make)

  private static let make: @Sendable (Section) -> ScriptConfiguration.Step? = { section in
    let at = section.required(at)
    let from = section.required(from)
    let call = section.required(call)
    let written = section.optional(arguments) ?? []
    let value = section.standard(value)
    let result = section.optional(result)
    let outcome = section.optional(outcome)
    checkOutcome(outcome, section)
    let returns = section.optional(returns)
    guard let at, let from, let call,
      let (contract, function, types) = function(named: call, section)
    else { return nil }
    guard written.count == types.count else {
      section.complain(
        "arguments", "has \(written.count) elements, and \(function) takes \(types.count)",
        do: "give one for each parameter")
      return nil
    }
    let values = zip(types, written).map { ScriptArgument.value($1, as: $0, section) }
    let whole = values.compactMap(\.self)
    guard whole.count == values.count else { return nil }
    return ScriptConfiguration.Step(
      at: at, from: from, contract: contract, function: function, arguments: whole,
      value: UInt256(UInt64((value * 1e9).rounded())) * UInt256(1_000_000_000), result: result,
      outcome: outcome.map {
        $0 == "success" ? .succeeds : .reverts($0 == "reverts" ? nil : $0)
      }, returns: returns.map(ScriptArgument.returned))
  }

  /// How a step can end, in the words of `script.csv`.
  private static let endings =
    ["success", "reverts", "cannot pay for gas", "insufficient funds", "out of gas"]
    + ["reverted without data"] + RevertReason.allCases.map(\.message)

  private static func checkOutcome(_ outcome: String?, _ section: Section) {
    guard let outcome, !endings.contains(outcome), !outcome.isCustomError else { return }
    let advice = Nearest.name(to: outcome, among: endings).map { "did you mean \"\($0)\"?" }
    section.complain(
      "outcome", "is \(outcome.quotedForMessage), which no call ends with",
      do: advice ?? "write success, reverts, or the reason in the contract's own words")
  }

  private static func function(
    named call: String, _ section: Section
  ) -> (contract: String, function: String, types: [ABIType])? {
    let parts = call.split(separator: ".", maxSplits: 1).map(String.init)
    let contracts = ["FAB", "USDC"] + ContractType.allCases.map(\.rawValue)
    guard parts.count == 2, let functions = World.functions(of: parts[0]) else {
      section.complain(
        "call", "is \(call.quotedForMessage), which names no contract",
        do: Nearest.advice(for: parts.first ?? "", among: contracts, what: "one of"))
      return nil
    }
    guard functions.contains(parts[1]), let types = ABIType.parameters(ofSignature: parts[1])
    else {
      section.complain(
        "call", "is \(call.quotedForMessage), no function of \(parts[0])",
        do: Nearest.advice(for: parts[1], among: functions, what: "one of"))
      return nil
    }
    return (parts[0], parts[1], types)
  }
}

extension String {
  /// `Panic(17)` or the name of an error that a contract declares: one word of several, as in
  /// `OwnableInvalidOwner`.
  fileprivate var isCustomError: Bool {
    hasPrefix("Panic(") || (count(where: \.isUppercase) > 1 && allSatisfy(\.isASCIILetter))
  }
}
