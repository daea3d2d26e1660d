import Detection
import Quantities
import Testing

@Suite("A detector") struct DetectorTests {
  private static func time(_ second: Int64) -> SimTime { .zero + .seconds(second) }

  @Test("of controllers counts the nodes of one controller, and none without") func controller() {
    var record = PublicRecord()
    for host in 0..<5 {
      record.recordRegistration(
        host: host, wallet: host, controller: host < 3 ? 9 : nil, at: .zero)
    }
    #expect(ControllerThreshold().scores(of: record, hosts: 6) == [3, 3, 3, 0, 0, 0])
  }

  /// Hosts 0…3: 0 and 1 fed by 10, 2 by 11, 3 by 12; 12 and 10 fed by 13, both long before.
  private static func funded() -> PublicRecord {
    var record = PublicRecord()
    record.recordTransfer(from: 13, to: 10, amount: 9, at: time(100))
    record.recordTransfer(from: 13, to: 12, amount: 9, at: time(200))
    for (source, host) in [(10, 0), (10, 1), (11, 2), (12, 3)] {
      record.recordTransfer(from: source, to: host, amount: 1, at: time(1_000))
    }
    for host in 0..<4 {
      record.recordRegistration(host: host, wallet: host, controller: nil, at: time(2_000))
    }
    return record
  }

  @Test("of funding follows as many hops as it is told") func hops() {
    let record = Self.funded()
    let window = SimDuration.seconds(1_000)
    #expect(
      FundingCluster(links: .init(hops: 1, window: window)).scores(of: record, hosts: 5) == [
        2, 2, 1, 1, 0,
      ])
    #expect(
      FundingCluster(links: .init(hops: 2, window: window)).scores(of: record, hosts: 5) == [
        3, 3, 1, 3, 0,
      ])
  }

  @Test("of funding forgets what lies outside its window") func window() {
    let record = Self.funded()
    #expect(
      FundingCluster(links: .init(hops: 2, window: .seconds(999))).scores(of: record, hosts: 4) == [
        1, 1, 1, 1,
      ])
    // The upper hop of wallet 10 lies 900 s before the lower one.
    #expect(
      FundingCluster(links: .init(hops: 2, window: .seconds(1_000))).scores(of: record, hosts: 4)[3]
        == 3)
  }

  @Test("of funding takes wide feeders for exchanges") func exchange() {
    let record = Self.funded()
    let scores = FundingCluster(links: .init(hops: 1, window: .seconds(1_000), fanOutMax: 1))
      .scores(of: record, hosts: 4)
    #expect(scores == [1, 1, 1, 1])
  }

  @Test("of behaviour finds the Jaccard index of two traces") func behaviour() {
    var record = PublicRecord()
    // Hosts 0 and 1 share 30 of 50 distinct minutes; host 2 shares none; host 3 has too few.
    for minute in 0..<40 { record.recordClaim(host: 0, at: Self.time(Int64(minute) * 60)) }
    for minute in 10..<50 { record.recordClaim(host: 1, at: Self.time(Int64(minute) * 60 + 59)) }
    for minute in 60..<90 { record.recordClaim(host: 2, at: Self.time(Int64(minute) * 60)) }
    for minute in 0..<4 { record.recordClaim(host: 3, at: Self.time(Int64(minute) * 60)) }
    // Others, so that sharing 30 minutes is no chance.
    for host in 4..<14 {
      for minute in 0..<30 {
        record.recordClaim(host: host, at: Self.time(Int64(host * 100 + minute) * 60))
      }
    }
    let scores = BehaviouralCorrelation(.claims(within: .minutes(1)))
      .scores(of: record, hosts: 14)
    // 64 entries estimate 0.6 with a standard error of 0.06.
    #expect(abs(scores[0] - 0.6) < 0.2 && scores[0] == scores[1])
    #expect(scores[2...].allSatisfy { $0 == 0 })
  }

  /// Renters 0…9 buy from hosts 0…4, renters 10…13 from hosts 5 and 6, and nobody from host 7.
  private static func divided(bridges: Int) -> PublicRecord {
    var record = PublicRecord()
    for renter in 0..<10 {
      for host in [renter % 5, (renter + 1) % 5, (renter + 3) % 5] { trade(renter, host) }
    }
    for renter in 10..<14 { for host in [5, 6] { trade(renter, host) } }
    for renter in 0..<bridges { trade(renter, 5) }
    func trade(_ renter: Int, _ host: Int) {
      record.recordPayment(renter: renter, host: host, amount: 1, at: .zero)
      record.recordRating(renter: renter, host: host, stars: 5, at: .zero)
    }
    return record
  }

  @Test("by SybilRank gives no trust where no path leads, and some over a bridge") func sybilRank()
  {
    let rank = SybilRank(seeds: [0], jobsMin: 1)
    let apart = rank.scores(of: Self.divided(bridges: 0), hosts: 8)
    #expect(apart[5] == 0 && apart[6] == 0 && apart[7] == -1)
    #expect(apart[0..<5].allSatisfy { $0 < -1 })
    let bridged = rank.scores(of: Self.divided(bridges: 1), hosts: 8)
    #expect(bridged[5] < 0 && bridged[0..<5].allSatisfy { $0 < bridged[5] })
    let settled = SybilRank(seeds: [0], steps: 2_000, jobsMin: 1)
      .scores(of: Self.divided(bridges: 1), hosts: 7)
    #expect(settled.allSatisfy { abs($0 + 1) < 1e-9 })
  }

  @Test("by SybilRank lets a poor rating cut the edge that a payment made") func poorRating() {
    var record = Self.divided(bridges: 1)
    for _ in 0..<3 { record.recordRating(renter: 0, host: 5, stars: 1, at: .zero) }
    #expect(SybilRank(seeds: [0], jobsMin: 5).scores(of: record, hosts: 8)[5] == 0)
  }

  @Test("by SybilRank leaves no trust to whom all customers rate poorly") func cheated() {
    var record = Self.divided(bridges: 0)
    for renter in 0..<5 {
      record.recordPayment(renter: renter, host: 7, amount: 1, at: .zero)
      record.recordRating(renter: renter, host: 7, stars: 1, at: .zero)
    }
    let scores = SybilRank(seeds: [0], jobsMin: 5).scores(of: record, hosts: 9)
    #expect(scores[7] == 0 && scores[8] == -1)
  }

  @Test("by trust judges nobody with fewer jobs than it asks for") func fewJobs() {
    // Hosts 0…4 have done 6 jobs each, hosts 5 and 6 have done 4.
    let record = Self.divided(bridges: 0)
    let detectors: [(Int) -> Detector] = [
      { .sybilRank(SybilRank(seeds: [0], jobsMin: $0)) },
      { .eigenTrust(EigenTrust(seeds: [0], jobsMin: $0)) },
    ]
    for detector in detectors {
      let all = detector(4).scores(of: record, hosts: 8)
      #expect(all[5] == 0 && all[6] == 0 && all[7] == -1)
      let some = detector(5).scores(of: record, hosts: 8)
      #expect(Array(some[0..<5]) == Array(all[0..<5]))
      #expect(some[5...].allSatisfy { $0 == -1 })
      #expect(detector(7).scores(of: record, hosts: 8).allSatisfy { $0 == -1 })
    }
  }

  @Test("knows those that it starts from, and no others") func known() {
    #expect(Detector.sybilRank(.init(seeds: [3, 1])).known == [3, 1])
    #expect(Detector.eigenTrust(.init(seeds: [2])).known == [2])
    #expect(Detector.fundingCluster(.init()).known.isEmpty)
    #expect(ReputationModel.eigenTrust(.init(seeds: [2])).known == [2])
    #expect(ReputationModel.beta(memory: 1).known.isEmpty)
  }

  @Test("by EigenTrust gives nothing to those whom the trusted never reach") func eigenTrust() {
    let scores = EigenTrust(seeds: [0], jobsMin: 1)
      .scores(of: Self.divided(bridges: 0), hosts: 8)
    #expect(scores[5] == 0 && scores[6] == 0 && scores[7] == -1)
    #expect(scores[0..<5].allSatisfy { $0 < -0.1 })
  }

  /// Hosts 0…2 have wallets 0…2; renter 0 has its money from host 0, renter 1 from who fed host 1,
  /// renter 2 from an exchange, which fed host 2 as well, and renter 3 no wallet that anybody knows.
  private static func washed() -> PublicRecord {
    var record = PublicRecord()
    for (source, wallet) in [(10, 0), (11, 1), (12, 2), (0, 5), (11, 6), (12, 7), (12, 8), (12, 9)]
    {
      record.recordTransfer(from: source, to: wallet, amount: 1, at: time(100))
    }
    for host in 0..<3 {
      record.recordRegistration(host: host, wallet: host, controller: nil, at: time(200))
    }
    for renter in 0..<3 { record.recordCustomer(renter: renter, wallet: 5 + renter, at: time(300)) }
    // Two of three jobs, one of four, none of two.
    for (renter, host) in [
      (0, 0), (0, 0), (2, 0), (1, 1), (2, 1), (3, 1), (0, 1), (2, 2), (3, 2),
    ] {
      record.recordPayment(
        renter: renter, host: host, amount: renter == 0 ? 0.001 : 9, at: time(400))
    }
    return record
  }

  @Test("of dealings with oneself counts the jobs that a host's own money paid for")
  func selfDealing() {
    let record = Self.washed()
    let detector = SelfDealing(links: .init(fanOutMax: 3))
    #expect(detector.scores(of: record, hosts: 4) == [2.0 / 3, 0.25, 0, 0])
    // A source that feeds four others ties them together if it is not taken for an exchange.
    #expect(
      SelfDealing(links: .init(fanOutMax: 4)).scores(of: record, hosts: 4) == [
        2.0 / 3, 0.25, 0.5, 0,
      ])
    // One hop back from renter 0's wallet lies host 0's.
    #expect(
      SelfDealing(links: .init(hops: 1, fanOutMax: 3)).scores(of: record, hosts: 3) == [
        2.0 / 3, 0.25, 0,
      ])
    #expect(
      SelfDealing(links: .init(window: .seconds(150))).scores(of: record, hosts: 3) == [0, 0, 0])
    #expect(detector.scores(of: record.upTo(Self.time(350)), hosts: 3) == [0, 0, 0])
  }

  @Test("accuses nobody of nothing") func empty() {
    let detectors: [Detector] = [
      .controllerThreshold(.init()), .fundingCluster(.init()),
      .behaviouralCorrelation(.init(.customers)), .sybilRank(.init(seeds: [0])),
      .eigenTrust(.init(seeds: [0])), .selfDealing(.init()),
      .behaviouralCorrelation(.init(.claims(within: .hours(1)))),
    ]
    for detector in detectors {
      let scores = detector.scores(of: PublicRecord(), hosts: 3)
      #expect(scores.count == 3 && scores.allSatisfy { $0 < detector.threshold })
    }
    #expect(Set(detectors.map(\.name)).count == detectors.count)
  }

  @Test("sees only the past of a past record, and flags each host once") func past() {
    var record = PublicRecord()
    for host in 0..<6 {
      record.recordRegistration(
        host: host, wallet: host, controller: 7, at: Self.time(Int64(host)))
    }
    let detector = ControllerThreshold(threshold: 3)
    var flags = Flags()
    let early = detector.scores(of: record.upTo(Self.time(2)), hosts: 6)
    #expect(early == [3, 3, 3, 0, 0, 0])
    #expect(flags.raise(scores: early, threshold: 3, at: Self.time(2)) == [0, 1, 2])
    let late = detector.scores(of: record, hosts: 6)
    #expect(flags.raise(scores: late, threshold: 3, at: Self.time(9)) == [3, 4, 5])
    #expect(flags.firstTime(of: 0) == Self.time(2) && flags.firstTime(of: 9) == nil)
    #expect(flags.count == 6)
  }
}
