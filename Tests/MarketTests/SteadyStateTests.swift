import EVM
import Quantities
import Statistics
import Testing

@testable import Market

@Suite("A steady-state horizon") struct SteadyStateTests {
  /// Between any two events of a market in whole milliseconds.
  private static let warmUp = SimDuration.minutes(7) + .nanoseconds(1)

  /// Metrics that describe an instant or a maximum, not a stretch of time.
  private static let states: Set<String> = [
    "jobs_open", "reputation_mean", "reputation_min", "reputation_max", "warm_up",
    "warm_up_undetermined",
  ]

  @Test(
    "counts exactly what a run that ends with the warm-up has not", arguments: MarketCase.allCases)
  func additive(_ market: MarketCase) throws {
    var configuration = market.configuration
    guard configuration.duration > Self.warmUp else { return }
    let whole = try RecordedRun(configuration)
    configuration.horizon = .steadyState(warmUp: Self.warmUp)
    let rest = try RecordedRun(configuration, warmUp: Self.warmUp)
    configuration.horizon = .terminating
    configuration.duration = Self.warmUp
    let start = try RecordedRun(configuration)
    #expect(rest.digest == whole.digest && rest.eventCount == whole.eventCount)
    for (index, entry) in MetricSet.market.entries.enumerated() {
      let (a, b, c) = (
        start.values.numbers[index], rest.values.numbers[index], whole.values.numbers[index]
      )
      if entry.metric.observed == .counted {
        #expect((a + b - c).magnitude <= 1e-12 * c.magnitude, "\(entry.name)")
      } else if Self.states.contains(entry.name), !entry.name.hasPrefix("warm_up") {
        #expect(b.isNaN && c.isNaN || b == c, "\(entry.name)")
      }
    }
    #expect(rest.number("warm_up") == Double(Self.warmUp.nanoseconds) / 1e9)
    try checkLevels(start, rest, whole)
    try checkTallies(rest, whole)
    checkTables(start, rest, whole)
  }

  /// Averages over time, weighted by the times they are over, give the average of the whole.
  private func checkLevels(
    _ start: RecordedRun, _ rest: RecordedRun, _ whole: RecordedRun
  ) throws {
    let (a, b) = (Self.warmUp.seconds, 20 * 60 - Self.warmUp.seconds)
    for metric in ["jobs_live", "hosts_up", "energy"] where whole.hosts.count > 0 {
      let weights = metric == "energy" ? (1.0, 1.0, 1.0) : (a, b, a + b)
      guard whole.horizon.seconds == a + b || metric == "energy" else { continue }
      let parts = start.number(metric) * weights.0 + rest.number(metric) * weights.1
      let sum = whole.number(metric) * weights.2
      #expect((parts - sum).magnitude <= 1e-9 * max(1, sum.magnitude), "\(metric)")
    }
    #expect(rest.number("jobs_live_peak") <= whole.number("jobs_live_peak"))
  }

  /// Means over jobs and blocks are those of the rows from the end of the warm-up on.
  private func checkTallies(_ rest: RecordedRun, _ whole: RecordedRun) throws {
    let jobs = whole.table("jobs")
    let begin = Self.warmUp.nanoseconds
    var latency = Tally()
    var settlement = Tally()
    var output = Tally()
    for row in jobs.rows.indices {
      let arrived = try #require(jobs.ticks(row, "arrived"))
      if let settled = jobs.ticks(row, "settled"), settled >= begin {
        settlement.record(Double(settled - arrived) * 1e-9)
        output.record(Double(jobs.integer(row, "output") ?? 0))
      }
      guard let computed = jobs.ticks(row, "computed"), computed >= begin,
        let claimed = jobs.ticks(row, "claimed"), let first = jobs.ticks(row, "first_token")
      else { continue }
      // The first token travels as far as the last: neither journey is in the table.
      #expect(first > claimed)
      latency.record(Double(computed - arrived) * 1e-9)
    }
    func agree(_ metric: String, _ mean: Double, within tolerance: Double) {
      let number = rest.number(metric)
      #expect(
        number.isNaN && mean.isNaN || (number - mean).magnitude <= tolerance * mean.magnitude,
        "\(metric): \(number), rows say \(mean)")
    }
    // Proven jobs are paid when nobody can challenge them any more, after their rows.
    if whole.measured.proofsSubmitted == 0 {
      agree("settlement_mean", settlement.mean, within: 1e-9)
    }
    agree("output_mean", output.mean, within: 1e-9)
    agree("output_total", output.total, within: 1e-9)
    // Half a round trip more: below 0.2 s of several seconds.
    agree("latency_mean", latency.mean, within: 0.1)
    let span = whole.horizon.seconds - Self.warmUp.seconds
    agree("output_rate", output.total / span, within: 1e-9)
  }

  private func checkTables(_ start: RecordedRun, _ rest: RecordedRun, _ whole: RecordedRun) {
    for (table, columns) in [
      ("hosts", ["claims", "claims_lost", "jobs_completed", "jobs_stuck", "output"]),
      ("renters", ["jobs_requested", "jobs_completed", "jobs_late", "jobs_left", "jobs_stuck"]),
    ] {
      for column in columns {
        let sums = zip(start.table(table).integers(column), rest.table(table).integers(column))
          .map { $0 + $1 }
        #expect(sums == whole.table(table).integers(column), "\(table).\(column)")
      }
    }
    let amounts = rest.table("hosts").amountTotal("revenue")
    #expect(
      start.table("hosts").amountTotal("revenue") + amounts
        == whole.table("hosts").amountTotal("revenue"))
    #expect(rest.table("gas").total("calls") == Int(rest.number("transactions")))
    for table in ["jobs", "transactions", "timeseries", "reputation"] {
      #expect(rest.table(table) == whole.table(table), "\(table) holds the warm-up too")
    }
  }

  @Test("takes every counter and sum off") func everyCounter() throws {
    let run = try RecordedRun(MarketCase.impatient.configuration)
    let nothing = run.measured.since(run.measured)
    let levels: Set<String> = [
      "hostsUp", "hostsBusy", "waiting", "hostsWithStuckJobs", "payerCount",
    ]
    var counters = 0
    func check(_ value: Any, _ label: String) {
      switch value {
      case let count as Int: #expect(count == 0, "\(label)")
      case let sum as UInt64: #expect(sum == 0, "\(label)")
      case let sum as Double: #expect(sum == 0, "\(label)")
      case let gas as Gas: #expect(gas == .zero, "\(label)")
      case let fee as Wei: #expect(fee == .zero, "\(label)")
      default: return
      }
      counters += 1
    }
    for child in Mirror(reflecting: nothing).children {
      let label = child.label ?? ""
      if levels.contains(label) { continue }
      check(child.value, label)
      if let accounts = child.value as? [Measurements.GasAccount] {
        for child in accounts.flatMap({ Array(Mirror(reflecting: $0).children) }) {
          check(child.value, "gas.\(child.label ?? "")")
        }
      }
    }
    #expect(counters > 30)
  }

  /// A request every half second, all alike: the market fills in a known time and then stands still.
  private static func filling(minutes: Int64) -> MarketConfiguration {
    let requests: [Bed.TraceRow] = (0..<Int(minutes) * 120).map {
      (0.25 + Double($0) * 0.5, 200, 4_000)
    }
    var configuration = Bed.market(
      minutes: minutes, hosts: [Bed.homes(150, spread: 0)], renters: [Bed.trace(requests)],
      regions: RegionMap(names: ["here"], roundTrip: [.milliseconds(20)], jitter: 0),
      // The fee stays at its minimum.
      chain: ChainConfiguration(backgroundLoad: .constant(0)))
    configuration.outputs = OutputSelection()
    return configuration
  }

  @Test("removes a known transient by MSER-5, and no more than a batch beyond it") func transient()
    throws
  {
    var configuration = Self.filling(minutes: 10)
    let whole = try Self.values(configuration)
    let latency = try #require(whole.number(named: "latency_mean"))
    let settlement = try #require(whole.number(named: "settlement_mean"))
    // Two jobs a second stay until they are paid.
    let level = 2 * settlement
    #expect(latency > 20 && latency < 60)
    let biased = try #require(
      whole.number(named: "jobs_live"))
    #expect((biased / (level * (1 - settlement / 2 / 600)) - 1).magnitude < 0.01)
    configuration.horizon = .steadyState(warmUp: nil)
    let steady = try Self.values(configuration)
    let warmUp = try #require(steady.number(named: "warm_up"))
    #expect(warmUp >= settlement - 10 && warmUp <= settlement + 10)
    #expect(steady.number(named: "warm_up_undetermined") == 0)
    #expect((try #require(steady.number(named: "jobs_live")) / level - 1).magnitude < 0.005)
    configuration.horizon = .steadyState(warmUp: SimDuration(rounding: warmUp))
    let stated = try Self.values(configuration)
    #expect(
      stated.numbers.map(\.bitPattern) == steady.numbers.map(\.bitPattern),
      "as if it had been stated")
  }

  @Test("says when the run is too short to have one") func undetermined() throws {
    var configuration = Self.filling(minutes: 10)
    // Half of the hosts that are needed: the line grows for ever.
    configuration.hosts[0].count = 50
    configuration.horizon = .steadyState(warmUp: nil)
    let values = try Self.values(configuration)
    #expect(values.number(named: "warm_up_undetermined") == 1)
    #expect(values.number(named: "warm_up") == 300)
    configuration.duration = .seconds(90)
    let short = try Self.values(configuration)
    #expect(short.number(named: "warm_up_undetermined") == 1)
    #expect(short.number(named: "warm_up") == 0)
  }

  @Test("forgets a base fee that began far from its equilibrium") func baseFee() throws {
    var configuration = MarketCase.quiet.configuration
    configuration.duration = .hours(2)
    configuration.chain.initialBaseFee = Wei(1_000_000_000)
    let whole = try Self.values(configuration)
    #expect(try #require(whole.number(named: "base_fee_ratio")) > 1.2)
    configuration.horizon = .steadyState(warmUp: nil)
    let steady = try Self.values(configuration)
    #expect((try #require(steady.number(named: "base_fee_ratio")) - 1).magnitude < 0.01)
    #expect(try #require(steady.number(named: "warm_up")) > 60)
  }

  @Test("lets one host wait as Pollaczek and Khinchine say") func singleServer() throws {
    var configuration = Bed.market(
      minutes: 60 * 24 * 12, hosts: [Bed.homes(1, queue: 100_000, spread: 0)],
      renters: [
        Bed.renters(
          rate: 0.6 / 120, lengths: .fixed(prompt: 200, output: 10_000), patience: .endless,
          timeToComplete: .hours(24 * 365), budget: 1e9, ratings: 0)
      ],
      regions: RegionMap(names: ["here"], roundTrip: [.zero], jitter: 0))
    configuration.outputs = OutputSelection()
    configuration.horizon = .steadyState(warmUp: .hours(24))
    var waits = Tally()
    var service = 0.0
    for replication in 0..<4 {
      let values = try Self.values(configuration, replication: replication)
      let perToken = try #require(values.number(named: "tpot_mean"))
      // One output token comes with the prompt's reading.
      service = perToken * 10_000
      let utilisation = try #require(values.number(named: "host_utilisation"))
      #expect((utilisation / (0.6 / 120 * service) - 1).magnitude < 0.05)
      waits.record(try #require(values.number(named: "engine_ttft_mean")))
    }
    let load = 0.6 / 120 * service
    let expected = load * service / (2 * (1 - load))
    let error = waits.interval(confidence: 0.999).halfWidth
    // Blocks hold arrivals back for a second on average, which moves the mean by less than that.
    #expect((waits.mean - expected).magnitude < error + 1.5, "\(waits.mean), \(expected)")
    #expect(error < 0.5 * expected)
  }

  private static func values(
    _ configuration: MarketConfiguration, replication: Int = 0
  ) throws -> MetricValues {
    let outcome = try MarketScenario(configuration).run(
      replication: replication, tables: .discarding)
    return try #require(outcome).values
  }
}
