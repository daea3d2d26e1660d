/// Cells of one row by column name, with problems located.
package struct NumberReader {
  private let table: CSVTable
  private let cells: [CSVTable.Cell]

  package init(table: CSVTable, cells: [CSVTable.Cell]) {
    self.table = table
    self.cells = cells
  }

  package func problem(_ column: String, _ complaint: String) -> CSVTable.Problem {
    guard let index = table.column(column) else {
      return CSVTable.Problem(line: 1, column: 1, message: "the column \(column) is missing")
    }
    let cell = cells[index]
    return CSVTable.Problem(
      line: cell.line, column: cell.column, message: "\(column) \"\(cell.text)\" \(complaint)")
  }

  package func text(_ column: String) throws(CSVTable.Problem) -> String {
    guard let index = table.column(column) else { throw problem(column, "") }
    return cells[index].text
  }

  /// Nil where the cell is empty.
  package func optional(_ column: String) throws(CSVTable.Problem) -> Double? {
    let text = try text(column)
    if text.isEmpty { return nil }
    guard let value = Double(text), value.isFinite else {
      throw problem(column, "is not a number")
    }
    guard value >= 0 else { throw problem(column, "is negative") }
    return value
  }

  package func nonNegative(_ column: String) throws(CSVTable.Problem) -> Double {
    guard let value = try optional(column) else { throw problem(column, "is empty; give a number") }
    return value
  }

  package func positive(_ column: String) throws(CSVTable.Problem) -> Double {
    let value = try nonNegative(column)
    guard value > 0 else { throw problem(column, "is not positive") }
    return value
  }
}
