import EVM
import Quantities
import Testing

/// The pool as its description says it, sorted afresh for every transaction taken.
struct SlowPool {
  struct Entry {
    var id: Int
    var terms: TransactionTerms
    var sequence: Int
    var arrival: SimTime
  }

  let rules: PendingPoolRules
  var entries: [Entry] = []
  var sent = 0
  var limit = 0
  var passedOver: Set<Int> = []
  var baseFee: UInt128 = 0

  func tip(_ entry: Entry) -> UInt128 {
    min(entry.terms.tipMaximum.rawValue, entry.terms.feeMaximum.rawValue - baseFee)
  }

  mutating func send(_ id: Int, _ terms: TransactionTerms, _ arrival: SimTime) -> Bool {
    if terms.gasLimit > rules.gasLimitMaximum || terms.tipMaximum > terms.feeMaximum {
      return false
    }
    if entries.count == rules.capacity {
      let worst = entries.min {
        ($0.terms.tipMaximum, -$0.sequence) < ($1.terms.tipMaximum, -$1.sequence)
      }!
      if worst.terms.tipMaximum >= terms.tipMaximum { return false }
      entries.removeAll { $0.sequence == worst.sequence }
    }
    sent += 1
    entries.append(Entry(id: id, terms: terms, sequence: sent, arrival: arrival))
    return true
  }

  mutating func beginBlock(_ fee: Wei, _ time: SimTime) {
    entries.removeAll { $0.arrival <= time - rules.lifetime }
    baseFee = fee.rawValue
    limit = sent
    passedOver = []
  }

  mutating func next(_ room: BlockRoom) -> Entry? {
    let candidates = entries.filter {
      $0.sequence <= limit && $0.terms.feeMaximum.rawValue >= baseFee
    }.sorted { (tip($0), -$0.sequence) > (tip($1), -$1.sequence) }
    let fitting = candidates.first { $0.terms.gasLimit.units <= room.gas(forTip: UInt64(tip($0))) }
    guard let fitting else { return nil }
    entries.removeAll { $0.sequence == fitting.sequence }
    return fitting
  }
}

/// A small generator for test inputs.
struct Dice {
  var state: UInt64
  mutating func roll(_ sides: UInt64) -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return (state >> 33) % sides
  }
}

extension Array {
  func randomElement(from dice: inout Dice) -> Element? {
    isEmpty ? nil : self[Int(dice.roll(UInt64(count)))]
  }
}

@Suite("The pending pool beside its slow twin") struct PendingPoolTwinTests {
  @Test(
    "hands out the same transactions on random traffic", arguments: 1...40 as ClosedRange<UInt64>)
  func twin(seed: UInt64) {
    var dice = Dice(state: seed &* 0x9e37_79b9_7f4a_7c15)
    let rules = PendingPoolRules(
      gasLimitMaximum: Gas(1_000), capacity: seed % 3 == 0 ? 40 : 10_000, lifetime: .seconds(12))
    var pool = PendingPool<Int>(rules)
    var slow = SlowPool(rules: rules)
    var tickets: [Int: PendingTicket] = [:]
    let tips = seed % 4 == 0 ? 500 : 4
    var id = 0
    func send(_ second: Int64) {
      id += 1
      let tip = UInt128(dice.roll(UInt64(tips)))
      let terms = TransactionTerms(
        tipMaximum: Wei(tip),
        feeMaximum: Wei((dice.roll(8) == 0 ? tip / 2 : tip) + UInt128(dice.roll(40))),
        gasLimit: Gas(10 + dice.roll(1_000)))
      let admission = pool.send(id, terms: terms, at: PendingPoolTests.time(second))
      #expect((admission.ticket != nil) == slow.send(id, terms, PendingPoolTests.time(second)))
      tickets[id] = admission.ticket
    }
    func cancel() {
      guard let victim = slow.entries.randomElement(from: &dice) else { return }
      slow.entries.removeAll { $0.id == victim.id }
      let wasPending = pool.cancel(tickets[victim.id]!)
      #expect(wasPending, "seed \(seed)")
    }
    for block: Int64 in 1...30 {
      for _ in 0..<dice.roll(30) { send(2 * block - 1) }
      for _ in 0..<dice.roll(4) { cancel() }
      let baseFee = Wei(UInt128(dice.roll(30)))
      var ahead = dice.roll(12_000)
      var behind = ahead / (1 + dice.roll(3))
      pool.beginBlock(baseFee: baseFee, at: PendingPoolTests.time(2 * block))
      slow.beginBlock(baseFee, PendingPoolTests.time(2 * block))
      while true {
        let room = BlockRoom(
          aheadOfBackground: Gas(ahead), behindBackground: Gas(behind), backgroundTip: 2)
        let expected = slow.next(room)
        let got = pool.next(in: room)
        #expect(got?.transaction == expected?.id, "seed \(seed), block \(block)")
        guard let got, let expected, got.transaction == expected.id else { break }
        #expect(got.effectiveTip.rawValue == slow.tip(expected))
        let used = 1 + dice.roll(got.gasLimit.units)
        ahead -= used
        behind -= min(behind, used)
        if dice.roll(5) == 0 { send(2 * block) }
        if dice.roll(9) == 0 { cancel() }
      }
      pool.endBlock()
      let count = pool.count
      #expect(count == slow.entries.count, "seed \(seed), block \(block)")
    }
    let tally = pool.tally
    let dropped = PendingDropReason.allCases.reduce(0) { $0 + tally.dropped($1) }
    let rejected = PendingRejection.allCases.reduce(0) { $0 + tally.rejected($1) }
    let waiting = UInt64(pool.count)
    #expect(tally.sent == tally.taken + dropped + rejected + waiting)
    #expect(tally.taken > 0)
  }
}
