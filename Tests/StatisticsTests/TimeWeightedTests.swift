import Quantities
import Testing

@testable import Statistics

@Suite("A time-weighted level") struct TimeWeightedLevelTests {
  @Test("integrates exactly, in ticks") func area() {
    var level = TimeWeightedLevel()
    level.add(2, at: .zero + .seconds(1))
    level.add(1, at: .zero + .seconds(3))
    level.add(-3, at: .zero + .nanoseconds(3_000_000_001))
    #expect(level.area(until: .zero + .seconds(10)) == 4_000_000_003)
    #expect(level.mean(until: .zero + .seconds(10)) == 0.400_000_000_3)
    #expect(level.maximum == 3 && level.minimum == 0 && level.level == 0)
  }

  @Test("equals the sum of sojourn times when a run starts and ends empty") func littlesLaw() {
    var stream = SampleStream(seed: 4)
    var changes: [(time: SimTime, change: Int64)] = []
    var sojourns: Int128 = 0
    for _ in 0..<1000 {
      let arrival = SimTime(nanoseconds: Int64(stream.uniform() * 1e15))
      let sojourn = SimDuration(nanoseconds: Int64(stream.exponential() * 1e12))
      changes.append((arrival, 1))
      changes.append((arrival + sojourn, -1))
      sojourns += Int128(sojourn.nanoseconds)
    }
    var level = TimeWeightedLevel()
    for (time, change) in changes.sorted(by: { $0.time < $1.time }) { level.add(change, at: time) }
    #expect(level.level == 0)
    #expect(level.area(until: SimTime(nanoseconds: .max)) == sojourns)
  }

  @Test("forgets its warm-up but not its level") func restart() {
    var level = TimeWeightedLevel(level: 5)
    level.restart(at: .zero + .seconds(100))
    #expect(level.mean(until: .zero + .seconds(200)) == 5)
    level.set(1, at: .zero + .seconds(150))
    #expect(level.mean(until: .zero + .seconds(200)) == 3)
    #expect(level.maximum == 5)
  }

  @Test("has no average before time has passed") func noTime() {
    #expect(TimeWeightedLevel(level: 1).mean(until: .zero).isNaN)
    #expect(TimeWeightedQuantity(value: 1).mean(until: .zero).isNaN)
  }

  @Test("does not overflow in 292 years at the largest level") func largest() {
    let level = TimeWeightedLevel(level: .max)
    #expect(level.area(until: .distantFuture) == Int128(Int64.max) * Int128(Int64.max))
  }

  @Test("traps when time runs backwards") func backwards() async {
    await #expect(processExitsWith: .failure) {
      var level = TimeWeightedLevel(at: .zero + .seconds(1))
      level.add(1, at: .zero)
    }
  }
}

@Suite("A time-weighted quantity") struct TimeWeightedQuantityTests {
  @Test("does not lose small areas among large ones") func compensation() {
    var quantity = TimeWeightedQuantity(value: 1e16)
    quantity.set(1, at: SimTime(nanoseconds: 1))
    for tick in 2...1001 { quantity.set(1, at: SimTime(nanoseconds: Int64(tick))) }
    quantity.set(-1e16, at: SimTime(nanoseconds: 1002))
    // 1e16 + 1,001 − 1e16 over 1,003 ticks.
    #expect(quantity.mean(until: SimTime(nanoseconds: 1003)) == 1001.0 / 1003)
  }

  @Test("averages over the time since its warm-up") func restart() {
    var quantity = TimeWeightedQuantity(value: 8)
    quantity.restart(at: .zero + .seconds(4))
    quantity.set(2, at: .zero + .seconds(5))
    #expect(quantity.mean(until: .zero + .seconds(7)) == 4)
  }
}
