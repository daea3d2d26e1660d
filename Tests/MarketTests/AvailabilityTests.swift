import Foundation
import Inference
import Kernel
import Quantities
import Statistics
import Testing

@testable import Market

@Suite("Hosts that come and go") struct AvailabilityTests {
  private static func configuration(up: SimDuration, down: SimDuration, minutes: Int64)
    -> MarketConfiguration
  {
    var configuration = Bed.market(
      minutes: minutes,
      hosts: [
        Bed.homes(2_000, availability: HostCohort.Availability(up: up, down: down))
      ],
      renters: [Bed.renters(rate: 1e-6)])
    configuration.outputs.jobs = false
    configuration.outputs.transactions = false
    return configuration
  }

  @Test("are up at the start as often as at any time: up/(up + down)") func start() throws {
    let configuration = Self.configuration(up: .hours(3), down: .hours(2), minutes: 1)
    let market = try Market.made(from: configuration)
    let up = market.hosts.indices.count { market.hosts[$0].isUp }
    // 2,000 Bernoulli draws of 0.6: standard deviation 21.9.
    #expect(abs(up - 1_200) < 88)
    #expect(market.measured.hostsUp == up)
    #expect(market.assignment.pools.reduce(0) { $0 + $1.withRoom.count } == up)
  }

  @Test("stay as they are for an exponential time from the start on") func residuals() throws {
    let run = try RecordedRun(Self.configuration(up: .minutes(30), down: .minutes(10), minutes: 15))
    let events = run.table("events")
    var changed: [Int: (down: Bool, at: Double)] = [:]
    for row in events.rows.indices {
      let event = events.text(row, "event")
      guard event == "hostWentDown" || event == "hostCameUp",
        let host = events.integer(row, "subject"), changed[host] == nil
      else { continue }
      changed[host] = (event == "hostWentDown", Double(events.ticks(row, "time") ?? 0) * 1e-9)
    }
    let series = run.table("timeseries")
    // Cells of 3 min: how many of 2,000 hosts change first in each, by state at the start.
    for (isUp, share, mean) in [(true, 0.75, 30.0), (false, 0.25, 10.0)] {
      var counts = [Int](repeating: 0, count: 5)
      for (_, change) in changed where change.down == isUp {
        counts[min(4, Int(change.at / 180))] += 1
      }
      let survivor = (0...5).map { exp(-3 * Double($0) / mean) }
      let expected = (0..<5).map { 2_000 * share * (survivor[$0] - survivor[$0 + 1]) }
      #expect(ChiSquare.accepts(counts, expected: expected, constraints: 0))
    }
    for row in series.rows.indices {
      let up = try #require(series.integer(row, "hosts_up"))
      #expect(abs(up - 1_500) < 90, "stationary throughout")
    }
    #expect(abs(run.number("hosts_up") - 0.75) < 0.04)
  }

  @Test("that start down serve nobody until they are up, and their down-time counts")
  func downTime() throws {
    var configuration = Bed.market(
      minutes: 30,
      hosts: [
        Bed.homes(
          40, availability: HostCohort.Availability(up: .minutes(10), down: .minutes(10)))
      ],
      renters: [Bed.renters(rate: 1, patience: .endless)])
    configuration.renters[0].timeToComplete = .hours(24)
    let run = try RecordedRun(configuration)
    let events = run.table("events")
    // Rebuilds each host's up-time from the events alone.
    var up = [Int64](repeating: 0, count: 40)
    var since = [Int64?](repeating: 0, count: 40)
    var isKnown = [Bool](repeating: false, count: 40)
    for row in events.rows.indices {
      guard let host = events.integer(row, "subject"), let time = events.ticks(row, "time") else {
        continue
      }
      switch events.text(row, "event") {
      case "hostWentDown":
        up[host] += time - (since[host] ?? 0)
        since[host] = nil
        isKnown[host] = true
      case "hostCameUp":
        if !isKnown[host] { up[host] = 0 }
        since[host] = time
        isKnown[host] = true
      default: break
      }
    }
    let end = SimDuration.minutes(30).nanoseconds
    for host in run.hosts.indices where isKnown[host] {
      if let start = since[host] { up[host] += end - start }
      #expect(run.hosts[host].downTotal.nanoseconds == end - up[host])
    }
    #expect(isKnown.count { $0 } > 30)
    let transactions = run.table("transactions")
    #expect(transactions.rows.count > 1_000)
  }

  @Test("last for years without an end on the clock", arguments: [true, false])
  func years(isUp: Bool) throws {
    let (long, short) = (SimDuration.days(3_650), SimDuration.seconds(1))
    let availability = HostCohort.Availability(up: isUp ? long : short, down: isUp ? short : long)
    // One draw in forty is beyond the clock's 36 years.
    let run = try RecordedRun(
      Bed.documentedMarket(
        minutes: 5, hosts: [Bed.homes(1_000, availability: availability)],
        renters: [Bed.renters(rate: 0.1)]))
    #expect(run.measured.hostsUp == (isUp ? 1_000 : 0))
  }
}
