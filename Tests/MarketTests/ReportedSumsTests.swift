import Contracts
import Quantities
import Testing

@testable import Market

/// Metrics and tables against sums that anyone can make of the other tables.
@Suite("What is reported adds up") struct ReportedSumsTests {
  /// 20 lazy hosts whose jobs all pay 0.18 USD, an arbiter that errs, and a window of two minutes.
  private static func disputed(accuracy: UInt64 = 8_000) -> MarketConfiguration {
    var cohort = Bed.homes(20, name: "crooks", spread: 0)
    cohort.behaviour = HostConduct(lazy: Lazy(0.5))
    cohort.reserve = 1_000_000
    var renters = Bed.many(rate: 1.5)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    renters.disputes = Disputing(notices: 0.5, frivolous: 0.2)
    var configuration = Bed.documentedMarket(
      minutes: 60, hosts: [cohort], renters: [renters], verifiers: 3, assignment: .random
    ) { rules in
      rules.payoutWithoutProof = .afterChallengeWindow
      rules.challengePeriod = 120
      rules.arbiterDelay = 60
      rules.arbiterAccuracy = accuracy
    }
    configuration.verifiers.checkRate = 0.2
    return configuration
  }

  @Test("every payment is with its host, back, waiting or in an open job") func payments() throws {
    let run = try RecordedRun(Self.disputed())
    #expect(run.measured.disputesUpheld > run.measured.cheatsDetected + 50)
    let escrowed = run.renters.reduce(0) { $0 + $1.paid }
    // Not taken by the contract yet.
    let open = run.open.filter { $0.postedAt > .zero && $0.settledAt == .zero }
      .reduce(0) { $0 + $1.payment }
    let parts =
      run.number("payments_usdc") + run.number("payments_pending_usdc")
      + run.number("refunded_funds_usdc") + run.number("stuck_funds_usdc") + Double(open) * 1e-6
    #expect((parts - Double(escrowed) * 1e-6).magnitude < 1e-6)
    #expect((run.number("payment_per_job_usdc") - 0.18).magnitude < 1e-12)
    #expect(run.number("payments_pending_usdc") > 0.18)
  }

  @Test("a job ends once, whatever an arbiter says of it later") func ended() throws {
    var configuration = Self.disputed()
    configuration.reputationModels = [.contract]
    let run = try RecordedRun(configuration)
    let ended = run.hosts.reduce(0) { $0 + $1.jobsEnded }
    #expect(ended == run.hosts.reduce(0) { $0 + $1.completed + $1.failed - $1.overturned })
    #expect(run.hosts.reduce(0) { $0 + $1.overturned } == run.measured.disputesUpheld)
    #expect(Int(ended) <= run.measured.claimed && Int(ended) > run.measured.claimed - 50)
    // Nobody failed a job by a deadline, but what was made up is no good work either.
    let rows = run.table("reputation")
    let correlation = try #require(rows.real(rows.rows.count - 1, "rank_correlation"))
    #expect(correlation.magnitude <= 1)
  }

  @Test("a payment that comes back can be spent again, and is with whom the rules send it")
  func refunds() throws {
    var ghosts = Bed.homes(50, name: "ghosts", spread: 0)
    ghosts.behaviour = HostConduct(abandoning: Abandoning(1))
    ghosts.reserve = 1_000_000
    var renters = Bed.many(rate: 0.5, timeToComplete: .seconds(60))
    renters.count = 20
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    renters.budget = 0.4
    for reaches in [true, false] {
      let configuration = Bed.documentedMarket(
        minutes: 180, hosts: [ghosts], renters: [renters], assignment: .random
      ) {
        $0.renterIsRenter = reaches
        $0.postLimit = 1_000
        $0.rapidLimit = 1_000
      }
      let run = try RecordedRun(configuration)
      let paid = run.renters.map(\.paid)
      // Two jobs of 0.18 USDC are all that they could pay for at once.
      #expect(reaches == (paid.max() ?? 0 > 400_000))
      #expect(reaches == (run.number("misdirected_refunds_usdc") == 0))
      #expect(reaches == (run.number("refunded_funds_usdc") > 0))
    }
  }

  @Test("what renters of a host's own spend is its cost") func puppets() throws {
    var washers = Bed.homes(5, name: "washers", spread: 0)
    washers.behaviour = HostConduct(
      washTrading: WashTrading(Puppets(rate: 20.0 / 3_600), outside: 0.3))
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: [washers, Bed.homes(20, spread: 0)], renters: [Bed.many(rate: 0.3)],
      assignment: .random)
    // What was paid before is worth what it was worth then.
    configuration.changes.append(MarketChange(at: .minutes(60), effect: .ethPrice(1_500)))
    let run = try RecordedRun(configuration)
    let cohorts = run.table("cohorts")
    let puppets = run.renters.filter { $0.cohort == 1 }
    let spent = puppets.reduce(0.0) { $0 + Double($1.paid) - Double($1.refunded) } * 1e-6
    #expect(puppets.count == 15 && spent > 0)
    #expect((try #require(cohorts.real(0, "puppets")) - spent).magnitude < 1e-12)
    #expect(cohorts.real(1, "puppets") == 0)
    let gas = run.table("gas")
    var fees = 0.0
    for row in gas.rows.indices where ["renter", "host"].contains(gas.text(row, "role")) {
      fees += try #require(gas.real(row, "fee"))
    }
    let ours = try cohorts.rows.indices.reduce(0) {
      $0 + (try #require(cohorts.real($1, "fees")))
    }
    // The rest is what the market's own renters paid.
    let eth = run.renters.filter { $0.cohort == 0 }.reduce(0.0) { $0 + Double($1.fees) } * 1e-18
    #expect(fees - ours > eth * 1_500 && fees - ours < eth * 3_000)
    let table = run.table("hosts")
    for (cohort, name) in ["washers", "home"].enumerated() {
      var profit = 0.0
      for row in table.rows.indices where table.text(row, "cohort") == name {
        profit += try #require(table.real(row, "profit"))
      }
      #expect((try #require(cohorts.real(cohort, "profit")) - profit).magnitude < 1e-9)
    }
  }

  @Test("a host's row holds all that its cohort's does") func hostRows() throws {
    var configuration = Self.disputed()
    configuration.rules.values.disputeBond = UInt256(5) * UInt256(1_000_000_000_000_000_000)
    configuration.hosts[0].rent = 0.01
    let run = try RecordedRun(configuration)
    let (hosts, cohorts) = (run.table("hosts"), run.table("cohorts"))
    for column in ["bonds", "slashed", "rent", "energy_cost", "profit"] {
      let sum = try hosts.rows.indices.reduce(0.0) { $0 + (try #require(hosts.real($1, column))) }
      let whole = try #require(cohorts.real(0, column))
      #expect(whole != 0 && (sum - whole).magnitude < 1e-9 * whole.magnitude, "\(column)")
    }
    // Over the jobs whose payment is decided, and no others.
    let settled = run.books.reduce(0) { $0 + Int($1.settled) }
    #expect(settled < run.measured.completed && settled > run.measured.completed - 400)
    #expect(settled == run.measured.paid + run.measured.disputesUpheld)
  }

  @Test("who leaves is in the market until it has done what it took on") func leaving() throws {
    var racks = Bed.racks(6, sequences: 32)
    racks.participation = Participation(initially: 1, exit: 1, entry: 0)
    racks.review = .minutes(5)
    racks.rent = 1_000
    var renters = Bed.many(rate: 2)
    renters.lengths = .fixed(prompt: 2_000, output: 20_000)
    let run = try RecordedRun(
      Bed.documentedMarket(minutes: 60, hosts: [racks], renters: [renters], assignment: .random))
    #expect(run.measured.hostExits > 0)
    let table = run.table("hosts")
    for row in table.rows.indices {
      #expect(try #require(table.real(row, "utilisation")) <= 1)
    }
  }

  @Test(
    "slashing.csv sends stake where it went",
    arguments: [SlashDestination.treasury, .burn, .renter, .challenger])
  func receivers(destination: SlashDestination) throws {
    var configuration = Self.disputed(accuracy: 10_000)
    configuration.rules.values.slashTo = destination
    configuration.hosts[0].behaviour = HostConduct(lazy: Lazy(0.2), forging: Forging(0.5))
    configuration.renters[0].proofRequired = 0.5
    configuration.challengers = ChallengerConfiguration(count: 3, checkRate: 0.3)
    let run = try RecordedRun(configuration)
    let rows = run.table("slashing")
    var sums: [String: Double] = [:]
    for row in rows.rows.indices {
      let cause = rows.text(row, "cause")
      let key = "\(cause) \(rows.text(row, "to"))"
      sums[key, default: 0] += try #require(rows.real(row, "amount"))
    }
    let penalties = 20 * Double(run.measured.challengesWon)
    #expect(run.measured.challengesWon > 20 && run.measured.disputesUpheld > 20)
    switch destination {
    case .treasury, .burn, .renter:
      let word = "\(destination)"
      #expect(Set(sums.keys) == ["challenge challenger", "challenge \(word)", "dispute \(word)"])
      #expect(sums["challenge challenger"] == penalties)
    case .challenger:
      #expect(Set(sums.keys) == ["challenge challenger", "dispute treasury"])
      #expect(try #require(sums["challenge challenger"]) > penalties)
    }
    let whole = sums.values.reduce(0, +)
    #expect((whole - run.number("stake_slashed_fab")).magnitude < 1e-6)
    #expect((whole - run.hosts.reduce(0) { $0 + $1.slashed }).magnitude < 1e-6)
    let gained = rows.rows.indices.reduce(0.0) {
      $0 + (rows.text($1, "to") == "challenger" ? rows.real($1, "amount") ?? 0 : 0)
    }
    #expect((run.number("challengers_gain_fab") - gained).magnitude < 1e-6)
    let stake = configuration.rules.values.minStake.approximate * 1e-18
    let back =
      run.number("dishonest_return_on_stake_per_day") * stake * configuration.chain.fabPrice
    let profit = run.number("dishonest_profit_per_host_day_usd")
    #expect((back - profit).magnitude < 1e-9 * profit.magnitude)
    #expect(run.number("challengers_checks") > Double(run.measured.challenges) - 1)
    #expect(run.number("check_share") > 0.1 && run.number("check_share") < 0.3)
  }

  @Test("a host is up only while it is in the market") func upTime() throws {
    var comers = Bed.homes(20, name: "comers", spread: 0)
    comers.participation = Participation(initially: 0.5)
    comers.availability = HostCohort.Availability(up: .minutes(20), down: .minutes(20))
    comers.review = .minutes(10)
    comers.rent = 1e-5
    let run = try RecordedRun(
      Bed.documentedMarket(minutes: 120, hosts: [comers], renters: [Bed.renters(rate: 0.05)]))
    #expect(run.measured.hostExits + run.measured.hostEntries > 3)
    let table = run.table("hosts")
    var share = 0.0
    for row in table.rows.indices { share += try #require(table.real(row, "up_share")) / 20 }
    #expect((share - run.number("hosts_up")).magnitude < 1e-12)
    #expect(share > 0.1 && share < 0.5)
    #expect(run.measured.hostsUp == run.hosts.count { $0.isUp && !$0.isAway })
    let series = run.table("timeseries")
    var level = 0.0
    for row in series.rows.indices {
      level += Double(try #require(series.integer(row, "hosts_up"))) / 20
    }
    // Sampled now and then; the metric is the average over time.
    #expect((level / Double(series.rows.count) - share).magnitude < 0.03)
  }

  @Test("whoever the contract turns away counts as turned away") func turnedAway() throws {
    var abandoning = Bed.homes(20)
    abandoning.behaviour = HostConduct(abandoning: Abandoning(0.5))
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: [abandoning],
      renters: [Bed.many(rate: 0.5, timeToComplete: .seconds(60))])
    configuration.emergency = EmergencyCouncil(
      failures: 20, window: .minutes(10), delay: .seconds(30), pause: .minutes(10))
    let run = try RecordedRun(configuration)
    let reverted = run.table("transactions").texts("status").count { $0 == "Contract is paused" }
    #expect(reverted > 0, "posts under way when the council paused")
    let away = run.number("requests_limited") + run.number("requests_halted")
    let ended = run.number("jobs_requested") - run.number("jobs_open")
    #expect(run.number("genuine_turned_away_share") == away / ended)
    #expect(run.number("genuine_unserved_fraction") == run.number("unserved_fraction"))
    let limits = run.table("ratelimits")
    #expect(limits.integer(0, "accepted") == run.measured.requested - Int(away))
    #expect(limits.amount(0, "fees") == UInt256(run.renters.reduce(0) { $0 + $1.fees }))
    // Renters who try again do so after a reverted post, too.
    configuration.renters[0].retry = Retrying(after: .minutes(3), attempts: 8)
    configuration.renters[0].patience = .endless
    let patient = try RecordedRun(configuration)
    #expect(patient.number("requests_halted") < 0.2 * run.number("requests_halted"))
  }

  @Test("votes, proposals and challengers' gain leave the warm-up out") func warmUp() throws {
    var configuration = Self.disputed(accuracy: 10_000)
    configuration.hosts[0].behaviour = HostConduct(forging: Forging(0.5))
    // Few enough for three verifiers.
    configuration.renters = [Bed.many(rate: 0.5, proofs: 1)]
    configuration.rules.values.challengePeriod = 300
    configuration.rules.values.slash = 0
    configuration.rules.values.votingPeriod = 100
    configuration.rules.values.timeLock = 60
    configuration.challengers = ChallengerConfiguration(count: 3, checkRate: 0.3)
    configuration.governance = GovernanceConfiguration(
      voters: [.init(name: "founders", count: 3, tokens: 200_000, turnout: 1, support: 1)],
      proposals: [5, 35].map {
        .init(
          at: .minutes($0), by: 0, updates: [.init(key: "fee", value: 200, text: "2 %")],
          support: [nil])
      })
    let whole = try RecordedRun(configuration)
    #expect(whole.number("votes_cast") == 6 && whole.number("proposals_executed") == 2)
    let rest = try RecordedRun(configuration, warmUp: .minutes(30))
    #expect(rest.number("votes_cast") == 3 && rest.number("proposals_executed") == 1)
    // Every challenge is won in the end.
    let expected = rest.number("stake_slashed_fab")
    #expect((rest.number("challengers_gain_fab") - expected).magnitude < 1e-6)
    #expect(rest.number("challenges_won") > 20)
    #expect(rest.number("challengers_gain_fab") < 0.8 * whole.number("challengers_gain_fab"))
  }

  @Test("reputations are measured at the horizon, once") func horizon() throws {
    var configuration = Bed.documentedMarket(
      minutes: 50, hosts: [Bed.homes(10)], renters: [Bed.renters(rate: 0.2)])
    configuration.reputationModels = [.contract, .beta(memory: 1)]
    // 60 samples, the last at the end, and 48 rounds: 62.5 s apart, after samples 50 s apart.
    configuration.outputs.sampleInterval = .seconds(50)
    let table = try RecordedRun(configuration).table("reputation_models")
    let times = try table.rows.indices.map { try #require(table.ticks($0, "time")) }
    let last: Int64 = 3_000_000_000_000
    #expect(times.max() == last && times.count { $0 == last } == 2)
  }
}
