import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Observers of a market") struct WatchTests {
  private static func configuration(lazy: Double = 0.2) -> MarketConfiguration {
    var hidden = Bed.homes(20, name: "hidden")
    hidden.behaviour = HostConduct(lazy: Lazy(lazy), sybilRing: SybilRing(size: 10))
    var brazen = Bed.homes(20, name: "brazen")
    brazen.behaviour = HostConduct(
      lazy: Lazy(lazy), sybilRing: SybilRing(size: 10, sharesController: true))
    // Renters who come back four times or so: trust walks from host to host over them.
    var configuration = Bed.documentedMarket(
      minutes: 30, hosts: [Bed.homes(100), hidden, brazen],
      renters: [Bed.renters(rate: 1, count: 400)])
    configuration.detection.detectors = DetectionConfiguration.Kind.allCases
    return configuration
  }

  @Test("find every ring that shares a wallet, and each that shows its controller") func rings()
    throws
  {
    let table = try RecordedRun(Self.configuration()).table("detections")
    #expect(table.rows.count == DetectionConfiguration.Kind.allCases.count)
    for row in table.rows.indices {
      let name = table.text(row, "detector")
      let flagged = try #require(table.integer(row, "flagged"))
      let honest = try #require(table.integer(row, "honest_flagged"))
      switch name {
      case "fundingCluster": #expect(flagged == 40 && honest == 0)
      case "controllerThreshold": #expect(flagged == 20 && honest == 0)
      default: #expect(honest <= 10, "\(name) accuses \(honest) of 100 honest hosts")
      }
      // Ten honest ones are known to those who start from them.
      let known = name == "sybilRank" || name == "eigenTrust" ? 10 : 0
      #expect(table.integer(row, "frauds") == 40 && table.integer(row, "hosts") == 140 - known)
    }
  }

  @Test("look as often as they are told, and find what is there to find the sooner") func interval()
    throws
  {
    var ring = Bed.homes(10, name: "ring")
    ring.behaviour = HostConduct(lazy: Lazy(0.2), sybilRing: SybilRing(size: 10))
    var configuration = Bed.documentedMarket(
      minutes: 10, hosts: [Bed.homes(20), ring], renters: [Bed.renters(rate: 0.1, count: 40)])
    configuration.detection.detectors = [.fundingCluster]
    func secondsToDetection() throws -> Double? {
      try RecordedRun(configuration).table("detections").real(0, "time_to_detection_median")
    }
    #expect(try secondsToDetection() == 600.0 / 24)
    // Wallets are filled before the start, so that the first look finds the ring.
    for seconds in [20, 90, 600] as [Int64] {
      configuration.detection.interval = .seconds(seconds)
      #expect(try secondsToDetection() == Double(seconds))
    }
  }

  @Test(
    "find who pays himself, unless the money comes by way of an exchange", arguments: [true, false])
  func washing(sharesFunding: Bool) throws {
    var washers = Bed.homes(10, name: "washers")
    washers.behaviour = HostConduct(
      washTrading: WashTrading(Puppets(rate: 20.0 / 3_600, sharesFunding: sharesFunding)))
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [Bed.homes(30), washers], renters: [Bed.renters(rate: 0.2, count: 100)])
    configuration.detection.detectors = [.selfDealing]
    let table = try RecordedRun(configuration).table("detections")
    #expect(table.integer(0, "frauds") == 10 && table.integer(0, "honest_flagged") == 0)
    #expect(table.integer(0, "flagged") == (sharesFunding ? 10 : 0))
    #expect(table.real(0, "auc") == (sharesFunding ? 1 : 0.5))
  }

  @Test("find the same beside the market as in its way", arguments: [nil, 1])
  func spareThread(acting: Int?) throws {
    var configuration = Self.configuration()
    if let acting {
      configuration.detection.actions = [DetectionConfiguration.Kind.allCases[acting]: .refuse]
    }
    let alone = try RecordedRun(configuration)
    let helped = try RecordedRun(configuration, hasSpareThread: true)
    #expect(alone.table("detections").rows.count == DetectionConfiguration.Kind.allCases.count)
    for name in alone.tables.keys { #expect(alone.tables[name]?.rows == helped.tables[name]?.rows) }
    #expect(alone.digest == helped.digest)
    #expect(alone.measured.hostsRefused == (acting == nil ? 0 : 40))
  }

  @Test("change nothing by watching") func silence() throws {
    var configuration = MarketCase.documented.configuration
    let plain = try RecordedRun(configuration)
    configuration.detection.detectors = [.fundingCluster, .sybilRank]
    let watched = try RecordedRun(configuration)
    #expect(plain.digest == watched.digest)
    #expect(plain.table("detections").rows.isEmpty)
  }

  @Test("judge nobody who never came, and take no such host for a known honest one")
  func ghosts() throws {
    var configuration = Self.configuration()
    let plain = try RecordedRun(configuration)
    var ghosts = Bed.homes(200, name: "ghosts")
    ghosts.participation = Participation(initially: 0, entry: 1e9)
    configuration.hosts.append(ghosts)
    let haunted = try RecordedRun(configuration)
    #expect(haunted.measured.hostEntries == 0)
    #expect(plain.table("detections").rows == haunted.table("detections").rows)
  }

  @Test("see what pays for hosts that come during the run") func latecomers() throws {
    var ring = Bed.homes(20, name: "ring")
    ring.behaviour = HostConduct(lazy: Lazy(0.2), sybilRing: SybilRing(size: 10))
    ring.participation = Participation(initially: 0, exit: 0, entry: 1)
    ring.review = .minutes(1)
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [Bed.homes(40), ring], renters: [Bed.renters(rate: 0.5, count: 40)]
    ) { $0.registrationLimit = 1_000 }
    configuration.detection.detectors = [.fundingCluster]
    let run = try RecordedRun(configuration)
    let table = run.table("detections")
    let entered = run.measured.hostEntries
    #expect(entered >= 5 && table.integer(0, "frauds") == entered)
    #expect(table.integer(0, "flagged") == entered && table.real(0, "auc") == 1)
    // From entry, of which some are late, to the next round.
    let median = try #require(table.real(0, "time_to_detection_median"))
    #expect(median > 0 && median <= 150)
  }

  @Test("take hosts that are put out and register again for who they were") func comebacks() throws
  {
    var configuration = Self.ejecting(topUp: .atOnce)
    configuration.detection.detectors = [.fundingCluster]
    configuration.outputs.detectionScores = true
    let run = try RecordedRun(configuration)
    #expect(run.measured.hostEntries >= 10)
    let table = run.table("detection_scores")
    #expect(table.integers("identity") == Array(0..<30))
    for row in table.rows.indices { #expect(table.ticks(row, "entered") == 0) }
    // All were there at the start.
    #expect(run.number("newcomer_first_job").isNaN)
  }

  @Test("accuse nobody who is gone") func departures() throws {
    var configuration = Self.ejecting(topUp: .never)
    configuration.hosts[0].behaviour.sybilRing = SybilRing(size: 10)
    configuration.detection.detectors = [.fundingCluster]
    for (minutes, detected) in [(180, 0), (1, 10)] as [(Int64, Int)] {
      configuration.detection.interval = .minutes(minutes)
      let run = try RecordedRun(configuration)
      #expect(run.number("hosts_ejected") == 10)
      let table = run.table("detections")
      #expect(table.integer(0, "frauds") == 10 && table.integer(0, "flagged") == 10)
      #expect(table.integer(0, "detected_ever") == detected)
      let median = try #require(table.real(0, "time_to_detection_median"))
      #expect(detected == 0 ? median.isNaN : (median - 60).magnitude < 1e-9)
      let cohorts = run.table("detection_cohorts")
      #expect(cohorts.integers("flagged_ever") == [detected, 0])
    }
  }

  /// Ten hosts that fail half of their jobs and are put out for it, and twenty that fail none.
  private static func ejecting(topUp: HostCohort.TopUp) -> MarketConfiguration {
    var crooks = Bed.homes(10, name: "crooks", spread: 0)
    crooks.behaviour = HostConduct(abandoning: Abandoning(0.5))
    crooks.reserve = 200
    crooks.review = .minutes(10)
    crooks.topUp = topUp
    return Bed.documentedMarket(
      minutes: 180, hosts: [crooks, Bed.homes(20, spread: 0)],
      renters: [Bed.many(rate: 0.3, timeToComplete: .seconds(120))], assignment: .random
    ) { rules in
      rules.slash = 1_000
      rules.ejectBelow = UInt256(950) * UInt256(1_000_000_000_000_000_000)
      rules.registrationLimit = 1_000
    }
  }

  @Test("say whom they hurt where everybody is honest") func nobody() throws {
    var configuration = Bed.documentedMarket(
      minutes: 20, hosts: [Bed.homes(30)], renters: [Bed.renters(rate: 0.5, count: 100)])
    configuration.detection.detectors = [.fundingCluster, .claimTiming]
    let table = try RecordedRun(configuration).table("detections")
    #expect(table.rows.count == 2 && table.integer(0, "frauds") == 0)
    #expect(table.integer(0, "hosts") == 30 && table.integer(0, "honest_flagged") == 0)
    for row in 0..<2 { #expect(try #require(table.real(row, "auc")).isNaN) }
    let hurt = try #require(table.integer(1, "honest_flagged"))
    #expect(table.real(1, "false_positive_rate") == Double(hurt) / 30)
  }
}
