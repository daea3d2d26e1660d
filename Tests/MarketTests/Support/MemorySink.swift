import Quantities
import Statistics

/// One cell as a test reads it.
enum CellValue: Equatable {
  case absent
  case integer(Int64)
  case real(UInt64)
  case ticks(Int64)
  case text(String)
  case amount(UInt256)
}

/// A whole table in memory.
final class MemorySink: TableSink {
  let schema: TableSchema
  private(set) var rows: [[CellValue]] = []

  init(_ schema: TableSchema) { self.schema = schema }

  func write(_ table: ResultTable) {
    let width = schema.columns.count
    for row in 0..<table.rowCount {
      rows.append(table.cells[row * width..<(row + 1) * width].map { Self.value($0, table) })
    }
  }

  func finish() {}

  private static func value(_ cell: ResultTable.Cell, _ table: ResultTable) -> CellValue {
    switch cell {
    case .absent: .absent
    case .integer(let number): .integer(number)
    case .real(let number): .real(number.bitPattern)
    case .flag(let flag): .integer(flag ? 1 : 0)
    case .ticks(let ticks): .ticks(ticks)
    case .text(let start, let count):
      .text(String(decoding: table.text[Int(start)..<Int(start + count)], as: UTF8.self))
    case .amount(let index): .amount(table.amounts[Int(index)])
    }
  }
}

/// The rows of one table, read by column name.
struct RecordedTable: Equatable {
  var columns: [String]
  var rows: [[CellValue]]

  subscript(row: Int, _ column: String) -> CellValue {
    guard let index = columns.firstIndex(of: column) else {
      preconditionFailure("no column \(column)")
    }
    return rows[row][index]
  }

  /// Of every row.
  func texts(_ column: String) -> [String] { rows.indices.map { text($0, column) } }

  func real(_ row: Int, _ column: String) -> Double? {
    if case .real(let bits) = self[row, column] { return Double(bitPattern: bits) }
    return nil
  }

  func integer(_ row: Int, _ column: String) -> Int? {
    if case .integer(let value) = self[row, column] { return Int(value) }
    return nil
  }

  func text(_ row: Int, _ column: String) -> String {
    if case .text(let value) = self[row, column] { return value }
    return ""
  }

  func ticks(_ row: Int, _ column: String) -> Int64? {
    if case .ticks(let value) = self[row, column] { return value }
    return nil
  }

  func amount(_ row: Int, _ column: String) -> UInt256 {
    if case .amount(let value) = self[row, column] { return value }
    return .zero
  }

  func integers(_ column: String) -> [Int] { rows.indices.compactMap { integer($0, column) } }
  func total(_ column: String) -> Int { integers(column).reduce(0, +) }
  func amountTotal(_ column: String) -> UInt256 {
    rows.indices.reduce(.zero) { $0 + amount($1, column) }
  }
}
