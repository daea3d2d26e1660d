import Market
import Quantities
import Testing

@testable import Scenario

@Suite("An override")
struct OverrideTests {
  @Test("sets a value by number, by name, or where none was") func sets() throws {
    let configuration = try Fixture.load(
      Fixture.minimal,
      set: [
        "replications=2", "hosts.home.count=10", "renters[0].patience=5min",
        "chain.ethPrice=2500 USD", "assignment.race.contenders=5",
        "hosts.home.serves=[llama3-8b@fp16, qwen2-7b@q4_k_m]", "seed=1", "seed=2",
        "renters.chat.models.\"qwen2-7b\"=3",
      ]
    ).configuration
    #expect(configuration.replications == 2)
    #expect(configuration.hosts[0].count == 10)
    #expect(configuration.renters[0].patience == .fixed(.minutes(5)))
    #expect(configuration.chain.ethPrice == 2_500)
    #expect(configuration.assignment == .race(contenders: 5))
    #expect(configuration.hosts[0].serves.map(\.precision) == ["fp16", "q4_k_m"])
    #expect(configuration.seed == 2)
    #expect(configuration.renters[0].models == [.init(model: "qwen2-7b", weight: 3)])
  }

  @Test("sets patience and lengths of every law") func laws() throws {
    func renters(_ settings: String...) throws -> RenterCohort {
      try Fixture.load(Fixture.minimal, set: settings).configuration.renters[0]
    }
    #expect(try renters("renters[0].patience=endless").patience == .endless)
    #expect(
      try renters("renters[0].patience={exponential: 90s}").patience
        == .exponential(mean: .seconds(90)))
    #expect(
      try renters("renters[0].lengths={exponential: {prompt: 1, output: 250.5}}").lengths
        == .exponential(prompt: 1, output: 250.5))
    #expect(
      Fixture.complaints(
        Fixture.minimal.replacing(
          "azure-conv-fit",
          with: "{fixed: {prompt: 1, output: 1}, exponential: {prompt: 1, output: 0.5}}"))
        == [
          "s.yaml:8:71: error: renters[0].lengths gives fixed and exponential; give one of fixed, "
            + "exponential and lognormal, or the name of a fitted workload",
          "s.yaml:8:136: error: renters[0].lengths.exponential.output is 0.5, which is out of "
            + "range; write a value from 1 to 100,000",
        ])
  }

  @Test(
    "is refused where it stands on the command line",
    arguments: [
      (
        "replications",
        "the override is not of the form path=value; "
          + "write it as in renters[0].arrivals.trace=requests.csv"
      ),
      (
        "a..b=1",
        "the override is not of the form path=value; "
          + "write it as in renters[0].arrivals.trace=requests.csv"
      ),
      ("replicatons=2", "replicatons is not a known key; did you mean \"replications\"?"),
      (
        "replications=two",
        "replications is \"two\", not a whole number; write a whole number from 1 to 100,000"
      ),
      (
        "hosts.hoem.count=3",
        "hosts.hoem does not exist: no element of hosts has this name; did you mean \"home\"?"
      ),
      (
        "hosts[1].count=3",
        "hosts[1] does not exist: hosts has 1 elements, counted from 0; "
          + "name an element that the scenario has"
      ),
      (
        "seed[0]=3",
        "seed[0] does not exist: seed is no list; name an element that the scenario has"
      ),
      (
        "hosts.home.serves=[llama3-8b@fp16",
        "the text is not valid YAML: while parsing a flow sequence from 1:1, "
          + "did not find expected ',' or ']'; mend the syntax here"
      ),
      (
        "protocol={profile: reference-fab, slash: 10%}",
        "protocol.slash is a key that profile reference-fab lacks; "
          + "remove it, or choose a profile that has it: reference-eth, documented"
      ),
    ])
  func refused(override: String, complaint: String) {
    #expect(
      Fixture.complaints(Fixture.minimal, set: [override])
        == ["--set \(override): error: \(complaint)"])
  }

  @Test("is judged together with the file") func together() {
    let places = Fixture.complaints(
      Fixture.minimal("seed: 7", as: "seed: x"), set: ["replications=0", "nmae=y"]
    ).map { $0.prefix { $0 != "=" } }
    #expect(
      places == [
        "s.yaml:3:7: error: seed is \"x\", not a whole number; write a whole number "
          + "from 0 to 18,446,744,073,709,551,615", "--set replications", "--set nmae",
      ])
  }

  @Test("names a trace relative to the working directory, a file relative to itself") func paths()
    throws
  {
    let text = Fixture.minimal(
      "{poisson: {rate: 1/s}}, lengths: azure-conv-fit",
      as: "{trace: t.csv, repeat: true}")
    let files: [String: String] = [
      "dir/s.yaml": text, "dir/t.csv": Fixture.trace,
      "t.csv": Fixture.trace + "2,5,6\n",
    ]
    func requestCount(_ overrides: [String]) throws -> Int {
      let scenario = try ScenarioFile.load(
        path: "dir/s.yaml", overrides: overrides, readFile: Fixture.files(files))
      guard case .trace(let trace, _) = scenario.configuration.renters[0].arrivals else { return 0 }
      return trace.requests.count
    }
    #expect(try requestCount([]) == 2)
    #expect(try requestCount(["renters.chat.arrivals.trace=t.csv"]) == 3)
  }
}
