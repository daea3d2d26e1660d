import EVM
import Quantities
import Testing

@Suite("The pending pool") struct PendingPoolTests {
  static func terms(tip: UInt128, fee: UInt128 = 1_000, gas: UInt64 = 100) -> TransactionTerms {
    TransactionTerms(tipMaximum: Wei(tip), feeMaximum: Wei(fee), gasLimit: Gas(gas))
  }

  static func pool(capacity: Int = 1_000, lifetime: SimDuration = .hours(3)) -> PendingPool<Int> {
    PendingPool(
      PendingPoolRules(gasLimitMaximum: Gas(10_000), capacity: capacity, lifetime: lifetime))
  }

  static func time(_ seconds: Int64) -> SimTime { .zero + .seconds(seconds) }

  /// Takes everything that fits `gas` at `baseFee`, charging whole gas limits.
  static func block(
    _ pool: inout PendingPool<Int>, baseFee: UInt128 = 10, gas: UInt64 = 1_000_000, at time: SimTime
  ) -> [Int] {
    var taken: [Int] = []
    var room = gas
    pool.beginBlock(baseFee: Wei(baseFee), at: time)
    while let next = pool.next(in: BlockRoom(Gas(room))) {
      room -= next.gasLimit.units
      taken.append(next.transaction)
    }
    pool.endBlock()
    return taken
  }

  static func expectBlock(
    _ pool: inout PendingPool<Int>, baseFee: UInt128 = 10, gas: UInt64 = 1_000_000,
    at time: SimTime, takes expected: [Int], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let taken = block(&pool, baseFee: baseFee, gas: gas, at: time)
    #expect(taken == expected, sourceLocation: sourceLocation)
  }

  @Test("orders by effective tip, and by arrival among equals") func order() {
    var pool = Self.pool()
    let offers: [(UInt128, UInt128)] = [(5, 100), (7, 100), (5, 100), (9, 15), (7, 100), (5, 12)]
    for (id, offer) in offers.enumerated() {
      _ = pool.send(id, terms: Self.terms(tip: offer.0, fee: offer.1), at: Self.time(1))
    }
    // At base fee 10 number 3 pays min(9, 15 − 10) = 5 and number 5 pays 2.
    Self.expectBlock(&pool, at: Self.time(2), takes: [1, 4, 0, 2, 3, 5])
  }

  @Test("tells the effective tip and the arrival of what it hands out") func handing() {
    var pool = Self.pool()
    _ = pool.send(1, terms: Self.terms(tip: 9, fee: 15, gas: 77), at: Self.time(1))
    pool.beginBlock(baseFee: Wei(10), at: Self.time(2))
    let next = pool.next(in: BlockRoom(Gas(1_000)))
    #expect(next?.effectiveTip == Wei(5) && next?.gasLimit == Gas(77))
    #expect(next?.arrival == Self.time(1))
  }

  @Test("makes a fee maximum below the base fee wait until the base fee falls") func waiting() {
    var pool = Self.pool()
    _ = pool.send(1, terms: Self.terms(tip: 5, fee: 20), at: Self.time(1))
    Self.expectBlock(&pool, baseFee: 21, at: Self.time(2), takes: [])
    Self.expectBlock(&pool, baseFee: 20, at: Self.time(4), takes: [1])
  }

  @Test("passes over what does not fit, which keeps its place") func room() {
    var pool = Self.pool()
    for (id, gas) in [60, 60, 30, 10].enumerated() {
      _ = pool.send(id, terms: Self.terms(tip: 5, gas: UInt64(gas)), at: Self.time(1))
    }
    Self.expectBlock(&pool, gas: 100, at: Self.time(2), takes: [0, 2, 3])
    _ = pool.send(9, terms: Self.terms(tip: 5, gas: 60), at: Self.time(3))
    Self.expectBlock(&pool, gas: 100, at: Self.time(4), takes: [1])
    Self.expectBlock(&pool, gas: 59, at: Self.time(6), takes: [])
    Self.expectBlock(&pool, gas: 60, at: Self.time(8), takes: [9])
  }

  @Test("keeps what is sent while a block is open for the next one") func openBlock() {
    var pool = Self.pool()
    _ = pool.send(1, terms: Self.terms(tip: 5), at: Self.time(1))
    pool.beginBlock(baseFee: Wei(10), at: Self.time(2))
    let only = pool.next(in: BlockRoom(Gas(1_000)))
    #expect(only?.transaction == 1)
    for tip: UInt128 in [4, 5, 6] {
      _ = pool.send(Int(tip), terms: Self.terms(tip: tip), at: Self.time(2))
    }
    let later = pool.next(in: BlockRoom(Gas(1_000)))
    #expect(later?.transaction == nil)
    pool.endBlock()
    Self.expectBlock(&pool, at: Self.time(4), takes: [6, 5, 4])
  }

  @Test("refuses gas above the cap and tips above the fee, and counts both") func refusals() {
    var pool = Self.pool()
    let answers = [
      pool.send(1, terms: Self.terms(tip: 1, gas: 10_001), at: .zero),
      pool.send(2, terms: Self.terms(tip: 1, gas: 10_000), at: .zero),
      pool.send(3, terms: Self.terms(tip: 1_001), at: .zero),
      pool.send(4, terms: Self.terms(tip: 1_000), at: .zero),
    ]
    #expect(answers[0] == .rejected(.gasLimitAboveMaximum) && answers[1].ticket != nil)
    #expect(answers[2] == .rejected(.tipAboveFee) && answers[3].ticket != nil)
    let tally = pool.tally
    #expect(tally.sent == 4)
    #expect(tally.rejected(.gasLimitAboveMaximum) == 1 && tally.rejected(.tipAboveFee) == 1)
  }

  @Test("when full lets a higher tip push out the latest of the lowest") func eviction() {
    var pool = Self.pool(capacity: 3)
    for (id, tip) in [3, 2, 2].enumerated() {
      _ = pool.send(id, terms: Self.terms(tip: UInt128(tip)), at: .zero)
    }
    let equal = pool.send(7, terms: Self.terms(tip: 2), at: .zero)
    #expect(equal == .rejected(.poolFull))
    let higher = pool.send(8, terms: Self.terms(tip: 4), at: .zero)
    #expect(higher.ticket != nil)
    let dropped = pool.dropped
    #expect(dropped.map(\.transaction) == [2] && dropped[0].reason == .evicted)
    Self.expectBlock(&pool, at: Self.time(2), takes: [8, 0, 1])
  }

  @Test("drops what has waited for its lifetime") func expiry() {
    var pool = Self.pool(lifetime: .seconds(100))
    _ = pool.send(1, terms: Self.terms(tip: 5, fee: 11), at: Self.time(10))
    _ = pool.send(2, terms: Self.terms(tip: 5, fee: 11), at: Self.time(12))
    Self.expectBlock(&pool, baseFee: 50, at: Self.time(109), takes: [])
    let early = pool.dropped
    #expect(early.isEmpty)
    Self.expectBlock(&pool, baseFee: 5, at: Self.time(110), takes: [2])
    let dropped = pool.dropped
    #expect(dropped.map(\.transaction) == [1] && dropped[0].reason == .expired)
    pool.forgetDropped()
    let (left, tally) = (pool.dropped, pool.tally)
    #expect(left.isEmpty && tally.dropped(.expired) == 1)
  }

  @Test("replaces only for a tenth more, and cancels once") func replacement() throws {
    var pool = Self.pool()
    let first = pool.send(1, terms: Self.terms(tip: 10, fee: 100), at: .zero)
    let old = try #require(first.ticket)
    let refused = [
      pool.replace(old, with: 2, terms: Self.terms(tip: 10, fee: 110), at: .zero),
      pool.replace(old, with: 2, terms: Self.terms(tip: 11, fee: 109), at: .zero),
    ]
    #expect(refused == [nil, nil])
    let second = pool.replace(old, with: 2, terms: Self.terms(tip: 11, fee: 110), at: .zero)
    let new = try #require(second?.ticket)
    let pending = [pool.isPending(old), pool.isPending(new)]
    #expect(pending == [false, true])
    let cancelled = [pool.cancel(old), pool.cancel(new), pool.cancel(new)]
    #expect(cancelled == [false, true, false])
    let (count, tally) = (pool.count, pool.tally)
    #expect(count == 0)
    #expect(tally.dropped(.replaced) == 1 && tally.dropped(.cancelled) == 1)
  }
}
