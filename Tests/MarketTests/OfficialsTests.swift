import Contracts
import Quantities
import Testing

@testable import Market

@Suite("A guardian") struct GuardianTests {
  @Test("does not act on the alarm of a pause that is over") func staleAlarm() throws {
    // Each pause ends by itself two minutes before the guardian would end it, and the next begins.
    let rows = (0..<170).map { Bed.TraceRow(seconds: Double($0) * 60 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.timeToComplete = .seconds(60)
    var hosts = Bed.homes(20)
    hosts.behaviour = HostConduct(abandoning: Abandoning(1))
    var configuration = Bed.documentedMarket(minutes: 180, hosts: [hosts], renters: [renter])
    configuration.rules.values.failureThreshold = 3
    configuration.rules.values.autoRecovery = 480
    configuration.guardian = Guarding(delay: .minutes(10))
    let run = try RecordedRun(configuration)
    #expect(run.measured.pauses > 5)
    #expect(run.measured.unpauses == 0)
    configuration.guardian = Guarding(delay: .minutes(6))
    configuration.rules.values.pauseCooldown = 60
    #expect(try RecordedRun(configuration).measured.unpauses > 5)
  }
}

@Suite("An emergency council") struct EmergencyCouncilTests {
  private let council = EmergencyCouncil(
    failures: 3, window: .seconds(10), delay: .seconds(60), pause: .minutes(10))

  @Test("is alarmed by so many failures within the window, and by no fewer") func alarm() {
    var state = CouncilState()
    func sees(_ seconds: Int64) -> Bool {
      state.sees(failureAt: SimTime.zero + .seconds(seconds), council)
    }
    #expect(!sees(0) && !sees(5) && !sees(11), "the first is too old")
    #expect(!sees(20) && !sees(25))
    #expect(sees(30), "20, 25 and 30")
    #expect(state.stage == .alarmed)
    #expect(!sees(31) && !sees(32) && !sees(33), "it is alarmed already")
  }

  @Test("leaves alone what a breaker has closed already") func closed() throws {
    let rows = (0..<40).map { Bed.TraceRow(seconds: Double($0) * 60 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.timeToComplete = .seconds(60)
    var hosts = Bed.homes(20)
    hosts.behaviour = HostConduct(abandoning: Abandoning(1))
    var configuration = Bed.documentedMarket(minutes: 60, hosts: [hosts], renters: [renter])
    configuration.rules.values.failureThreshold = 3
    configuration.emergency = EmergencyCouncil(
      failures: 3, window: .minutes(5), delay: .seconds(60), pause: .minutes(10))
    let run = try RecordedRun(configuration)
    #expect(run.measured.pauses == 1 && run.measured.emergencyPauses == 0)
    #expect(run.table("breakers").texts("by") == ["protocol"])
  }

  @Test("pauses the marketplace after its delay and opens it again after the pause")
  func pauses() throws {
    // Forty jobs for hosts that never answer, whose deadlines pass a minute later.
    let rows = (0..<40).map { Bed.TraceRow(seconds: Double($0) * 60 + 1, prompt: 50, output: 10) }
    var renter = Bed.trace(rows)
    renter.timeToComplete = .seconds(60)
    var hosts = Bed.homes(20)
    hosts.behaviour = HostConduct(abandoning: Abandoning(1))
    var configuration = Bed.documentedMarket(minutes: 60, hosts: [hosts], renters: [renter])
    configuration.rules.values.failureThreshold = 1_000
    configuration.emergency = EmergencyCouncil(
      failures: 3, window: .minutes(5), delay: .seconds(60), pause: .minutes(10))
    let run = try RecordedRun(configuration)
    let breakers = run.table("breakers")
    let times = try breakers.rows.indices.map {
      Double(try #require(breakers.ticks($0, "time"))) * 1e-9
    }
    #expect(run.measured.emergencyPauses >= 2)
    #expect(breakers.texts("event").prefix(4).elementsEqual(["closed", "open", "closed", "open"]))
    // The third job is posted at 121 s and fails 60 s after its block; a minute later, and blocks.
    #expect(breakers.texts("by").prefix(4).allSatisfy { $0 == "council" })
    #expect((230...262).contains(times[0]), "\(times)")
    #expect((598...606).contains(times[1] - times[0]), "\(times)")
    #expect(run.number("closed_share") > 0.3)
  }
}
