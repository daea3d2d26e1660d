public import Statistics

/// Result tables as one JSON object a line, keys as the CSV headers, absent cells `null`.
///
/// Numbers are written exactly as in the CSV; an infinity, which JSON lacks, is `null`.
public enum JSONLinesEncoder {
  public static func appendRows(of table: ResultTable, to bytes: inout [UInt8]) {
    let columns = table.schema.columns
    let keys = columns.map { column in
      var key: [UInt8] = []
      appendString(Array(column.header.utf8)[...], to: &key)
      return key + [UInt8(ascii: ":")]
    }
    let cells = table.cells
    for row in 0..<table.rowCount {
      bytes.append(UInt8(ascii: "{"))
      for index in columns.indices {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        bytes.append(contentsOf: keys[index])
        append(cells[row * columns.count + index], of: table, in: columns[index].kind, to: &bytes)
      }
      bytes.append(contentsOf: "}\n".utf8)
    }
  }

  public static func encode(_ table: ResultTable) -> [UInt8] {
    var bytes: [UInt8] = []
    appendRows(of: table, to: &bytes)
    return bytes
  }

  private static func append(
    _ cell: ResultTable.Cell, of table: ResultTable, in kind: Column.Kind, to bytes: inout [UInt8]
  ) {
    switch cell {
    case .absent: bytes.append(contentsOf: "null".utf8)
    case .real(let value) where !value.isFinite: bytes.append(contentsOf: "null".utf8)
    case .text(let start, let count):
      appendString(table.text[Int(start)..<Int(start + count)], to: &bytes)
    default: CellText.append(cell, of: table, in: kind, to: &bytes)
    }
  }

  /// A JSON string: quotes, backslashes and control characters escaped, UTF-8 kept (RFC 8259).
  static func appendString(_ text: ArraySlice<UInt8>, to bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"):
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(byte)
      case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
      case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
      case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
      case 0..<0x20:
        bytes.append(contentsOf: "\\u00".utf8)
        let digits = Array("0123456789abcdef".utf8)
        bytes.append(digits[Int(byte >> 4)])
        bytes.append(digits[Int(byte & 15)])
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
