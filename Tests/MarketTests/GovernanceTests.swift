import Contracts
import Quantities
import Testing

@testable import Market

@Suite("Governance during a run") struct GovernanceTests {
  typealias Voters = GovernanceConfiguration.Voters

  private static let founders = [
    Voters(name: "founders", count: 1, tokens: 200_000, turnout: 1, support: 1)
  ]

  private static func market(
    _ voters: [Voters], _ updates: [(String, UInt256)], support: [Double?]? = nil,
    hosts: [HostCohort] = [Bed.homes(20, spread: 0)]
  ) -> MarketConfiguration {
    var renters = Bed.many(rate: 0.5)
    renters.lengths = .fixed(prompt: 1_000, output: 200)
    var configuration = Bed.documentedMarket(
      minutes: 120, hosts: hosts, renters: [renters], assignment: .random
    ) { rules in
      rules.votingPeriod = 300
      rules.timeLock = 600
    }
    configuration.governance = GovernanceConfiguration(
      voters: voters,
      proposals: [
        GovernanceConfiguration.Proposal(
          at: .minutes(10), by: 0,
          updates: updates.map { .init(key: $0.0, value: $0.1, text: "\($0.1)") },
          support: support ?? voters.map { _ in nil })
      ])
    return configuration
  }

  @Test(
    "puts a passed change in force after the vote and the time lock, and the market lives under it")
  func passes() throws {
    let voters = [
      Voters(name: "founders", count: 5, tokens: 200_000, turnout: 1, support: 1),
      Voters(name: "holders", count: 400, tokens: 500_000, pareto: 1.5, turnout: 0.2, support: 0.2),
    ]
    let run = try RecordedRun(Self.market(voters, [("fee", 2_000)]))
    let table = run.table("governance")
    #expect(table.texts("outcome") == ["executed"])
    // 10 min, one block of delay, 300 blocks of 2 s, and 10 min of lock, each to the next blocks.
    let executed = try #require(table.ticks(0, "executed"))
    #expect(executed > 1_800_000_000_000 && executed < 1_830_000_000_000)
    // Half an hour at 1 %, an hour and a half at 20 %.
    let share = run.number("platform_fees_usdc") / run.number("payments_usdc")
    #expect((share - (0.01 * 0.25 + 0.2 * 0.75)).magnitude < 0.01, "\(share)")
    let ballots = try #require(table.integer(0, "ballots"))
    #expect(ballots > 50 && ballots < 120)
    #expect(run.number("proposals_executed") == 1)
    try expectVotesAddUp(run, ballots: ballots)
  }

  private func expectVotesAddUp(_ run: RecordedRun, ballots: Int) throws {
    let (table, votes) = (run.table("governance"), run.table("votes"))
    #expect(votes.texts("cohort") == ["founders", "holders"])
    #expect(votes.total("ballots_for") + votes.total("ballots_against") == ballots)
    for column in ["votes_for", "votes_against"] {
      #expect(votes.amountTotal(column) == table.amountTotal(column))
    }
    // All founders vote, and all of them for it.
    #expect(votes.integer(0, "ballots_for") == 5 && votes.integer(0, "ballots_against") == 0)
    #expect(votes.real(0, "turnout") == 1)
    let shares = try (0..<2).map { try #require(votes.real($0, "share_of_votes")) }
    #expect((shares[0] + shares[1] - 1).magnitude < 1e-12 && shares[0] > 0.5)
  }

  @Test("changes nothing without a quorum") func quorum() throws {
    let voters = [
      Voters(name: "founders", count: 1, tokens: 20_000, turnout: 1, support: 1),
      Voters(name: "holders", count: 50, tokens: 900_000, turnout: 0),
    ]
    let run = try RecordedRun(Self.market(voters, [("fee", 2_000)]))
    #expect(run.table("governance").texts("outcome") == ["defeated"])
    let share = run.number("platform_fees_usdc") / run.number("payments_usdc")
    #expect((share - 0.01).magnitude < 1e-4)
  }

  @Test("changes nothing against a majority, and a delegate votes with what it was lent")
  func delegation() throws {
    let voters = [
      Voters(name: "founders", count: 1, tokens: 150_000, turnout: 1, support: 1),
      Voters(name: "holders", count: 100, tokens: 400_000, turnout: 1, delegated: 1),
    ]
    let run = try RecordedRun(
      Self.market(voters, [("fee", 2_000)], support: [nil, 0]))
    let table = run.table("governance")
    #expect(table.texts("outcome") == ["defeated"])
    // One founder and one delegate cast a vote each.
    #expect(table.integer(0, "ballots") == 2)
    let coin = UInt256(1_000_000_000_000_000_000)
    #expect(table[0, "votes_against"] == .amount(UInt256(400_000) * coin))
    #expect(table[0, "votes_for"] == .amount(UInt256(150_000) * coin))
  }

  @Test("is captured by whoever holds most of what is voted") func capture() throws {
    // A tenth of the supply outvotes everybody where nobody else turns out.
    func outcome(turnout: Double) throws -> [String] {
      let voters = [
        Voters(name: "whale", count: 1, tokens: 110_000, turnout: 1, support: 1),
        Voters(name: "holders", count: 500, tokens: 800_000, turnout: turnout, support: 0),
      ]
      return try RecordedRun(Self.market(voters, [("slash", 0)])).table("governance")
        .texts("outcome")
    }
    #expect(try outcome(turnout: 0.02) == ["executed"])
    #expect(try outcome(turnout: 0.5) == ["defeated"])
  }

  @Test("bars hosts from claiming that lack a stake it raised") func stake() throws {
    let coin = UInt256(1_000_000_000_000_000_000)
    var poor = Bed.homes(10, name: "poor", spread: 0)
    poor.topUp = .never
    let rich = {
      var cohort = Bed.homes(10, name: "rich", spread: 0)
      cohort.extraStake = 500
      return cohort
    }()
    // With 1,000 FAB besides their stake.
    let keen = Bed.homes(10, name: "keen", spread: 0)
    let run = try RecordedRun(
      Self.market(
        Self.founders, [("minStake", UInt256(1_400) * coin)], hosts: [poor, rich, keen]))
    #expect(run.table("governance").texts("outcome") == ["executed"])
    #expect(run.hosts.allSatisfy { $0.isBarred == ($0.cohort == 0) })
    let stakes = [1_000, 1_500, 1_400].map { UInt256(UInt64($0)) * coin }
    #expect(run.stakes == run.hosts.map { stakes[Int($0.cohort)] })
    #expect((run.measured.toppedUp - 10 * 400).magnitude < 1e-9)
  }

  @Test(
    "has the last word over a change of the same rule that ends later", arguments: [2_000, 5_000])
  func lastWord(vote: UInt64) throws {
    var configuration = Self.market(Self.founders, [("fee", UInt256(vote))])
    configuration.changes.append(
      MarketChange(
        at: .minutes(20), duration: .minutes(30), effect: .rule(key: "fee", value: 5_000)))
    let run = try RecordedRun(configuration)
    let executed = try #require(run.table("governance").ticks(0, "executed"))
    let minute = Double(executed) / 60e9
    #expect(minute > 30 && minute < 31)
    let parts = 20 * 0.01 + (minute - 20) * 0.5 + (120 - minute) * Double(vote) / 10_000
    let share = run.number("platform_fees_usdc") / run.number("payments_usdc")
    #expect((share - parts / 120).magnitude < 0.015, "\(share)")
  }

  @Test("deals out every vote, by a Pareto law where asked") func shares() {
    let equal = Voters(name: "a", count: 7, tokens: 100).shares
    #expect(equal.reduce(0, +) == 100 && equal.allSatisfy { $0 >= 14 })
    let law = Voters(name: "b", count: 1_000, tokens: 1_000_000, pareto: 1.16).shares
    #expect(law.reduce(0, +) == 1_000_000)
    // The shape that gives a fifth of the holders four fifths; the middles of the parts cut the tail.
    let top = Double(law.prefix(200).reduce(0, +)) / 1e6
    #expect(top > 0.65 && top < 0.82, "\(top)")
  }
}
