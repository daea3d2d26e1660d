public import Statistics

/// Result tables as CSV: UTF-8, LF, quoted where RFC 4180 asks for it, absent cells empty.
public enum CSVEncoder {
  public static func appendHeader(of schema: TableSchema, to bytes: inout [UInt8]) {
    for (index, column) in schema.columns.enumerated() {
      if index > 0 { bytes.append(comma) }
      appendQuoted(Array(column.header.utf8)[...], to: &bytes)
    }
    bytes.append(newline)
  }

  /// The whole rows of `table`, without a header.
  public static func appendRows(of table: ResultTable, to bytes: inout [UInt8]) {
    let columns = table.schema.columns
    let cells = table.cells
    var position = 0
    for _ in 0..<table.rowCount {
      for index in columns.indices {
        if index > 0 { bytes.append(comma) }
        append(cells[position], of: table, in: columns[index].kind, to: &bytes)
        position += 1
      }
      bytes.append(newline)
    }
  }

  /// Header and rows.
  public static func encode(_ table: ResultTable) -> [UInt8] {
    var bytes: [UInt8] = []
    appendHeader(of: table.schema, to: &bytes)
    appendRows(of: table, to: &bytes)
    return bytes
  }

  private static let comma = UInt8(ascii: ",")
  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")

  private static func append(
    _ cell: ResultTable.Cell, of table: ResultTable, in kind: Column.Kind, to bytes: inout [UInt8]
  ) {
    if case .text(let start, let count) = cell {
      appendQuoted(table.text[Int(start)..<Int(start + count)], to: &bytes)
    } else {
      CellText.append(cell, of: table, in: kind, to: &bytes)
    }
  }

  private static func appendQuoted(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    let needsQuotes = text.contains { byte in
      byte == comma || byte == quote || byte == newline || byte == UInt8(ascii: "\r")
    }
    guard needsQuotes else { return bytes.append(contentsOf: text) }
    bytes.append(quote)
    for byte in text {
      if byte == quote { bytes.append(quote) }
      bytes.append(byte)
    }
    bytes.append(quote)
  }
}
