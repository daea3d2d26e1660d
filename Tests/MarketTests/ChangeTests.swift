import Contracts
import EVM
import Quantities
import Testing

@testable import Market

@Suite("Changes during a run") struct ChangeTests {
  private static let base: MarketConfiguration = {
    var configuration = Bed.documentedMarket(
      hosts: [Bed.homes(12), Bed.racks(2)], renters: [Bed.many(rate: 2)])
    configuration.outputs.sampleInterval = .minutes(1)
    return configuration
  }()

  private static func changed(
    at minute: Int64 = 10, for duration: SimDuration? = nil, _ effect: MarketChange.Effect,
    _ configuration: MarketConfiguration = base
  ) -> MarketConfiguration {
    var configuration = configuration
    configuration.changes.append(
      MarketChange(at: .minutes(minute), duration: duration, effect: effect))
    return configuration
  }

  private static let effects: [MarketChange.Effect] = [
    .ethPrice(1_500), .fabPrice(0.1), .backgroundLoad(.constant(2)), .priorityFee(Wei(5_000_000)),
    .l1BaseFee(Wei(90_000_000_000)), .blobBaseFee(Wei(9_000_000_000)),
    .rule(key: "fee", value: 500), .patience(cohort: 0, .fixed(.seconds(5))),
    .willingnessToPay(cohort: 0, 1), .demand(cohort: 0, factor: 2),
    .hostsDown(cohort: 0, region: nil, share: 0.5), .sequencerDown, .checkRate(0),
  ]

  @Test("leave everything before them as it was", arguments: effects)
  func past(_ effect: MarketChange.Effect) throws {
    let plain = try RecordedRun(Self.base)
    let forked = try RecordedRun(Self.changed(effect))
    let start = Int64(600_000_000_000)
    func past(_ run: RecordedRun) -> [[CellValue]] {
      let table = run.table("events")
      return table.rows.indices.filter { table.ticks($0, "time") ?? 0 < start }
        .map { table.rows[$0] }
    }
    let before = past(plain)
    #expect(before.count > 1_000)
    #expect(before == past(forked))
    #expect(forked.digest != plain.digest, "the change is an event")
    #expect(forked.table("changes").rows.count == 1)
    #expect(try RecordedRun(Self.changed(effect)).digest == forked.digest)
  }

  @Test("multiply arrivals between two times and nowhere else") func demand() throws {
    let run = try RecordedRun(
      Self.changed(at: 5, for: .minutes(10), .demand(cohort: 0, factor: 3)))
    let plain = try RecordedRun(Self.base)
    func counts(_ run: RecordedRun) -> [Int] {
      var counts = [0, 0, 0]
      let jobs = run.table("jobs")
      for row in jobs.rows.indices {
        let minute = (jobs.ticks(row, "arrived") ?? 0) / 60_000_000_000
        counts[minute < 5 ? 0 : minute < 15 ? 1 : 2] += 1
      }
      return counts
    }
    let (now, then) = (counts(run), counts(plain))
    #expect(now[0] == then[0])
    // Poisson counts of 1,200 and 3,600: within five standard deviations.
    #expect(abs(Double(now[1]) - 3_600) < 300 && abs(Double(then[1]) - 1_200) < 175)
    #expect(abs(now[2] - then[2]) < 180)
  }

  @Test("take the same hosts down for a smaller share as for a larger one") func hosts() throws {
    func down(_ share: Double) throws -> [Bool] {
      let run = try RecordedRun(
        Self.changed(.hostsDown(cohort: 0, region: nil, share: share)))
      return run.hosts.map { !$0.isUp }
    }
    let half = try down(0.5)
    let most = try down(0.75)
    #expect(half.count { $0 } == 6 && most.count { $0 } == 9)
    #expect(zip(half, most).allSatisfy { !$0 || $1 })
    #expect(!half[12...].contains(true), "another cohort stays up")
  }

  @Test("bring hosts back when their outage ends") func back() throws {
    let outage = MarketChange.Effect.hostsDown(cohort: nil, region: nil, share: 1)
    let run = try RecordedRun(Self.changed(at: 5, for: .minutes(2), outage))
    #expect(run.hosts.allSatisfy { $0.isUp && $0.downTotal == .minutes(2) })
    #expect(run.number("hosts_up") > 0.899 && run.number("hosts_up") < 0.901)
    #expect(run.table("changes").rows.count == 2)
  }

  @Test("stop blocks for as long as the sequencer is out") func sequencer() throws {
    let run = try RecordedRun(Self.changed(at: 5, for: .minutes(4), .sequencerDown))
    // The block that is due when it comes back is made.
    #expect(run.number("blocks") == 600 - 120)
    let transactions = run.table("transactions")
    let times = transactions.rows.indices.compactMap { transactions.ticks($0, "time") }
    #expect(!times.contains { $0 >= 300_000_000_000 && $0 < 540_000_000_000 })
    #expect(times.contains { $0 >= 540_000_000_000 && $0 < 560_000_000_000 })
  }

  @Test("value what was paid at the price of its time") func prices() throws {
    let plain = try RecordedRun(Self.base)
    let run = try RecordedRun(Self.changed(.ethPrice(6_000)))
    let (before, after) = (plain.table("gas"), run.table("gas"))
    #expect(before.rows.count == after.rows.count)
    let transactions = run.table("transactions")
    var usd = 0.0
    for row in transactions.rows.indices {
      let fee = transactions.amount(row, "fee_l2") + transactions.amount(row, "fee_l1")
      let isEarly = (transactions.ticks(row, "time") ?? 0) < 600_000_000_000
      usd += fee.approximate * 1e-18 * (isEarly ? 3_000 : 6_000)
    }
    let completed = run.number("jobs_completed")
    #expect(abs(run.number("fees_per_job") - usd / completed) < 1e-9 * usd)
  }

  @Test("set a rule of the contracts and bring it back") func rules() throws {
    let run = try RecordedRun(
      Self.changed(at: 5, for: .minutes(5), .rule(key: "fee", value: 5_000)))
    let plain = try RecordedRun(Self.base)
    // A quarter of the time at 50 % instead of 1 %.
    let share = run.number("platform_fees") / run.number("payments")
    #expect(share > 0.08 && share < 0.2)
    #expect(abs(plain.number("platform_fees") / plain.number("payments") - 0.01) < 1e-4)
  }

  @Test("go off in order of time, ends before beginnings") func timeline() {
    let changes = [
      MarketChange(at: .minutes(3), duration: .minutes(2), effect: .demand(cohort: 0, factor: 2)),
      MarketChange(at: .minutes(5), effect: .demand(cohort: 0, factor: 0.5)),
      MarketChange(at: .minutes(1), effect: .demand(cohort: 1, factor: 9)),
    ]
    var configuration = Self.base
    configuration.changes = changes
    #expect(ChangePlayer.timeline(of: changes).map(\.change) == [2, 0, 0, 1])
    #expect(
      configuration.demandFactors(ofCohort: 0) == [
        ArrivalClock.Factor(from: 180, factor: 2), ArrivalClock.Factor(from: 300, factor: 1),
        ArrivalClock.Factor(from: 300, factor: 0.5),
      ])
  }

  @Test("spend gaps against the rate in force") func clock() {
    let factors = [
      ArrivalClock.Factor(from: 10, factor: 0), ArrivalClock.Factor(from: 20, factor: 4),
    ]
    var clock = ArrivalClock(rate: 1, profile: nil, factors: factors)
    // Ten gaps by second 10, none until 20, then four a second.
    #expect(clock.advance(by: 9) == 9)
    #expect(clock.advance(by: 3) == 20.5)
    #expect(clock.advance(by: 4) == 21.5)
    var silent = ArrivalClock(
      rate: 1, profile: nil, factors: [ArrivalClock.Factor(from: 10, factor: 0)])
    #expect(silent.advance(by: 11) == nil)
  }
}
