import EVM
import Quantities
import Statistics
import Testing

@testable import Market

@Suite("The life of a job") struct LifecycleTests {
  private static let block = SimDuration.seconds(2).nanoseconds

  @Test("is ordered in time, on the chain in whole blocks", arguments: MarketCase.allCases)
  func order(_ market: MarketCase) throws {
    var configuration = market.configuration
    configuration.regions.jitter = 0
    let run = try RecordedRun(configuration)
    let jobs = run.table("jobs")
    let regions = configuration.regions
    for row in jobs.rows.indices {
      let arrived = try #require(jobs.ticks(row, "arrived"))
      var last = arrived
      for column in ["posted", "claimed", "settled"] {
        guard let time = jobs.ticks(row, column) else { continue }
        #expect(time > last && time % Self.block == 0, "job \(row), \(column)")
        last = time
      }
      guard let claimed = jobs.ticks(row, "claimed"), let computed = jobs.ticks(row, "computed"),
        let firstToken = jobs.ticks(row, "first_token"), let host = jobs.integer(row, "host"),
        let renter = jobs.integer(row, "renter")
      else { continue }
      let from = Int(run.renters[renter].region)
      let to = Int(run.hosts[host].region)
      let trip = regions.roundTrip[from * regions.names.count + to].nanoseconds
      // The first token is timed at the renter, the last at the host.
      // A made-up result is there as soon as the prompt.
      #expect(firstToken >= claimed + trip && firstToken - trip / 2 <= computed)
      if let settled = jobs.ticks(row, "settled") { #expect(computed < settled) }
    }
    #expect(jobs.rows.count == run.measured.requested)
  }

  @Test("is served once, by the host that claimed it", arguments: MarketCase.allCases)
  func servedOnce(_ market: MarketCase) throws {
    let run = try RecordedRun(market.configuration)
    let jobs = run.table("jobs")
    let transactions = run.table("transactions")
    var sent: [Int: [String: Int]] = [:]
    for row in transactions.rows.indices where transactions.text(row, "status") == "success" {
      guard let job = transactions.integer(row, "job") else { continue }
      sent[job, default: [:]][transactions.text(row, "function"), default: 0] += 1
    }
    var completed = [Int](repeating: 0, count: run.hosts.count)
    for row in jobs.rows.indices {
      let job = try #require(jobs.integer(row, "job"))
      let counts = sent[job] ?? [:]
      let posts = (counts["postJobWithToken"] ?? 0) + (counts["postJob"] ?? 0)
      #expect(posts == (jobs.ticks(row, "posted") == nil ? 0 : 1))
      #expect((counts["claimJob"] ?? 0) == (jobs.ticks(row, "claimed") == nil ? 0 : 1))
      #expect((counts["completeJob"] ?? 0) == (jobs.ticks(row, "settled") == nil ? 0 : 1))
      #expect((counts["rateHost"] ?? 0) <= (jobs.ticks(row, "settled") == nil ? 0 : 1))
      if let host = jobs.integer(row, "host"), jobs.ticks(row, "settled") != nil {
        completed[host] += 1
      }
    }
    #expect(run.table("hosts").integers("jobs_completed") == completed)
  }

  @Test("reverts only in ways that the contracts have", arguments: MarketCase.allCases)
  func reverts(_ market: MarketCase) throws {
    let run = try RecordedRun(market.configuration)
    let transactions = run.table("transactions")
    var seen: Set<String> = []
    for row in transactions.rows.indices {
      let status = transactions.text(row, "status")
      seen.insert("\(transactions.text(row, "function")) \(status)")
      #expect((transactions.integer(row, "gas") ?? 0) >= 21_000)
    }
    var allowed: Set<String> = [
      "postJobWithToken success", "claimJob success", "completeJob success", "rateHost success",
    ]
    switch market {
    case .raceOfThree, .raceOnRacks: allowed.insert("claimJob Job not available")
    case .ethMarket, .documented: break
    case .proofs: allowed.formUnion(Self.proven)
    case .documentedOutages: allowed.formUnion(Self.proven + Self.recovered)
    case .provenOnGPU:
      allowed.formUnion(
        Self.proven + Self.recovered + ["cancelJob success", "claimJob Insufficient stake"])
    case .documentedImpatience: allowed.insert("cancelJob success")
    case .documentedRace: allowed.insert("claimJob Job already claimed")
    case .halts:
      allowed.formUnion(
        Self.recovered + ["claimJob Contract is paused", "postJobWithToken Contract is paused"])
    case .rateLimits: break
    case .releases: allowed.formUnion(Self.proven + ["releasePayment success"])
    case .wholePromptsDocumented: allowed.formUnion(Self.proven)
    case .slashedOut: allowed.formUnion(Self.recovered + ["cancelJob success"])
    case .paidInETH:
      allowed.formUnion(["postJob success", "completeJob Job deadline passed"])
      allowed.remove("postJobWithToken success")
    case .paidInETHByWallets:
      allowed.formUnion(["postJob success", "cancelJob success"])
      allowed.remove("postJobWithToken success")
    case .crooks, .paidInBoth:
      if market == .paidInBoth { allowed.insert("postJob success") }
      allowed.formUnion(
        Self.proven + Self.recovered + [
          "releasePayment success", "disputeResult success", "resolveDispute success",
          "claimJob Insufficient stake", "releasePayment Job not completed", "cancelJob success",
        ])
    case .claimsExpire: allowed = ["postJobWithToken success", "claimJob Job expired"]
    case .completionsExpire, .fullBlocks, .outages:
      allowed.formUnion(["claimJob Job expired", "completeJob Deadline passed"])
    default: break
    }
    #expect(seen.isSubset(of: allowed), "\(seen)")
    switch market {
    case .raceOfThree: #expect(seen.contains("claimJob Job not available"))
    case .documentedRace: #expect(seen.contains("claimJob Job already claimed"))
    case .proofs, .releases, .wholePromptsDocumented: #expect(seen == allowed)
    case .documentedImpatience, .slashedOut: #expect(seen.contains("cancelJob success"))
    case .halts: #expect(run.measured.pauses > 0 && run.measured.halted > 10)
    case .rateLimits: #expect(run.measured.limited > 100)
    case .claimsExpire: #expect(seen == allowed)
    case .completionsExpire, .outages: #expect(seen.contains("completeJob Deadline passed"))
    default: break
    }
  }

  private static let proven = ["submitProof success", "verifyProof success"]
  private static let recovered = [
    "failJob success", "topUp success", "completeJob Job deadline passed",
  ]

  @Test("losers of a race pay for a claim that reverts, and the first in the block wins")
  func race() throws {
    let run = try RecordedRun(MarketCase.raceOfThree.configuration)
    let transactions = run.table("transactions")
    let jobs = run.table("jobs")
    var winner: [Int: Int] = [:]
    var lost = 0
    for row in transactions.rows.indices where transactions.text(row, "function") == "claimJob" {
      let job = try #require(transactions.integer(row, "job"))
      let sender = try #require(transactions.integer(row, "sender"))
      if transactions.text(row, "status") == "success" {
        #expect(winner[job] == nil, "a job is claimed once")
        winner[job] = sender
      } else {
        #expect(winner[job] != nil && winner[job] != sender, "lost to an earlier claim of another")
        #expect(transactions.amount(row, "fee_l2") > .zero)
        lost += 1
      }
    }
    for row in jobs.rows.indices {
      guard let host = jobs.integer(row, "host"), let job = jobs.integer(row, "job") else {
        continue
      }
      #expect(Int(run.hosts[host].account.index) == winner[job])
    }
    #expect(lost > 500)
    #expect(run.table("hosts").total("claims_lost") == lost)
  }

  @Test("never sends two claims for one job from one host") func oneClaimEach() throws {
    let run = try RecordedRun(MarketCase.raceOnRacks.configuration)
    let transactions = run.table("transactions")
    var claims: Set<[Int]> = []
    for row in transactions.rows.indices where transactions.text(row, "function") == "claimJob" {
      let pair = [
        try #require(transactions.integer(row, "job")),
        try #require(transactions.integer(row, "sender")),
      ]
      #expect(claims.insert(pair).inserted)
    }
  }

  @Test("waits for room in the order of arrival") func firstComeFirstServed() throws {
    // One host, jobs of one length, endless patience: claims are in the order of requests.
    let run = try RecordedRun(
      Bed.market(
        hosts: [Bed.homes(1)],
        renters: [
          Bed.renters(rate: 0.5, lengths: .fixed(prompt: 100, output: 200), patience: .endless)
        ]))
    let jobs = run.table("jobs")
    var claimed: [(job: Int, at: Int64)] = []
    for row in jobs.rows.indices {
      guard let at = jobs.ticks(row, "claimed"), let job = jobs.integer(row, "job") else {
        continue
      }
      claimed.append((job, at))
    }
    claimed.sort { $0.at < $1.at }
    #expect(claimed.map(\.job) == Array(0..<claimed.count))
    #expect(claimed.count > 100 && run.live.count > 100, "the line is never empty")
  }

  @Test("a job too long for the host that has room does not hold up shorter ones") func longJob()
    throws
  {
    // The small model's window is 4,096 tokens; one large host holds the long jobs.
    let small = Bed.homes(1, name: "small", gpu: "rtx3060", spread: 0)
    let large = Bed.racks(1, sequences: 1)
    let limits = try Population(Bed.market(hosts: [small, large], renters: [Bed.renters(rate: 1)]))
      .served.map { $0[0].tokenLimit }
    try #require(limits[0] < limits[1] - 10)
    let long = limits[0] + 1
    // 0 and 1 fill both hosts; 2 fits only the large one, which is slow with 1; 3 fits both.
    let run = try RecordedRun(
      Bed.market(
        hosts: [small, large],
        renters: [
          Bed.trace([
            (0.1, long, 8_000), (0.2, 100, 100), (0.3, long, 10), (0.4, 100, 10), (30, 100, 10),
          ])
        ]))
    let jobs = run.table("jobs")
    func claimed(_ job: Int) -> Int64? {
      jobs.rows.indices.first { jobs.integer($0, "job") == job }.flatMap {
        jobs.ticks($0, "claimed")
      }
    }
    let third = try #require(claimed(3))
    let second = try #require(claimed(2))
    #expect(third < second)
    #expect(third < SimDuration.seconds(20).nanoseconds)
  }

  @Test("is given up while it waits, exactly when patience ends") func reneging() throws {
    let run = try RecordedRun(MarketCase.impatient.configuration)
    let jobs = run.table("jobs")
    let events = run.table("events")
    var reneged: Set<Int64> = []
    for row in events.rows.indices where events.text(row, "event") == "renterReneged" {
      reneged.insert(try #require(events.ticks(row, "time")))
    }
    var left = 0
    for row in jobs.rows.indices where jobs.text(row, "outcome") == "left" {
      let arrived = try #require(jobs.ticks(row, "arrived"))
      #expect(jobs.ticks(row, "posted") == nil)
      #expect(reneged.contains(arrived + SimDuration.seconds(9).nanoseconds))
      left += 1
    }
    #expect(left > 1_000)
  }

  @Test("is given up after a patience of its own where that is memoryless") func memoryless() throws
  {
    // All come at once, to a host that is busy for the whole run.
    let requests = (0..<4_001).map { (index: Int) -> Bed.TraceRow in
      (index == 0 ? 0.1 : 100, 100, index == 0 ? 100_000 : 10)
    }
    var configuration = Bed.market(
      minutes: 15, hosts: [Bed.homes(1)],
      renters: [Bed.trace(requests, patience: .exponential(mean: .seconds(60)))])
    configuration.outputs.events = true
    let run = try RecordedRun(configuration)
    let events = run.table("events")
    let ends = events.rows.indices.filter { events.text($0, "event") == "renterReneged" }
    let waits = try ends.map { Double(try #require(events.ticks($0, "time"))) * 1e-9 - 100 }
    #expect(waits.count > 3_900)
    let mean = waits.reduce(0, +) / Double(waits.count)
    let beyond = Double(waits.count { $0 > 60 }) / Double(waits.count)
    // Four standard errors of the mean and of P(patience > mean) = 1/e.
    #expect((mean - 60).magnitude < 4 * 60 / Double(waits.count).squareRoot() + 1)
    #expect((beyond - 0.3679).magnitude < 0.032)
  }

  @Test("is late exactly when it is paid and its first token comes after patience has ended")
  func late() throws {
    let run = try RecordedRun(MarketCase.impatient.configuration)
    let jobs = run.table("jobs")
    var late = 0
    for row in jobs.rows.indices where jobs.text(row, "outcome") != "open" {
      guard jobs.ticks(row, "settled") != nil, let firstToken = jobs.ticks(row, "first_token")
      else {
        #expect(jobs.text(row, "outcome") == "left")
        continue
      }
      let wait = firstToken - (jobs.ticks(row, "arrived") ?? 0)
      let isLate = wait > SimDuration.seconds(9).nanoseconds
      #expect(jobs.text(row, "outcome") == (isLate ? "late" : "served"))
      if isLate { late += 1 }
    }
    #expect(late > 100)
  }

  /// A rack loses many jobs at once, a home one.
  @Test(
    "survives every outage of its host",
    arguments: [HostCohort.Discipline.fifo, .continuousBatching])
  func outages(discipline: HostCohort.Discipline) throws {
    var requests: [Bed.TraceRow] = []
    let spacing = discipline == .fifo ? 10.0 : 0.5
    for index in 0..<400 {
      requests.append(
        (Double(index) * spacing, Int32(100 + index % 30), Int32(300 + index % 70)))
    }
    let outages = HostCohort.Availability(up: .seconds(40), down: .seconds(20))
    var configuration = Bed.market(
      minutes: 120,
      hosts: [
        discipline == .fifo
          ? Bed.homes(4, availability: outages)
          : Bed.racks(2, sequences: 16, availability: outages)
      ],
      renters: [Bed.trace(requests)])
    configuration.renters[0].timeToComplete = .hours(24)
    let run = try RecordedRun(configuration)
    let jobs = run.table("jobs")
    #expect(run.measured.requested == 400 && run.live.isEmpty)
    // Whoever quoted a host that goes down before the claim is served by another.
    #expect(run.measured.completed == 400)
    #expect(run.measured.stuck == 0)
    #expect(run.number("hosts_up") < 0.8)
    #expect(Set(jobs.integers("job")).count == 400)
  }

  @Test("a renter pays no more than it said, whether it waited or not") func priceLimit() throws {
    let run = try RecordedRun(MarketCase.priceLimits.configuration)
    let jobs = run.table("jobs")
    var waited = 0
    for row in jobs.rows.indices where jobs.ticks(row, "posted") != nil {
      let tokens =
        (jobs.integer(row, "prompt") ?? 0) + (jobs.integer(row, "output") ?? 0)
      #expect(jobs.amount(row, "payment") <= UInt256(UInt64(tokens * 300)))
      let gap = try #require(jobs.ticks(row, "posted")) - (jobs.ticks(row, "arrived") ?? 0)
      if gap > 2 * Self.block { waited += 1 }
    }
    #expect(waited > 100, "some of them waited in line")
  }

  @Test("under race no host serves for less than it asks") func raceAsks() throws {
    var configuration = MarketCase.race.configuration
    configuration.hosts = [Bed.homes(12, spread: 1)]
    let run = try RecordedRun(configuration)
    let jobs = run.table("jobs")
    for row in jobs.rows.indices {
      guard let number = jobs.integer(row, "host") else { continue }
      let prompt = Double(jobs.integer(row, "prompt") ?? 0)
      let output = Double(jobs.integer(row, "output") ?? 0)
      let ask = (prompt * 100 + output * 400) * run.hosts[number].priceFactor
      #expect(jobs.amount(row, "payment") >= UInt256(UInt64(ask.rounded(.up))))
    }
    #expect(run.measured.completed > 500)
  }

  @Test("under powerOfTwo waits only while nobody suitable is up") func powerOfTwoLine() throws {
    let run = try RecordedRun(MarketCase.outagesUnderPowerOfTwo.configuration)
    let series = run.table("timeseries")
    var waited = 0
    for row in series.rows.indices {
      guard let up = series.integer(row, "hosts_up"), let line = series.integer(row, "jobs_waiting")
      else { continue }
      if up > 0 { #expect(line == 0) }
      waited += line
    }
    #expect(waited > 0)
  }
}
