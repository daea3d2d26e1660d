internal import Statistics

/// What one cell says, before a format quotes or replaces it.
enum CellText {
  /// Text verbatim; numbers exact or shortest round-trip; nothing for an absent cell.
  static func append(
    _ cell: ResultTable.Cell, of table: ResultTable, in kind: Column.Kind, to bytes: inout [UInt8]
  ) {
    switch cell {
    case .absent: break
    case .integer(let value): DecimalText.append(value, to: &bytes)
    case .real(let value): DecimalText.append(value, to: &bytes)
    case .flag(let value): bytes.append(contentsOf: value ? "true".utf8 : "false".utf8)
    case .ticks(let value): DecimalText.appendSeconds(nanoseconds: value, to: &bytes)
    case .text(let start, let count):
      bytes.append(contentsOf: table.text[Int(start)..<Int(start + count)])
    case .amount(let index):
      guard case .amount(let decimals) = kind else {
        preconditionFailure("an amount in a column that is not one of table \(table.schema.name)")
      }
      DecimalText.append(table.amounts[Int(index)], decimals: decimals, to: &bytes)
    }
  }
}
