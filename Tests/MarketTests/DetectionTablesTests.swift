import Contracts
import Quantities
import Statistics
import Testing

@testable import Market

/// What detectors are reported to have done, against what anyone can count in detection_scores.csv.
@Suite("Scores of detectors") struct DetectionTablesTests {
  private struct Verdict {
    var cohort: String
    var isFraud: Bool
    var score: Double
    var isFlagged: Bool
    /// Seconds from entry.
    var wait: Double?
  }

  private static func configuration() -> MarketConfiguration {
    var hidden = Bed.homes(20, name: "hidden")
    hidden.behaviour = HostConduct(lazy: Lazy(0.2), sybilRing: SybilRing(size: 10))
    var brazen = Bed.homes(20, name: "brazen")
    brazen.behaviour = HostConduct(
      lazy: Lazy(0.2), sybilRing: SybilRing(size: 10, sharesController: true))
    var comers = Bed.homes(20, name: "comers")
    comers.behaviour = HostConduct(
      lazy: Lazy(0.2), sybilRing: SybilRing(size: 20, sharesController: true))
    comers.participation = Participation(initially: 0.5, exit: 0, entry: 0.5)
    comers.review = .minutes(5)
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [Bed.homes(100), hidden, brazen, comers],
      renters: [Bed.renters(rate: 1, count: 400)]
    ) { $0.registrationLimit = 1_000 }
    configuration.detection.detectors = DetectionConfiguration.Kind.allCases
    configuration.outputs.detectionScores = true
    return configuration
  }

  private static func verdicts(_ run: RecordedRun) throws -> [String: [Verdict]] {
    let table = run.table("detection_scores")
    var verdicts: [String: [Verdict]] = [:]
    for row in table.rows.indices {
      let entered = try #require(table.ticks(row, "entered"))
      verdicts[table.text(row, "detector"), default: []].append(
        Verdict(
          cohort: table.text(row, "cohort"), isFraud: table.text(row, "conduct") == "dishonest",
          score: try #require(table.real(row, "score")),
          isFlagged: table.integer(row, "flagged") == 1,
          wait: table.ticks(row, "first_flagged").map { Double($0 - entered) * 1e-9 }))
    }
    return verdicts
  }

  @Test("give every figure of detections.csv and of the metrics") func recount() throws {
    let run = try RecordedRun(Self.configuration())
    let verdicts = try Self.verdicts(run)
    let sums = run.table("detections")
    #expect(sums.rows.count == 7 && verdicts.count == 7 && run.measured.hostEntries >= 5)
    for (row, metrics) in zip(sums.rows.indices, Metric.detectors) {
      let hosts = try #require(verdicts[sums.text(row, "detector")])
      let frauds = hosts.filter(\.isFraud)
      let honest = hosts.filter { !$0.isFraud }
      #expect(sums.integer(row, "hosts") == hosts.count)
      #expect(sums.integer(row, "frauds") == frauds.count)
      #expect(frauds.count == 50 + run.measured.hostEntries)
      // Mann and Whitney, pair by pair.
      var wins = 0.0
      for fraud in frauds {
        for other in honest {
          wins += fraud.score > other.score ? 1 : fraud.score == other.score ? 0.5 : 0
        }
      }
      let area = wins / Double(frauds.count * honest.count)
      #expect((try #require(sums.real(row, "auc")) - area).magnitude < 1e-12)
      #expect((run.number(metrics.area.name) - area).magnitude < 1e-12)
      let flagged = hosts.filter(\.isFlagged)
      let caught = flagged.count(where: \.isFraud)
      #expect(sums.integer(row, "flagged") == flagged.count)
      #expect(run.number(metrics.recall.name) == Double(caught) / Double(frauds.count))
      let precision = run.number(metrics.precision.name)
      #expect(
        flagged.isEmpty ? precision.isNaN : precision == Double(caught) / Double(flagged.count))
      let hurt = honest.count { $0.wait != nil }
      #expect(sums.integer(row, "honest_flagged_ever") == hurt)
      #expect(run.number(metrics.honestFlaggedEver.name) == Double(hurt))
      let delay = run.number(metrics.timeToDetection.name + "_s")
      if metrics.area.name == "auc_funding_cluster" {
        // All are found at their first round; nobody is censored before the median.
        let waits = frauds.compactMap(\.wait).sorted()
        #expect(waits.count >= 40 && delay == waits[(frauds.count + 1) / 2 - 1])
      }
    }
  }

  @Test("are told by cohort") func cohorts() throws {
    let run = try RecordedRun(Self.configuration())
    let verdicts = try Self.verdicts(run)
    let table = run.table("detection_cohorts")
    #expect(table.rows.count == 7 * 4)
    for row in table.rows.indices {
      let name = table.text(row, "cohort")
      let hosts = try #require(verdicts[table.text(row, "detector")]).filter { $0.cohort == name }
      #expect(table.text(row, "conduct") == (name == "home" ? "honest" : "dishonest"))
      #expect(table.integer(row, "hosts") == hosts.count)
      #expect(table.integer(row, "flagged") == hosts.count(where: \.isFlagged))
      #expect(table.integer(row, "flagged_ever") == hosts.count { $0.wait != nil })
      let scores = hosts.map(\.score).sorted()
      #expect(table.real(row, "score_p50") == scores[(scores.count + 1) / 2 - 1])
    }
    // Who shows its controller is found by it, who hides it is not.
    for row in table.rows.indices where table.text(row, "detector") == "controllerThreshold" {
      // Of those who come during the run each signs for itself.
      let expected = ["home": 0, "hidden": 0, "brazen": 20, "comers": 10]
      #expect(table.integer(row, "flagged") == expected[table.text(row, "cohort")])
    }
  }

  @Test("are measured against the line that a scenario draws") func thresholds() throws {
    var configuration = Self.configuration()
    configuration.hosts.removeLast()
    configuration.detection.detectors = [.controllerThreshold, .fundingCluster]
    for (line, controllers, wallets) in [(10.0, 20, 40), (11, 0, 0)] {
      configuration.detection.thresholds = [.controllerThreshold: line, .fundingCluster: line]
      let table = try RecordedRun(configuration).table("detections")
      #expect(table.integers("flagged") == [controllers, wallets])
    }
    // The scores themselves are what they are.
    let table = try RecordedRun(configuration).table("detections")
    #expect(table.real(1, "auc") == 1)
  }

  @Test("of trust depend on whom observers know, of whom they say nothing") func known() throws {
    var configuration = Self.configuration()
    configuration.detection.detectors = [.eigenTrust, .fundingCluster]
    func verdicts(_ known: Int) throws -> [Verdict] {
      configuration.detection.seeds = known
      let run = try RecordedRun(configuration)
      let all = try Self.verdicts(run)
      let (trust, others) = (try #require(all["eigenTrust"]), try #require(all["fundingCluster"]))
      #expect(trust.count == others.count - known)
      #expect(trust.count(where: \.isFraud) == others.count(where: \.isFraud))
      #expect(run.table("detections").integers("hosts") == [trust.count, others.count])
      return trust
    }
    let few = try verdicts(1)
    let many = try verdicts(50)
    #expect(Set(few.map(\.score)) != Set(many.map(\.score)))
  }
}
