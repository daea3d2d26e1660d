import Experiments
import Foundation
import Market
import Quantities
import Statistics
import Synchronization
import Testing

@testable import Scenario

@Suite("A sweep file") struct SweepFileTests {
  private static let minimal = """
    sweep: 1
    name: fees
    scenario: sub/small.yaml
    set: {duration: 30min, hosts.home.count: 3}
    design: grid
    factors:
      - {path: renters.chat.count, values: [3, 4]}
      - {path: chain.backgroundLoad, from: 20%, to: 60%, levels: 3}
    replications: 2

    """

  private static let metrics = MetricSet([
    Metric(
      name: "latency", unit: .seconds, observed: .tally, summary: [.mean, .p95], meaning: "Toy."),
    Metric(name: "jobs", unit: .count, observed: .counted, meaning: "Toy."),
  ])

  private static func load(
    _ text: String, set: [String] = [], yes: Bool = false, scenario: String = Fixture.minimal
  ) throws(ScenarioErrors) -> ResolvedSweep {
    let files = ["dir/fees.yaml": text, "dir/sub/small.yaml": scenario]
    return try SweepFile.load(
      path: "dir/fees.yaml", overrides: set, metrics: metrics, build: "b", allowsLarge: yes,
      readFile: Fixture.files(files))
  }

  private static func complaints(_ text: String, set: [String] = []) -> [String] {
    do throws(ScenarioErrors) {
      _ = try load(text, set: set)
      return []
    } catch { return error.errors.map(\.description) }
  }

  private static func changed(_ part: String, _ other: String) -> String {
    precondition(minimal.contains(part))
    return minimal.replacing(part, with: other)
  }

  @Test("gives the scenario at every point of its design") func points() throws {
    let sweep = try Self.load(Self.minimal)
    #expect(sweep.plan.runs.count == 6 && Set(sweep.plan.runs).count == 6)
    #expect(
      sweep.plan.replications == 2 && sweep.plan.metrics == ["latency_mean", "latency_p95", "jobs"])
    let last = try sweep.configuration(at: 5)
    #expect(last.renters[0].count == 4 && last.hosts[0].count == 3)
    #expect(last.duration == .minutes(30))
    #expect(sweep.plan.design.texts(at: 4) == ["4", "40%"])
    #expect(try sweep.configuration(at: 0).seed == last.seed)
    let again = try Self.load(Self.minimal)
    #expect(try again.plan.id() == sweep.plan.id())
    #expect(try Self.load(Self.minimal, set: ["seed=8"]).plan.id() != sweep.plan.id())
  }

  @Test("gives each point its own random numbers when asked") func independence() throws {
    let sweep = try Self.load(Self.minimal + "commonRandomNumbers: false\n")
    let seeds = try (0..<6).map { try sweep.configuration(at: $0).seed }
    #expect(Set(seeds).count == 6)
  }

  @Test(
    "takes every design",
    arguments: [
      ("{grid: {levels: 2}}", 4), ("{random: {points: 7}}", 7),
      ("{latinHypercube: {points: 5}}", 5),
      ("{sobol: {points: 8}}", 8), ("{morris: {trajectories: 3, levels: 6}}", 9), ("morris", 30),
      ("{saltelli: {base: 8}}", 32),
    ])
  func designs(text: String, count: Int) throws {
    let file = Self.changed("design: grid", "design: \(text)").replacing(", levels: 3", with: "")
    #expect(try Self.load(file).plan.runs.count == count)
  }

  @Test("takes points one by one, and values of any kind") func list() throws {
    let file = """
      sweep: 1
      name: words
      scenario: sub/small.yaml
      design:
        list:
          - {assignment: random, "renters.chat.arrivals": {poisson: {rate: 2/s}}}
          - {assignment: {race: {contenders: 4}}, "renters.chat.arrivals": {poisson: {rate: 1/s}}}

      """
    let sweep = try Self.load(file)
    let second = try sweep.configuration(at: 1)
    #expect(second.assignment == .race(contenders: 4))
    #expect(try sweep.configuration(at: 0).assignment == .random)
    #expect(sweep.plan.design.texts(at: 1)[0] == #"{"race": {"contenders": "4"}}"#)
  }

  @Test("selects metrics by name, by family, and those that its rules need") func metrics() throws {
    let rules = """
      metrics: [jobs]
      stopping: {metric: latency_p95_s, relativeHalfWidth: 5%, maxReplications: 20}
      expect: [{metric: jobs, above: 1, at: {renters.chat.count: 4}}]

      """
    let plan = try Self.load(Self.minimal + rules).plan
    #expect(plan.metrics == ["latency_p95", "jobs"] && plan.precision?.metric == "latency_p95")
    #expect(plan.expectations[0].factors == [0] && plan.expectations[0].texts == ["4"])
    #expect(try Self.load(Self.minimal + "metrics: [latency]\n").plan.metrics.count == 2)
  }

  @Test(
    "is refused with its place, what is wrong and what to do",
    arguments: [
      (
        "renters.chat.count, values", "renters.chat.cuont, values",
        "fees.yaml:7:5: error: renters[0].cuont is not a known key (point 0); did you mean \"count\"?"
      ),
      (
        "renters.chat.count, values", "renters.chad.count, values",
        "fees.yaml:7:5: error: renters.chad does not exist"
      ),
      ("values: [3, 4]", "values: []", "fees.yaml:7:40: error: factors[0].values has 0 elements"),
      ("values: [3, 4]", "values: [3, 3]", "holds \"3\" twice; give each value once"),
      ("values: [3, 4]", "from: 4", "factors[0] has from alone; give values, or both from and to"),
      (
        "values: [3, 4]", "from: 4, to: 3", "factors[0].to is 3, which leaves nothing above from, 4"
      ),
      ("values: [3, 4]", "from: 4, to: 4", "leaves nothing above from"),
      ("values: [3, 4]", "from: 0, to: 4, scale: log", "has no logarithm; start above 0"),
      ("values: [3, 4]", "from: 1 FAB, to: 4 h", "in another unit than from, 1 FAB"),
      ("values: [3, 4]", "from: 1.5, to: 4, scale: integer", "is not for whole numbers"),
      ("values: [3, 4]", "from: 1, to: 4, step: 5", "factors[0].step is 5, which is no step"),
      (
        "values: [3, 4]", "values: [3, -4]",
        "renters[0].count is -4, which is out of range (point 3)"
      ),
      (
        "design: grid", "design: gird",
        "fees.yaml:5:9: error: design is \"gird\"; did you mean \"grid\"?"
      ),
      ("design: grid", "design: {morris: {levels: 3}}", "levels is 3, which is odd"),
      ("design: grid", "design: {random: {points: 3}, grid: {}}", "names 2 designs"),
      (
        "design: grid", "design: {random: {points: 6000}}",
        "asks for 12,000 runs; confirm with --yes"
      ),
      (
        "design: grid", "design: {saltelli: {base: 1000000}}",
        "asks for 8,000,000 runs; confirm with --yes"
      ),
      (
        "values: [3, 4]}",
        "from: 1, to: 9, levels: 9999}\n  - {path: seed, from: 1, to: 9, levels: 9999}",
        "stay below 10,000,000 points"
      ),
      (
        "renters.chat.count, values: [3, 4]", "chain.backgroundLoad, values: [30%]",
        "factors[1].path names chain.backgroundLoad again"
      ),
      ("sweep: 1", "sweep: 2", "fees.yaml:1:8: error: sweep is \"2\", a version of the format"),
      ("sweep: 1", "marketsim: 1", "sweep is missing; give a sweep file, or use marketsim run"),
      (
        "sub/small.yaml", "sub/smal.yaml",
        "fees.yaml:3:11: error: scenario names dir/sub/smal.yaml, which does not exist"
      ),
      (
        "replications: 2", "replications: 2\nconstraints: [renters.chat.count > 9]",
        "fees.yaml:10:15: error: constraints leave none of 6 points"
      ),
      (
        "replications: 2", "replications: 2\nconstraints: [renters.chat.count > 9%]",
        "compares different units"
      ),
      (
        "replications: 2", "replications: 2\nconstraints: [hosts > 9]",
        "has no factor or number on the left"
      ),
      ("replications: 2", "replications: 2\nmetrics: [latensy]", "which is not a known metric"),
      (
        "replications: 2", "replications: 2\nexpect: [{metric: jobs, above: 0, at: {seed: 1}}]",
        "at.seed is no factor of this sweep"
      ),
    ])
  func refusals(part: String, other: String, complaint: String) {
    let complaints = Self.complaints(Self.changed(part, other))
    #expect(complaints.contains { $0.contains(complaint) }, "\(complaints)")
  }

  @Test("may be large when that is confirmed") func large() throws {
    let file = Self.changed("replications: 2", "replications: 2000")
    #expect(throws: ScenarioErrors.self) { try Self.load(file) }
    #expect(try Self.load(file, yes: true).plan.runCount() == 12_000)
  }

  @Test("reads a trace that its points share once") func traces() throws {
    let reads = Mutex(0)
    let scenario = Fixture.minimal.replacing(
      "{poisson: {rate: 1/s}}", with: "{trace: t.csv, repeat: true}")
    let files = [
      "dir/fees.yaml": Self.minimal, "dir/sub/small.yaml": scenario, "dir/sub/t.csv": Fixture.trace,
    ]
    let read = Fixture.files(files)
    _ = try SweepFile.load(path: "dir/fees.yaml", metrics: Self.metrics, build: "b") {
      path, limit in
      if path.hasSuffix("t.csv") { reads.withLock { $0 += 1 } }
      return read(path, limit)
    }
    #expect(reads.withLock { $0 } == 1)
  }

  @Test("has a schema and a reference with every key of its reader") func schema() throws {
    let data = Data(ScenarioSchema.sweepJSON().utf8)
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let keys = Set((schema["properties"] as? [String: Any])?.keys.map { $0 } ?? [])
    #expect(keys == Set(SweepKeys.shape.declaration.keys.map(\.name)))
    let reference = ScenarioSchema.sweepKeyReference()
    #expect(reference.contains("### factor") && reference.contains("`relativeHalfWidth`"))
  }
}

@Suite("A space of parameters") struct ParameterSpaceTests {
  private static func space(
    _ path: String, _ from: String, _ to: String, scale: String = "linear", steps: [String] = []
  ) throws(ScenarioErrors) -> ParameterSpace {
    try ParameterSpace(
      file: "s.yaml", paths: [path], from: [from], to: [to], scales: [scale], steps: steps,
      metrics: MetricSet([]), overrides: [],
      readFile: Fixture.files(["s.yaml": Fixture.minimal]))
  }

  @Test("gives the scenario at a place of its range") func places() throws {
    let space = try Self.space("hosts.home.count", "10", "20", scale: "integer")
    #expect(space.texts(at: [0.5]) == ["15"])
    #expect(try space.configuration(at: [1]).hosts[0].count == 20)
  }

  @Test("keeps to its step") func steps() throws {
    let space = try Self.space("chain.backgroundLoad", "20%", "60%", steps: ["5%"])
    #expect([0.0, 0.3, 1].map { space.texts(at: [$0])[0] } == ["20%", "30%", "60%"])
  }

  @Test("says what is wrong with a range, and with the scenario at its ends") func refusals() {
    func complaint(_ path: String, _ from: String, _ to: String) -> String {
      do throws(ScenarioErrors) {
        _ = try Self.space(path, from, to)
        return ""
      } catch { return error.description }
    }
    #expect(complaint("hosts.home.count", "9", "3").contains("leaves nothing above from, 9"))
    #expect(complaint("hosts.hom.count", "1", "3").contains("hosts.hom does not exist"))
    #expect(complaint("hosts.home.count", "1", "3.5").contains("not a whole number"))
  }
}
