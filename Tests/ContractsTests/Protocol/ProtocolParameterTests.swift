import EVM
import Quantities
import Testing

@testable import Contracts

@Suite("The table of protocol parameters") struct ProtocolParameterTests {
  @Test("names each parameter once and says something about it") func documentation() {
    let all = ProtocolParameter.all
    #expect(Set(all.map(\.key)).count == all.count)
    for parameter in all {
      #expect(parameter.meaning.hasSuffix("."), "\(parameter.key)")
      #expect(parameter.code.hasSuffix("."), "\(parameter.key)")
      #expect(parameter.documentation.hasSuffix("."), "\(parameter.key)")
      #expect(!parameter.source.isEmpty, "\(parameter.key)")
      if let needs = parameter.needs {
        #expect(ProtocolParameter.named(needs) != nil, "\(parameter.key)")
      }
    }
  }

  /// A row that reads one field and writes another would pass unnoticed in a profile.
  @Test("reads back exactly what it writes, and writes nothing else") func fields() {
    for parameter in ProtocolParameter.all {
      var rules = ProtocolRules()
      let before = parameter.value(in: rules)
      guard let other = parameter.otherValue(than: before) else { continue }
      parameter.set(other, in: &rules)
      #expect(parameter.value(in: rules) == other, "\(parameter.key)")
      for neighbour in ProtocolParameter.all where neighbour.key != parameter.key {
        #expect(
          neighbour.value(in: rules) == neighbour.value(in: ProtocolRules()),
          "\(parameter.key) changes \(neighbour.key)")
      }
      parameter.set(before, in: &rules)
      #expect(rules == ProtocolRules(), "\(parameter.key)")
    }
  }

  /// Every field of the rules has a row: changing all rows changes every stored field.
  @Test("covers every field of the rules") func coverage() {
    var rules = ProtocolRules()
    for parameter in ProtocolParameter.all {
      if let other = parameter.otherValue(than: parameter.value(in: rules)) {
        parameter.set(other, in: &rules)
      }
    }
    let before = Mirror(reflecting: ProtocolRules()).children
    let after = Mirror(reflecting: rules).children
    for (field, changed) in zip(before, after) where field.label != "reputationModel" {
      #expect("\(field.value)" != "\(changed.value)", "\(field.label ?? "?")")
    }
  }

  @Test(
    "holds every profile's values within their ranges, free of contradictions",
    arguments: ProtocolProfile.allCases)
  func profiles(profile: ProtocolProfile) {
    for parameter in ProtocolParameter.all {
      #expect(parameter.allows(parameter.value(in: profile.rules)), "\(parameter.key)")
    }
    #expect(profile.rules.contradictions(changing: ProtocolRules()) == [])
  }

  @Test("mends every finding in the documented profile") func everySwitchIsOn() {
    let rules = ProtocolProfile.documented.rules
    for parameter in ProtocolParameter.all {
      // What people are like is no finding.
      guard case .flag = parameter.measure, parameter.key != "arbiter.adversarial" else {
        continue
      }
      #expect(parameter.value(in: rules) == 1, "\(parameter.key)")
    }
  }

  @Test("names every finding that a market can feel, and no other") func findings() {
    // F12 and F17 describe setters and dead code in detail.
    let felt = Set((1...62).filter { ![12, 17].contains($0) })
    var named: Set<Int> = []
    for parameter in ProtocolParameter.all {
      for word in parameter.source.split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
        if word.first == "F", let number = Int(word.dropFirst()) { named.insert(number) }
      }
    }
    #expect(named == felt)
  }
}

extension ProtocolParameter {
  /// An allowed value that differs, nil where there is none.
  fileprivate func otherValue(than value: UInt256) -> UInt256? {
    var candidates: [UInt256] = [0, 1, 2, 61, 7_200]
    if case .amount(_, let range, _) = measure { candidates.append(range.lowerBound) }
    return candidates.first { $0 != value && allows($0) }
  }
}

@Suite("A rule that a proposal changes") struct RuleUpdateTests {
  private static let block = BlockEnvironment(timestamp: 1_700_000_000, number: 1)

  /// Runs `body` as a transaction that ends well or is undone.
  private func transaction(
    in world: inout World, _ body: (inout World) throws(CallFailure) -> Void
  ) -> CallFailure? {
    world.begin(from: .zero, to: .zero, gasLimit: 1_000_000, block: Self.block)
    do throws(CallFailure) {
      try body(&world)
      return nil
    } catch {
      world.fail(error)
      return error
    }
  }

  @Test("holds from then on, in the contract's own slot too") func applies() throws {
    var world = World(rules: .documented)
    let contracts = FABDeployment(in: &world, block: Self.block)
    let fee = try #require(ProtocolParameter.named("fee"))
    let failure = transaction(in: &world) { (world) throws(CallFailure) in
      let before = try world.updateRule(fee, of: contracts.escrow, to: 250)
      #expect(before == 100)
    }
    #expect(failure == nil)
    #expect(world.rules.fee == 250)
    let outcome = world.view(
      to: contracts.escrow, signature: "feeBasisPoints()", arguments: [], block: Self.block)
    #expect(outcome.result == .success([.uint(250)]))
  }

  @Test("is the old one again when the transaction fails") func revert() throws {
    var world = World(rules: .documented)
    let contracts = FABDeployment(in: &world, block: Self.block)
    let fee = try #require(ProtocolParameter.named("fee"))
    #expect(
      transaction(in: &world) { (world) throws(CallFailure) in
        _ = try world.updateRule(fee, of: contracts.escrow, to: 250)
      } == nil)
    let failure = transaction(in: &world) { (world) throws(CallFailure) in
      #expect(try world.updateRule(fee, of: contracts.escrow, to: 9_999) == 250)
      throw .reverted(.notAuthorized)
    }
    #expect(failure == .reverted(.notAuthorized))
    #expect(world.rules.fee == 250)
  }

  @Test("must be one that the target follows, and within its range") func refused() throws {
    var world = World(rules: .documented)
    let contracts = FABDeployment(in: &world, block: Self.block)
    let fee = try #require(ProtocolParameter.named("fee"))
    #expect(
      transaction(in: &world) { (world) throws(CallFailure) in
        _ = try world.updateRule(fee, of: contracts.escrow, to: 10_001)
      } == .reverted(.parameterOutOfRange))
    #expect(
      transaction(in: &world) { (world) throws(CallFailure) in
        _ = try world.updateRule(fee, of: contracts.reputation, to: 1)
      } == .reverted(.unknownParameter))
    #expect(world.rules == .documented)
  }
}
