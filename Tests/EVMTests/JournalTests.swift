import Quantities
import Testing

@testable import EVM

/// What the journal does, said slowly: whole copies of the state in dictionaries.
private struct SlowStorage {
  var values: [Int: UInt256] = [:]
  var original: [Int: UInt256] = [:]
  var warm: Set<Int> = []
  var gas: Int64 = 0
  var refund: Int64 = 0

  mutating func begin() {
    original = values
    warm = []
    gas = 0
    refund = 0
  }

  mutating func load(_ key: Int) -> UInt256 {
    gas += warm.insert(key).inserted ? 2_100 : 100
    return values[key] ?? .zero
  }

  /// EIP-2200's text, clause by clause, with the numbers of EIP-2929 and EIP-3529.
  mutating func store(_ value: UInt256, _ key: Int) {
    let current = values[key] ?? .zero
    let original = original[key] ?? .zero
    if warm.insert(key).inserted { gas += 2_100 }
    if current == value {
      gas += 100
    } else if original == current {
      gas += original == .zero ? 20_000 : 2_900
      if original != .zero, value == .zero { refund += 4_800 }
    } else {
      gas += 100
      if original != .zero {
        if current == .zero { refund -= 4_800 }
        if value == .zero { refund += 4_800 }
      }
      if original == value { refund += original == .zero ? 19_900 : 2_800 }
    }
    values[key] = value
  }
}

@Suite("The journal") struct JournalTests {
  /// Linear congruence: any sequence will do, as long as the seed fixes it.
  private struct Choices {
    var state: UInt64
    mutating func next(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
  }

  /// Rows × slots under test: two narrow and one wide slot a row.
  private struct Bench: ~Copyable {
    var machine = Machine()
    let table: Table
    var slow = SlowStorage()

    init() { table = machine.makeTable(size: 4 + 4 + 32, chunkShift: 2) }

    func narrow(_ row: Int, _ slot: Int) -> Slot<UInt32> {
      Slot(table.row(row), slot: slot, offset: Row.headerSize + 4 * slot)
    }
    func wide(_ row: Int) -> WideSlot {
      WideSlot(table.row(row), slot: 2, offset: Row.headerSize + 8)
    }

    func value(_ row: Int, _ slot: Int) -> UInt256 {
      slot == 2 ? machine.peek(wide(row)) : UInt256(machine.peek(narrow(row, slot)))
    }

    mutating func step(_ row: Int, _ slot: Int, storing value: UInt64?) throws {
      let key = row * 3 + slot
      if let value {
        slow.store(UInt256(value), key)
        if slot == 2 {
          try machine.store(UInt256(value), wide(row))
        } else {
          try machine.store(UInt32(value), narrow(row, slot))
        }
      } else {
        let expected = slow.load(key)
        let got =
          slot == 2
          ? try machine.load(wide(row)) : UInt256(try machine.load(narrow(row, slot)))
        #expect(got == expected)
      }
    }

    /// Random accesses and random nested frames, some of which fail.
    mutating func run(_ choices: inout Choices, depth: Int, seed: UInt64) throws {
      for _ in 0..<choices.next(12) {
        if depth < 4, choices.next(4) == 0 {
          try runFrame(&choices, depth: depth + 1, seed: seed)
        } else {
          let value = choices.next(3) == 0 ? nil : UInt64(choices.next(3))
          try step(choices.next(7), choices.next(3), storing: value)
        }
      }
    }

    mutating func runFrame(_ choices: inout Choices, depth: Int, seed: UInt64) throws {
      let before = slow
      let digest = state()
      let frame = machine.openFrame(caught: true)
      try run(&choices, depth: depth, seed: seed)
      guard choices.next(2) == 0 else { return machine.close(frame) }
      // Gas stays spent; everything else goes back.
      var after = before
      after.gas = slow.gas
      slow = after
      let failure = machine.rollBack(frame, after: .empty)
      #expect(failure == .empty)
      #expect(state() == digest, "seed \(seed), depth \(depth)")
    }

    func state() -> [UInt256] {
      (0..<7).flatMap { row in (0..<3).map { value(row, $0) } }
    }
  }

  @Test("agrees with whole copies of the state, gas and refund included", arguments: 1...300)
  func twin(seed: Int) throws {
    var bench = Bench()
    var choices = Choices(state: UInt64(seed))
    for _ in 0..<12 {
      bench.slow.begin()
      bench.machine.begin(
        from: .zero, gasLimit: 1 << 40, block: .init(timestamp: 1, number: 1))
      let before = bench.state()
      try bench.run(&choices, depth: 0, seed: UInt64(seed))
      #expect((1 << 40) - bench.machine.gas == bench.slow.gas, "seed \(seed)")
      #expect(bench.machine.refund == bench.slow.refund, "seed \(seed)")
      if choices.next(3) == 0 {
        bench.machine.undoAll()
        bench.slow.values = bench.slow.original
        let undone = bench.state()
        #expect(undone == before, "seed \(seed)")
      }
      for key in 0..<21 {
        let got = bench.value(key / 3, key % 3)
        #expect(got == bench.slow.values[key] ?? .zero, "seed \(seed)")
      }
    }
  }

  @Test("hands a failed frame's reserve back and consumes the rest when gas ran out")
  func reserve() {
    var machine = Machine()
    machine.begin(from: .zero, gasLimit: 64_000, block: .init(timestamp: 1, number: 1))
    let frame = machine.openFrame(caught: true)
    #expect(machine.gas == 63_000)
    let failure = machine.rollBack(frame, after: .outOfGas)
    #expect(failure == .empty)
    #expect(machine.gas == 1_000)
  }

  @Test("makes every slot cold again when the transaction counter starts anew")
  func epochs() throws {
    var machine = Machine()
    let slot = WideSlot(machine.makeRow(size: 32), slot: 0, offset: Row.headerSize)
    machine.begin(from: .zero, gasLimit: 100_000, block: .init(timestamp: 1, number: 1))
    try machine.store(7, slot)
    machine.epoch = .max
    machine.begin(from: .zero, gasLimit: 100_000, block: .init(timestamp: 1, number: 1))
    #expect(machine.epoch == 1)
    let stored = try machine.load(slot)
    #expect(stored == 7)
    #expect(machine.gas == 100_000 - 2_100)
  }
}

@Suite("A mapping") struct MappingTests {
  @Test("keeps one row a key through every growth of its index") func growth() {
    var machine = Machine()
    let mapping = machine.makeMapping(UInt64.self, size: 4)
    for key in 0..<5_000 as Range<UInt64> {
      let slot = Slot<UInt32>(
        mapping.row(key &* 0x1_0000_0001), slot: 0, offset: Mapping<UInt64>.valueOffset)
      slot.row.initialize(slot, to: UInt32(key))
    }
    #expect(mapping.count == 5_000)
    for key in 0..<5_000 as Range<UInt64> {
      let slot = Slot<UInt32>(
        mapping.row(key &* 0x1_0000_0001), slot: 0, offset: Mapping<UInt64>.valueOffset)
      let stored = machine.peek(slot)
      #expect(stored == UInt32(key))
    }
    #expect(mapping.count == 5_000)
  }
}

@Suite("Compact words") struct WideWordsTests {
  @Test(
    "keep every value exactly",
    arguments: [
      UInt256.zero, 1, 2_147_483_647, 2_147_483_648, 4_294_967_295, UInt256(UInt64.max), .max,
    ])
  func exact(value: UInt256) {
    var machine = Machine()
    let compact = machine.words.compact(value)
    let back = machine.words.value(compact)
    #expect(back == value)
    let again = machine.words.compact(value)
    #expect(again == compact)
    #expect((compact.slotBits == 0) == value.isZero)
  }
}
