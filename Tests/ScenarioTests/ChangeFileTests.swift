import Market
import Quantities
import Testing

@testable import Scenario

@Suite("Changes in a scenario file") struct ChangeFileTests {
  private func changes(
    _ text: String, set overrides: [String] = []
  ) throws(ScenarioErrors) -> [MarketChange] {
    try Fixture.load(Fixture.minimal + "changes:\n" + text, set: overrides).configuration.changes
  }

  private func complaint(_ text: String) -> String {
    Fixture.complaints(Fixture.minimal + "changes:\n" + text + "\n").joined(separator: "\n")
  }

  @Test("are read with the kinds of the keys that they set") func settings() throws {
    let found = try changes(
      """
        - {at: 10min, for: 5min, set: {chain.ethPrice: 1500 USD, protocol.slash: 50%}}
        - {at: 20min, set: {renters.chat.patience: endless, "renters[0].willingnessToPay": 5 USD/Mtoken}}
        - {at: 0s, demand: {factor: 300%}}
        - {at: 1min, for: 2min, outage: sequencer}
        - {at: 1min, outage: {hosts: home, region: global, share: 60%}}
      """)
    #expect(
      found == [
        MarketChange(at: .minutes(10), duration: .minutes(5), effect: .ethPrice(1_500)),
        MarketChange(
          at: .minutes(10), duration: .minutes(5), effect: .rule(key: "slash", value: 5_000)),
        MarketChange(at: .minutes(20), effect: .patience(cohort: 0, .endless)),
        MarketChange(at: .minutes(20), effect: .willingnessToPay(cohort: 0, 5)),
        MarketChange(at: .zero, effect: .demand(cohort: 0, factor: 3)),
        MarketChange(at: .minutes(1), duration: .minutes(2), effect: .sequencerDown),
        MarketChange(at: .minutes(1), effect: .hostsDown(cohort: 0, region: 0, share: 0.6)),
      ])
  }

  static let spoilt: [(String, String)] = [
    (
      "  - {at: 10min, set: {hosts.home.count: 3}}",
      "s.yaml:10:23: error: changes[0].set.\"hosts.home.count\" sets what cannot change during a "
        + "run; change one of chain.ethPrice"
    ),
    (
      "  - {at: 10min, set: {protocol.slashMovesStake: true}}",
      "is settled when the contracts are deployed"
    ),
    ("  - {at: 10min, set: {protocol.slsh: 5%}}", "names no rule of the protocol; did you mean"),
    (
      "  - {at: 10min, set: {chain.ethPrice: 1500}}",
      "s.yaml:10:39: error: changes[0].set.\"chain.ethPrice\" is \"1500\", which has no unit"
    ),
    ("  - {at: 10min}", "s.yaml:10:5: error: changes[0] changes nothing; give it set"),
    ("  - {at: 2h, outage: sequencer}", "changes[0].at is 2 h, and the run is over after 1 h"),
    (
      "  - {at: 1min, outage: {hosts: hom}}",
      "changes[0].outage.hosts names \"hom\", which is none of the hosts; did you mean \"home\"?"
    ),
    (
      "  - {at: 1min, demand: {renters: chta, factor: 2}}",
      "names \"chta\", which is none of the renters; did you mean \"chat\"?"
    ),
    (
      "  - {at: 1min, for: 5min, outage: sequencer}\n  - {at: 3min, outage: sequencer}",
      "changes[1] changes the sequencer while changes[0] does"
    ),
    (
      "  - {at: 1min, set: {protocol.ejectBelow: 999999 FAB}}",
      "puts ejectBelow above minStake"
    ),
    (
      "  - {at: 1min, set: {verifiers.checkRate: 5%}}", "asks for checks, and nobody verifies"
    ),
  ]

  @Test("are refused at their place, with what is allowed", arguments: spoilt)
  func complaints(_ text: String, _ expected: String) {
    let found = complaint(text)
    #expect(found.contains(expected), "\(found)")
  }

  @Test("may follow each other on one key") func sequence() throws {
    let found = try changes(
      """
        - {at: 10min, for: 5min, set: {chain.fabPrice: 2 USD}}
        - {at: 15min, for: 5min, set: {chain.fabPrice: 3 USD}}
        - {at: 1min, set: {chain.fabPrice: 4 USD}}
      """)
    #expect(found.count == 3)
  }

  @Test("can be added by a fork, behind those of the file") func fork() throws {
    let files = Fixture.files([
      "s.yaml": Fixture.minimal + "changes: [{at: 1min, set: {chain.fabPrice: 2 USD}}]\n"
    ])
    let fork = ScenarioFork(
      at: "30min", settings: ["protocol.fee=2%", "demand.factor=2", "for=5min"])
    let forked = try ScenarioFile.load(path: "s.yaml", fork: fork, readFile: files)
    #expect(
      forked.configuration.changes.dropFirst() == [
        MarketChange(
          at: .minutes(30), duration: .minutes(5), effect: .rule(key: "fee", value: 200)),
        MarketChange(
          at: .minutes(30), duration: .minutes(5), effect: .demand(cohort: 0, factor: 2)),
      ])
    let wrong = ScenarioFork(at: "30min", settings: ["replications=3"])
    do throws(ScenarioErrors) {
      _ = try ScenarioFile.load(path: "s.yaml", fork: wrong, readFile: files)
      Issue.record("replications cannot change during a run")
    } catch {
      #expect(error.errors.count == 1)
      #expect(
        error.description.contains("sets what cannot change during a run; change one of"))
    }
  }

  @Test("let tests run another size, and check what they say") func test() throws {
    let text = Fixture.minimal + "test: {duration: 5min, hosts.home.count: 1}\n"
    let files = Fixture.files(["s.yaml": text])
    #expect(
      try ScenarioFile.load(path: "s.yaml", readFile: files).configuration.duration == .hours(1))
    let tested = try ScenarioFile.load(path: "s.yaml", isTest: true, readFile: files)
    #expect(tested.configuration.duration == .minutes(5))
    #expect(tested.configuration.hosts[0].count == 1)
    let wrong = Fixture.complaints(Fixture.minimal + "test: {durations: 5min}\n")
    #expect(wrong.count == 1 && wrong[0].contains("durations is not a known key"), "\(wrong)")
  }

  @Test("leave a card that needs no trace") func card() throws {
    let text = Fixture.minimal("rate: 1/s", as: "rate: 1/s")
      .replacing("poisson: {rate: 1/s}", with: "trace: nowhere.csv")
    let files = Fixture.files([
      "s.yaml": text + "question: Who waits?\nexpect: [{metric: m, below: 2%}]\n",
      "w.yaml": "sweep: 1\nscenario: s.yaml\nquestion: Who pays?\n"
        + "expect: [{metric: m, below: 2, at: {chain.ethPrice: 9 USD}}]\n",
      "n.yaml": "note: 1\n",
    ])
    let card = try #require(try ScenarioCard.read(path: "s.yaml", readFile: files))
    #expect(card.question == "Who waits?" && card.expectations == ["m below 0.02"])
    let sweep = try #require(try ScenarioCard.read(path: "w.yaml", readFile: files))
    #expect(sweep.isSweep && sweep.question == "Who pays?" && !card.isSweep)
    #expect(sweep.expectations == ["m below 2.0 at chain.ethPrice 9 USD"])
    #expect(try ScenarioCard.read(path: "n.yaml", readFile: files) == nil)
  }
}
