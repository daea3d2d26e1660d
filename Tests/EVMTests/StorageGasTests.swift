import Quantities
import Testing

@testable import EVM

/// The table of EIP-3529's test cases: gas of writes to one warm slot and the refund they earn.
///
/// - Source: https://eips.ethereum.org/EIPS/eip-3529, section "Test Cases", each case less the
///   3 gas a PUSH that its code contains and after one SLOAD that warms the slot.
@Suite("Writing a slot") struct StorageGasTests {
  struct Case: CustomStringConvertible, Sendable {
    let original: UInt64
    let writes: [UInt64]
    let gas: Int64
    let refund: Int64
    var description: String { "\(original) → \(writes)" }
  }

  static let cases = [
    Case(original: 0, writes: [0, 0], gas: 200, refund: 0),
    Case(original: 0, writes: [0, 1], gas: 20_100, refund: 0),
    Case(original: 0, writes: [1, 0], gas: 20_100, refund: 19_900),
    Case(original: 0, writes: [1, 2], gas: 20_100, refund: 0),
    Case(original: 0, writes: [1, 1], gas: 20_100, refund: 0),
    Case(original: 1, writes: [0, 0], gas: 3_000, refund: 4_800),
    Case(original: 1, writes: [0, 1], gas: 3_000, refund: 2_800),
    Case(original: 1, writes: [0, 2], gas: 3_000, refund: 0),
    Case(original: 1, writes: [2, 0], gas: 3_000, refund: 4_800),
    Case(original: 1, writes: [2, 3], gas: 3_000, refund: 0),
    Case(original: 1, writes: [2, 1], gas: 3_000, refund: 2_800),
    Case(original: 1, writes: [2, 2], gas: 3_000, refund: 0),
    Case(original: 1, writes: [1, 0], gas: 3_000, refund: 4_800),
    Case(original: 1, writes: [1, 2], gas: 3_000, refund: 0),
    Case(original: 1, writes: [1, 1], gas: 200, refund: 0),
    Case(original: 0, writes: [1, 0, 1], gas: 40_100, refund: 19_900),
    Case(original: 1, writes: [0, 1, 0], gas: 5_900, refund: 7_600),
  ]

  @Test("costs and refunds what EIP-3529 tabulates, wide", arguments: cases)
  func wide(_ example: Case) throws {
    var machine = Machine()
    let slot = WideSlot(machine.makeRow(size: 32), slot: 0, offset: Row.headerSize)
    slot.row.initialize(slot, to: UInt256(example.original))
    machine.begin(from: .zero, gasLimit: 1_000_000, block: .init(timestamp: 1, number: 1))
    _ = try machine.load(slot)
    #expect(machine.gas == 1_000_000 - 2_100)
    for value in example.writes { try machine.store(UInt256(value), slot) }
    #expect(1_000_000 - 2_100 - machine.gas == example.gas)
    #expect(machine.refund == example.refund)
  }

  @Test("costs and refunds what EIP-3529 tabulates, narrow", arguments: cases)
  func narrow(_ example: Case) throws {
    var machine = Machine()
    let slot = Slot<UInt32>(machine.makeRow(size: 4), slot: 3, offset: Row.headerSize)
    slot.row.initialize(slot, to: UInt32(example.original))
    machine.begin(from: .zero, gasLimit: 1_000_000, block: .init(timestamp: 1, number: 1))
    _ = try machine.load(slot)
    for value in example.writes { try machine.store(UInt32(value), slot) }
    #expect(1_000_000 - 2_100 - machine.gas == example.gas)
    #expect(machine.refund == example.refund)
  }

  @Test("costs 2,100 more while the slot is cold, and is warm afterwards") func cold() throws {
    var machine = Machine()
    let slot = WideSlot(machine.makeRow(size: 32), slot: 0, offset: Row.headerSize)
    machine.begin(from: .zero, gasLimit: 100_000, block: .init(timestamp: 1, number: 1))
    try machine.store(1, slot)
    #expect(machine.gas == 100_000 - 22_100)
    _ = try machine.load(slot)
    #expect(machine.gas == 100_000 - 22_200)
    machine.begin(from: .zero, gasLimit: 100_000, block: .init(timestamp: 1, number: 1))
    _ = try machine.load(slot)
    #expect(machine.gas == 100_000 - 2_100)
  }

  @Test("leaves the slots beside it cold and unchanged") func neighbours() throws {
    var machine = Machine()
    let row = machine.makeRow(size: 12)
    let first = Slot<UInt32>(row, slot: 0, offset: Row.headerSize)
    let packed = Slot<UInt32>(row, slot: 1, offset: Row.headerSize + 4, width: 5)
    let flag = Slot<Bool>(row, slot: 1, offset: Row.headerSize + 4, width: 5, position: 4)
    let last = Slot<UInt8>(row, slot: 2, offset: Row.headerSize + 9)
    row.initialize(first, to: .max)
    row.initialize(last, to: .max)
    machine.begin(from: .zero, gasLimit: 1_000_000, block: .init(timestamp: 1, number: 1))
    try machine.store(0xAABB_CCDD, packed)
    // The same slot: already warm and changed.
    try machine.store(true, flag)
    #expect(machine.gas == 1_000_000 - 22_100 - 100)
    let before = machine.peek(first)
    #expect(before == .max)
    let number = machine.peek(packed)
    #expect(number == 0xAABB_CCDD)
    let isSet = machine.peek(flag)
    #expect(isSet)
    let after = machine.peek(last)
    #expect(after == .max)
    _ = try machine.load(last)
    #expect(machine.gas == 1_000_000 - 22_200 - 2_100)
  }

  @Test("fails with 2,300 gas left or less, and then leaves none") func sentry() throws {
    var machine = Machine()
    let slot = WideSlot(machine.makeRow(size: 32), slot: 0, offset: Row.headerSize)
    machine.begin(from: .zero, gasLimit: 2_300, block: .init(timestamp: 1, number: 1))
    do throws(CallFailure) {
      try machine.store(.zero, slot)
      Issue.record("the write did not fail")
    } catch {
      #expect(error == .outOfGas)
    }
    #expect(machine.gas == 0)
    machine.begin(from: .zero, gasLimit: 2_301, block: .init(timestamp: 1, number: 1))
    try machine.store(.zero, slot)
    #expect(machine.gas == 101)
  }
}

@Suite("A string in storage") struct StringStorageTests {
  /// Stores a string over another of a given length in a fresh transaction, head read included.
  private func check(_ old: Int, _ new: Int, gas: Int64, refund: Int64 = 0) throws {
    var machine = Machine()
    let slot = StringSlot(machine.makeRow(size: 4), slot: 0, dataSlot: 1, offset: Row.headerSize)
    let before = machine.strings.intern([UInt8](repeating: 0x61, count: old))
    slot.head.row.initialize(slot, to: before)
    let after = machine.strings.intern([UInt8](repeating: 0x62, count: new))
    machine.begin(from: .zero, gasLimit: 1_000_000, block: .init(timestamp: 1, number: 1))
    try machine.store(after, slot)
    let stored = machine.peek(slot)
    let spent = 1_000_000 - machine.gas
    let earned = machine.refund
    #expect(stored == after)
    #expect(spent == gas)
    #expect(earned == refund)
  }

  /// Head read first: a cold access; every data slot written is one more.
  static let head: Int64 = 2_100
  static let keccak: Int64 = 36
  static let freshWord: Int64 = 22_100
  static let changedWord: Int64 = 5_000

  @Test("takes one slot up to 31 bytes") func short() throws {
    try check(0, 31, gas: Self.head + 20_000)
    try check(0, 0, gas: Self.head + 100)
    try check(5, 31, gas: Self.head + 2_900)
  }

  @Test("takes a head and data slots from 32 bytes on") func long() throws {
    try check(0, 32, gas: Self.head + 20_000 + Self.keccak + Self.freshWord)
    try check(0, 33, gas: Self.head + 20_000 + Self.keccak + 2 * Self.freshWord)
  }

  @Test("keeps its head when only the text changes") func sameLength() throws {
    try check(40, 40, gas: Self.head + 100 + 2 * Self.keccak + 2 * Self.changedWord)
  }

  @Test("clears the data slots that it no longer needs") func shrinking() throws {
    let cleared: Int64 = 2 * 4_800
    try check(
      40, 10, gas: Self.head + 2_900 + Self.keccak + 2 * Self.changedWord, refund: cleared)
    try check(
      65, 32, gas: Self.head + 2_900 + 2 * Self.keccak + 3 * Self.changedWord, refund: cleared)
  }
}
