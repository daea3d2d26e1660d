import Quantities
import Testing

@testable import Detection

@Suite("Surveillance of a growing record") struct SurveillanceTests {
  /// A market of a few renters, some of whom buy everywhere, whose hosts become more.
  struct GrowingMarket {
    var record = PublicRecord()
    var hosts = 120
    private var second: Int64 = 0
    private var word: UInt64

    init(seed: UInt64) {
      word = seed &* 0x9E37_79B9_7F4A_7C15 | 1
      for host in 0..<hosts { register(host) }
    }

    private mutating func below(_ bound: Int) -> Int {
      word ^= word << 13
      word ^= word >> 7
      word ^= word << 17
      return Int((word &* 0x2545_F491_4F6C_DD1D) >> 33) % bound
    }

    private mutating func register(_ host: Int) {
      let time = SimTime.zero + .seconds(second)
      let source = 1_000 + below(30)
      record.recordTransfer(from: source, to: host, amount: 1, at: time)
      record.recordRegistration(
        host: host, wallet: host, controller: below(3) == 0 ? 2_000 + below(20) : nil, at: time)
    }

    /// Another round's worth of business, which now and then brings new hosts.
    mutating func grow() {
      for _ in 0..<below(3) * 7 {
        register(hosts)
        hosts += 1
      }
      for _ in 0..<below(500) {
        second += Int64(below(4))
        let time = SimTime.zero + .seconds(second)
        // Few spans and renters have many hosts; most have some.
        let host = below(4) == 0 ? below(12) : below(hosts)
        let renter = below(3) == 0 ? below(3) : 3 + below(40)
        record.recordClaim(host: host, at: time)
        if below(10) == 0 { record.recordFailure(host: below(hosts), at: time) }
        if below(5) > 0 {
          record.recordRating(renter: renter, host: host, stars: 1 + below(5), at: time)
        }
        if below(20) == 0 {
          let wallet = 3_000 + renter
          record.recordTransfer(from: below(3) == 0 ? host : 1_000, to: wallet, amount: 1, at: time)
          record.recordCustomer(renter: renter, wallet: wallet, at: time)
        }
        if below(8) > 0 { record.recordPayment(renter: renter, host: host, amount: 1, at: time) }
      }
    }
  }

  private static let seeds = [0, 1, 30]
  private static let detectors: [Detector] = [
    .controllerThreshold(.init()), .fundingCluster(.init()),
    .behaviouralCorrelation(.init(.claims(within: .seconds(120)), commonShare: 0.4)),
    .behaviouralCorrelation(
      .init(.customers, featuresMin: 1, commonShare: 0.3, chancePairsMax: .infinity)),
    .behaviouralCorrelation(.init(.customers, commonShare: 0.45, chancePairsMax: 100)),
    .sybilRank(.init(seeds: seeds)), .eigenTrust(.init(seeds: seeds)),
    .selfDealing(.init()),
  ]

  @Test(
    "scores as if it read the whole record anew, to the bit, round after round", arguments: 1...6)
  func incremental(seed: UInt64) {
    var market = GrowingMarket(seed: seed)
    var surveillance = Surveillance(Self.detectors)
    #expect(surveillance.scores.isEmpty)
    for round in 0..<12 {
      surveillance.look(at: market.record, hosts: market.hosts, time: .zero)
      for (number, detector) in Self.detectors.enumerated() {
        #expect(
          surveillance.scores[number] == detector.scores(of: market.record, hosts: market.hosts),
          "\(detector.name), round \(round), seed \(seed)")
      }
      market.grow()
    }
  }

  @Test(
    "finds the likeness of the slow twin, when features come to be common and cease to be",
    arguments: 1...4)
  func likeness(seed: UInt64) {
    var market = GrowingMarket(seed: seed)
    var surveillance = Surveillance(Self.detectors)
    for _ in 0..<8 {
      market.grow()
      surveillance.look(at: market.record, hosts: market.hosts, time: .zero)
      for (number, detector) in Self.detectors.enumerated() {
        guard case .behaviouralCorrelation(let correlation) = detector else { continue }
        let slow = SlowDetection.likeness(correlation, market.record, hosts: market.hosts)
        #expect(surveillance.scores[number] == slow, "\(detector.name), seed \(seed)")
      }
    }
    #expect(surveillance.scores[4].contains { $0 > 0 && $0 < 1 })
    #expect(surveillance.scores[4].contains(0))
  }

  @Test("passes trust on as the slow twins do", arguments: 1...4) func trust(seed: UInt64) {
    var market = GrowingMarket(seed: seed)
    var dealings = Dealings()
    for _ in 0..<8 {
      market.grow()
      dealings.read(market.record)
      let rank = SybilRank(seeds: Self.seeds, steps: 6, jobsMin: 3)
      let ranks = rank.scores(of: dealings, hosts: market.hosts)
      let slowRanks = SlowDetection.sybilRank(rank, steps: 6, market.record, hosts: market.hosts)
      #expect(zip(ranks, slowRanks).allSatisfy { abs($0 - $1) < 1e-11 })
      for a in [0.01, 0.1, 0.7, 1] {
        let model = EigenTrust(seeds: Self.seeds, a: a, tolerance: 1e-12)
        let trust = model.trust(from: dealings, hosts: market.hosts)
        let slow = SlowDetection.eigenTrust(model, market.record, hosts: market.hosts)
        let distance = zip(trust, slow).reduce(0) { $0 + abs($1.0 - $1.1) }
        #expect(distance < 1e-9, "a = \(a), seed \(seed)")
      }
    }
  }

  @Test("keeps EigenTrust within (1 − a)/a of its tolerance") func tolerance() {
    var market = GrowingMarket(seed: 11)
    for _ in 0..<6 { market.grow() }
    for tolerance in [1e-2, 1e-4, 1e-6] {
      let model = EigenTrust(seeds: Self.seeds, tolerance: tolerance)
      let trust = model.trust(from: market.record, hosts: market.hosts)
      let slow = SlowDetection.eigenTrust(model, market.record, hosts: market.hosts)
      let distance = zip(trust, slow).reduce(0) { $0 + abs($1.0 - $1.1) }
      #expect(distance <= 9 * tolerance)
    }
  }

  @Test("accuses nobody who has left, until he is back") func departures() {
    var record = PublicRecord()
    func look(_ surveillance: inout Surveillance, at second: Int64) -> [Int] {
      surveillance.look(at: record, hosts: 4, time: .zero + .seconds(second))[0]
    }
    for host in 0..<4 {
      record.recordRegistration(host: host, wallet: host, controller: 9, at: .zero)
    }
    record.recordDeparture(host: 1, at: .zero + .seconds(5))
    record.recordDeparture(host: 2, at: .zero + .seconds(6))
    record.recordRegistration(host: 2, wallet: 2, controller: nil, at: .zero + .seconds(6))
    var surveillance = Surveillance([.controllerThreshold(.init(threshold: 2))])
    #expect(look(&surveillance, at: 10) == [0, 2, 3])
    #expect(surveillance.scores[0] == [4, 4, 4, 4])
    record.recordDeparture(host: 0, at: .zero + .seconds(12))
    record.recordRegistration(host: 1, wallet: 1, controller: nil, at: .zero + .seconds(15))
    #expect(look(&surveillance, at: 20) == [1])
    #expect(surveillance.flags[0].firstTime(of: 0) == .zero + .seconds(10))
  }

  @Test("accuses nobody whom the detector knows") func known() {
    var record = PublicRecord()
    for host in 0..<4 {
      record.recordRegistration(host: host, wallet: host, controller: nil, at: .zero)
      record.recordPayment(renter: 0, host: host, amount: 1, at: .zero)
      record.recordRating(renter: 0, host: host, stars: 5, at: .zero)
    }
    // At this line everybody stands accused.
    var surveillance = Surveillance([
      .sybilRank(.init(seeds: [1, 9], threshold: -100)),
      .eigenTrust(.init(seeds: [0, 3], threshold: -100)),
    ])
    #expect(surveillance.look(at: record, hosts: 4, time: .zero) == [[0, 2, 3], [1, 2]])
  }

  @Test("keeps each pair once, by renter and host") func dealings() {
    var market = GrowingMarket(seed: 5)
    var dealings = Dealings()
    for _ in 0..<6 {
      market.grow()
      dealings.read(market.record)
    }
    var slow: [SlowDetection.Pair: Dealings.Dealing] = [:]
    for payment in market.record.payments {
      let pair = SlowDetection.Pair(renter: Int(payment.renter), host: Int(payment.host))
      slow[pair, default: .init(host: payment.host)].add(stars: 0)
    }
    for rating in market.record.ratings {
      let pair = SlowDetection.Pair(renter: Int(rating.renter), host: Int(rating.host))
      slow[pair, default: .init(host: rating.host)].add(stars: UInt32(rating.stars))
    }
    #expect(dealings.pairs.count == slow.count)
    for renter in 0..<dealings.renterCount {
      let row = dealings.pairs[dealings.range(of: renter)]
      #expect(zip(row, row.dropFirst()).allSatisfy { $0.host < $1.host })
      for pair in row { #expect(slow[.init(renter: renter, host: Int(pair.host))] == pair) }
    }
  }

  @Test("adds each pair once to a set, however many there are") func pairSet() {
    var set = PairSet()
    var slow: Set<[UInt32]> = []
    var word: UInt64 = 9
    for _ in 0..<20_000 {
      word = Mixing.mixed(word)
      let (a, b) = (UInt32(word & 63), UInt32(word >> 32 & 255))
      #expect(set.insert(a, b) == slow.insert([a, b]).inserted)
    }
    #expect(set.count == slow.count && set.insert(.max, 0) && set.insert(0, .max))
  }
}
