import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Models of reputation in a market") struct ReputationTests {
  private static let all: [ReputationChoice] = [
    .contract, .beta(memory: 0.98), .ewma(weight: 0.1, initial: 0.5), .eigenTrust(weight: 0.1),
  ]

  /// Ten hosts that fail four jobs in five, and thirty that fail none.
  private static func market(
    models: [ReputationChoice] = all, assignment: AssignmentPolicy = .random, minutes: Int64 = 120
  ) -> MarketConfiguration {
    var crooks = Bed.homes(10, name: "crooks", spread: 0)
    crooks.behaviour = HostConduct(abandoning: Abandoning(0.8))
    var renters = Bed.many(rate: 0.6, timeToComplete: .seconds(120))
    renters.lengths = .fixed(prompt: 200, output: 50)
    var configuration = Bed.documentedMarket(
      minutes: minutes, hosts: [crooks, Bed.homes(30, spread: 0)], renters: [renters],
      assignment: assignment
    ) { rules in
      rules.slash = 0
    }
    configuration.reputationModels = models
    return configuration
  }

  @Test("tell apart who fails and who does not, sooner or later") func separation() throws {
    let run = try RecordedRun(Self.market())
    for model in ["contract", "beta", "ewma", "eigen_trust"] {
      #expect(run.number("reputation_auc_\(model)") > 0.95, "\(model)")
      #expect(run.number("reputation_tau_\(model)") > 0.3, "\(model)")
      let separated = run.number("reputation_separated_\(model)")
      #expect(separated > 0 && separated < 5_400, "\(model): \(separated)")
    }
    // The truth is 0.2 and 1: a Beta mean is near it, and everybody's score at the start is not.
    #expect(run.number("reputation_brier_beta") < 0.03)
    let table = run.table("reputation_models")
    #expect(Set(table.texts("model")) == ["contract", "beta", "ewma", "eigenTrust"])
    // 48 rounds and the horizon.
    #expect(table.rows.count == 4 * 2 * 49)
    let last = try #require(
      table.rows.indices.last {
        table.text($0, "model") == "beta" && table.text($0, "cohort") == "crooks"
      })
    let mean = try #require(table.real(last, "score_mean"))
    #expect((mean - 0.2).magnitude < 0.12)
  }

  @Test("are not judged by those that they are told of") func known() throws {
    var configuration = Self.market(minutes: 30)
    configuration.detection.seeds = 30
    let run = try RecordedRun(configuration)
    // All honest ones are known, so that nobody is left to tell the crooks from.
    #expect(run.number("reputation_auc_eigen_trust").isNaN)
    #expect(run.number("reputation_auc_beta") > 0.5)
  }

  @Test("change nothing unless routers ask them") func bystanders() throws {
    let with = try RecordedRun(Self.market(minutes: 30))
    let without = try RecordedRun(Self.market(models: [], minutes: 30))
    #expect(with.digest == without.digest)
    #expect(without.table("reputation_models").rows.isEmpty)
    #expect(without.number("reputation_tau_beta").isNaN)
  }

  @Test("are told from the truth by what was really done") func truth() throws {
    // Made-up results come at once and are rated well, and careless honest hosts fail some jobs.
    var liars = Bed.homes(20, name: "liars", spread: 0)
    liars.behaviour = HostConduct(lazy: Lazy())
    var careless = Bed.homes(20, name: "careless", spread: 0)
    careless.behaviour = HostConduct(abandoning: Abandoning(0.2))
    var configuration = Self.market()
    configuration.hosts = [liars, careless]
    let run = try RecordedRun(configuration)
    let rows = run.table("reputation")
    let last = try #require(rows.rows.indices.last)
    let correlation = try #require(rows.real(last, "rank_correlation"))
    #expect(correlation < -0.5, "\(correlation)")
    // Twenty ties of liars with each other count against it.
    #expect(run.number("reputation_tau_contract") < -0.3)
  }

  @Test("keep routers from those who fail", arguments: ReputationChoice.Name.allCases)
  func routing(_ name: ReputationChoice.Name) throws {
    let random = try RecordedRun(Self.market())
    let routed = try RecordedRun(Self.market(assignment: .reputation(by: name)))
    #expect(
      routed.measured.failures * 4 < random.measured.failures,
      "\(routed.measured.failures) of \(random.measured.failures)")
    // Whoever is best gets all that it can take.
    #expect(routed.number("revenue_hhi") > 1.5 * random.number("revenue_hhi"))
  }

  @Test("give the first of equals all that it has room for") func ties() throws {
    var configuration = Bed.documentedMarket(
      minutes: 30, hosts: [Bed.homes(5, spread: 0)],
      renters: [Bed.trace((0..<10).map { (Double($0) * 120 + 5, 200, 20) })],
      assignment: .reputation(by: .beta))
    configuration.reputationModels = [.beta(memory: 1)]
    let run = try RecordedRun(configuration)
    #expect(run.hosts.map(\.completed) == [10, 0, 0, 0, 0])
  }

  @Test("say how long newcomers wait for work and for standing") func newcomers() throws {
    var ghosts = Bed.homes(8, name: "ghosts", spread: 0)
    ghosts.behaviour = HostConduct(
      abandoning: Abandoning(0.7), whitewashing: Whitewashing(below: 90))
    ghosts.reserve = 5_000
    ghosts.review = .minutes(5)
    var configuration = Bed.documentedMarket(
      minutes: 240, hosts: [ghosts, Bed.homes(8, spread: 0)],
      renters: [Bed.many(rate: 0.3, timeToComplete: .seconds(120))], assignment: .random
    ) { rules in
      rules.slash = 100
      rules.registrationLimit = 1_000
    }
    configuration.reputationModels = Self.all
    let run = try RecordedRun(configuration)
    #expect(run.measured.identitiesChanged > 8)
    let wait = run.number("newcomer_first_job")
    #expect(wait > 1 && wait < 600, "\(wait)")
    // Who gives up identities that fail never scores as the honest do.
    #expect(run.number("newcomer_parity_beta").isNaN)
  }
}
