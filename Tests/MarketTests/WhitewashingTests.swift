import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Hosts that come back as somebody else") struct WhitewashingTests {
  @Test("start again at a newcomer's score, with what is left of their stake")
  func newIdentity() throws {
    var cohort = Bed.homes(8, name: "ghosts", spread: 0)
    cohort.behaviour = HostConduct(
      abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
    cohort.reserve = 5_000
    cohort.review = .minutes(5)
    var renters = Bed.many(rate: 0.3, timeToComplete: .seconds(120))
    renters.lengths = .fixed(prompt: 200, output: 50)
    var configuration = Bed.documentedMarket(
      minutes: 240, hosts: [cohort, Bed.homes(8, spread: 0)], renters: [renters],
      assignment: .random
    ) { rules in
      rules.slash = 100
      rules.registrationLimit = 1_000
    }
    configuration.detection = DetectionConfiguration(detectors: [.fundingCluster])
    let run = try RecordedRun(configuration)
    #expect(run.measured.identitiesChanged > 8)
    #expect(run.measured.hostExits >= run.measured.identitiesChanged)
    #expect(run.measured.hostEntries <= run.measured.identitiesChanged)
    // The audit at the horizon holds every account's money; nobody but ghosts moved.
    #expect(Set(run.table("slashing").texts("cohort")) == ["ghosts"])
  }

  @Test("stay who they are where they could not pay for another stake") func penniless() throws {
    var cohort = Bed.homes(8, name: "ghosts", spread: 0)
    cohort.behaviour = HostConduct(
      abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
    cohort.reserve = 0
    cohort.review = .minutes(5)
    let renters = Bed.many(rate: 0.3, timeToComplete: .seconds(120))
    let run = try RecordedRun(
      Bed.documentedMarket(minutes: 120, hosts: [cohort], renters: [renters], assignment: .random) {
        $0.slash = 1_000
        $0.registrationLimit = 1_000
      })
    #expect(run.measured.failures > 8)
    #expect(run.measured.hostExits == 0 && run.measured.identitiesChanged == 0)
  }

  @Test("register when the window lets them, at no cost before") func window() throws {
    var cohort = Bed.homes(40, name: "comers", spread: 0)
    cohort.participation = Participation(initially: 0, exit: 0, entry: 1)
    cohort.review = .minutes(10)
    let run = try RecordedRun(
      Bed.documentedMarket(
        minutes: 240, hosts: [Bed.homes(5), cohort], renters: [Bed.many(rate: 0.1)]))
    // Ten an hour, whoever asks first: at 10, 80, 150 and 220 minutes.
    #expect(run.measured.hostEntries == 40)
    #expect(run.measured.registrationsRefused == 0)
  }

  @Test("wait for their stake while it is unbonding") func unbonding() throws {
    func identities(_ unbonding: UInt64) throws -> Int {
      var cohort = Bed.homes(8, name: "ghosts", spread: 0)
      cohort.behaviour = HostConduct(
        abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
      cohort.reserve = 0
      cohort.review = .minutes(5)
      let renters = Bed.many(rate: 0.3, timeToComplete: .seconds(120))
      let configuration = Bed.documentedMarket(
        minutes: 180, hosts: [cohort], renters: [renters], assignment: .random
      ) { rules in
        rules.slash = 0
        rules.registrationLimit = 1_000
        rules.unbonding = unbonding
      }
      return try RecordedRun(configuration).measured.identitiesChanged
    }
    let (atOnce, later) = (try identities(0), try identities(3_600))
    #expect(later > 0 && later * 2 < atOnce, "\(atOnce) at once, \(later) after an hour")
  }
}
