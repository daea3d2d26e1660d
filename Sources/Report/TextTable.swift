public import Statistics

/// Result tables for a terminal: aligned columns, numbers to five significant digits.
///
/// Not for machines: CSV and JSON lines carry every digit.
public enum TextTable {
  /// Text columns are flush left, numbers flush right, two spaces between columns.
  ///
  /// - Parameter significantDigits: For real numbers; integers and amounts are written in full.
  public static func render(_ table: ResultTable, significantDigits: Int = 5) -> String {
    let columns = table.schema.columns
    var lines = [columns.map(\.header)]
    for row in 0..<table.rowCount {
      lines.append(
        columns.indices.map { index in
          text(
            of: table.cells[row * columns.count + index], of: table, in: columns[index].kind,
            significantDigits: significantDigits)
        })
    }
    let widths = columns.indices.map { index in lines.map { $0[index].count }.max() ?? 0 }
    return lines.map { line in
      var rendered = ""
      for index in columns.indices {
        if index > 0 { rendered += "  " }
        let padding = String(repeating: " ", count: widths[index] - line[index].count)
        rendered += columns[index].kind == .text ? line[index] + padding : padding + line[index]
      }
      while rendered.last == " " { rendered.removeLast() }
      return rendered + "\n"
    }.joined()
  }

  /// `value` rounded to `significantDigits`, as the tables show it.
  public static func text(of value: Double, significantDigits: Int = 5) -> String {
    guard value.isFinite else { return value.isNaN ? "" : value < 0 ? "-inf" : "inf" }
    var bytes: [UInt8] = value < 0 ? [DecimalText.minus] : []
    ShortestDigits(of: value.magnitude).rounded(toSignificant: significantDigits).append(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func text(
    of cell: ResultTable.Cell, of table: ResultTable, in kind: Column.Kind, significantDigits: Int
  ) -> String {
    switch cell {
    case .absent: return "–"
    case .real(let value) where value.isNaN: return "–"
    case .real(let value): return text(of: value, significantDigits: significantDigits)
    default:
      var bytes: [UInt8] = []
      CellText.append(cell, of: table, in: kind, to: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    }
  }
}
