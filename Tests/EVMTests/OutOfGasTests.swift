import Quantities
import Testing

@testable import EVM

/// Warm and dirty bits live in the rows themselves: what a failure leaves there is what the next
/// writer pays for.
@Suite("Storage after running out of gas") struct OutOfGasTests {
  /// Accesses to two rows of two narrow slots and a wide one each; slots are written before they are
  /// read and read before they are written, set, cleared, restored and left alone.
  private static let script: [(row: Int, slot: Int, value: UInt64?)] = [
    (0, 0, 5), (0, 2, 9), (1, 1, nil), (1, 1, 0), (0, 0, 0), (0, 1, 1), (1, 2, 0), (1, 0, nil),
    (0, 2, 3), (1, 2, 8), (1, 1, 7), (0, 1, 1), (1, 0, 2),
  ]
  /// By row and slot, before any transaction.
  private static let original: [UInt64] = [0, 1, 3, 2, 7, 8]
  private static let gasLimit: Int64 = 1 << 30

  private struct Bench: ~Copyable {
    var machine = Machine()
    let table: Table

    init() {
      table = machine.makeTable(size: 4 + 4 + 32, chunkShift: 2)
      for row in 0..<2 {
        for slot in 0..<2 {
          table.row(row).initialize(
            narrow(row, slot), to: UInt32(OutOfGasTests.original[row * 3 + slot]))
        }
        table.row(row).initialize(wide(row), to: UInt256(OutOfGasTests.original[row * 3 + 2]))
      }
    }

    func narrow(_ row: Int, _ slot: Int) -> Slot<UInt32> {
      Slot(table.row(row), slot: slot, offset: Row.headerSize + 4 * slot)
    }
    func wide(_ row: Int) -> WideSlot {
      WideSlot(table.row(row), slot: 2, offset: Row.headerSize + 8)
    }

    mutating func begin(gasLimit: Int64) {
      machine.begin(from: .zero, gasLimit: gasLimit, block: .init(timestamp: 1, number: 1))
    }

    /// - Returns: Whether the gas was enough.
    mutating func play() -> Bool {
      do throws(CallFailure) {
        for (row, slot, value) in OutOfGasTests.script {
          switch (slot, value) {
          case (2, let value?): try machine.store(UInt256(value), wide(row))
          case (2, nil): _ = try machine.load(wide(row))
          case (_, let value?): try machine.store(UInt32(value), narrow(row, slot))
          case (_, nil): _ = try machine.load(narrow(row, slot))
          }
        }
        return true
      } catch {
        return false
      }
    }

    func values() -> [UInt64] {
      (0..<2).flatMap { row in
        [
          UInt64(machine.peek(narrow(row, 0))), UInt64(machine.peek(narrow(row, 1))),
          machine.peek(wide(row)).narrow ?? .max,
        ]
      }
    }

    /// Gas, refund and values of a transaction that has enough.
    mutating func whole() -> Record {
      begin(gasLimit: OutOfGasTests.gasLimit)
      let isEnough = play()
      return Record(
        isEnough: isEnough, gas: OutOfGasTests.gasLimit - machine.gas, refund: machine.refund,
        values: values())
    }
  }

  private struct Record: Equatable {
    var isEnough: Bool
    var gas: Int64
    var refund: Int64
    var values: [UInt64]
  }

  @Test("is as before, and costs the next transaction what it always did, whatever the limit was")
  func nextTransaction() {
    var fresh = Bench()
    let expected = fresh.whole()
    #expect(expected.isEnough && expected.gas > 40_000 && expected.refund > 0)
    for limit in stride(from: Int64(0), to: expected.gas, by: 61) {
      var bench = Bench()
      bench.begin(gasLimit: limit)
      let isEnough = bench.play()
      bench.machine.undoAll()
      let values = bench.values()
      #expect(!isEnough && values == Self.original, "limit \(limit)")
      let next = bench.whole()
      #expect(next == expected, "limit \(limit)")
    }
  }

  @Test("is cold and clean again for the caller that survives the failure of its callee")
  func caller() {
    var fresh = Bench()
    let expected = fresh.whole()
    for limit in stride(from: Int64(0), to: expected.gas, by: 61) {
      var bench = Bench()
      // A 64th stays with the caller; what it has left after the failure is topped up below.
      bench.begin(gasLimit: limit + limit / 63 + 1)
      let frame = bench.machine.openFrame(caught: true)
      let isEnough = bench.play()
      let failure = bench.machine.rollBack(frame, after: .outOfGas)
      let values = bench.values()
      #expect(!isEnough && failure == .empty && values == Self.original, "limit \(limit)")
      #expect(bench.machine.refund == 0)
      bench.machine.gas = Self.gasLimit
      let isEnoughNow = bench.play()
      let after = Record(
        isEnough: isEnoughNow, gas: Self.gasLimit - bench.machine.gas,
        refund: bench.machine.refund, values: bench.values())
      #expect(after == expected, "limit \(limit)")
    }
  }
}
