/// A comma-separated table after RFC 4180, kept with the line and column of every cell.
///
/// Quoted cells may hold commas, line breaks and doubled quotes. LF and CRLF both end a record; a
/// final line break is optional; blank lines are skipped. A byte-order mark is skipped.
package struct CSVTable: Sendable {
  /// One cell: its text and where it begins, both counted from 1.
  package struct Cell: Equatable, Sendable {
    package let text: String
    package let line: Int
    package let column: Int
  }

  package struct Problem: Error, Equatable, CustomStringConvertible, Sendable {
    package let line: Int
    package let column: Int
    package let message: String
    package var description: String { "\(line):\(column): error: \(message)" }
    package init(line: Int, column: Int, message: String) {
      self.line = line
      self.column = column
      self.message = message
    }
  }

  package let header: [String]
  /// Every row has as many cells as the header.
  package let rows: [[Cell]]

  /// - Throws: The first structural problem: no header, a duplicate column, an unclosed quote, text
  ///   after a closing quote, or a row with too few or too many cells.
  package init(parsing bytes: [UInt8]) throws(Problem) {
    var reader = RecordReader(bytes: bytes)
    guard let first = try reader.next() else {
      throw Problem(line: 1, column: 1, message: "the file is empty; expected a header line")
    }
    header = first.map(\.text)
    for (index, cell) in first.enumerated() where header[..<index].contains(cell.text) {
      throw Problem(
        line: cell.line, column: cell.column, message: "column \"\(cell.text)\" appears twice")
    }
    var rows: [[Cell]] = []
    while let record = try reader.next() {
      guard record.count == header.count else {
        throw Problem(
          line: record[0].line, column: 1,
          message: "the row has \(record.count) cells; the header names \(header.count) columns")
      }
      rows.append(record)
    }
    self.rows = rows
  }

  package func column(_ name: String) -> Int? { header.firstIndex(of: name) }
}

private struct RecordReader {
  let bytes: [UInt8]
  var position: Int
  var line = 1
  var lineStart: Int

  init(bytes: [UInt8]) {
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    lineStart = position
  }

  mutating func next() throws(CSVTable.Problem) -> [CSVTable.Cell]? {
    while position < bytes.count, bytes[position] == .lineFeed || bytes[position] == .return {
      endLine()
    }
    guard position < bytes.count else { return nil }
    var record = [try cell()]
    while position < bytes.count, bytes[position] == .comma {
      position += 1
      record.append(try cell())
    }
    if position < bytes.count { endLine() }
    return record
  }

  private mutating func endLine() {
    if bytes[position] == .return, position + 1 < bytes.count, bytes[position + 1] == .lineFeed {
      position += 1
    }
    position += 1
    line += 1
    lineStart = position
  }

  private mutating func cell() throws(CSVTable.Problem) -> CSVTable.Cell {
    let start = (line: line, column: position - lineStart + 1)
    var text: [UInt8] = []
    if position < bytes.count, bytes[position] == .quote {
      try quoted(into: &text, from: start)
    } else {
      while position < bytes.count, !bytes[position].endsCell {
        text.append(bytes[position])
        position += 1
      }
    }
    return CSVTable.Cell(
      text: String(decoding: text, as: UTF8.self), line: start.line, column: start.column)
  }

  private mutating func quoted(
    into text: inout [UInt8], from start: (line: Int, column: Int)
  ) throws(CSVTable.Problem) {
    position += 1
    while position < bytes.count {
      let byte = bytes[position]
      position += 1
      if byte == .lineFeed {
        line += 1
        lineStart = position
      }
      guard byte == .quote else {
        text.append(byte)
        continue
      }
      if position < bytes.count, bytes[position] == .quote {
        text.append(.quote)
        position += 1
        continue
      }
      guard position == bytes.count || bytes[position].endsCell else {
        throw CSVTable.Problem(
          line: line, column: position - lineStart + 1, message: "text after a closing quote")
      }
      return
    }
    throw CSVTable.Problem(
      line: start.line, column: start.column, message: "the quote is never closed")
  }
}

extension UInt8 {
  fileprivate static let lineFeed = UInt8(ascii: "\n")
  fileprivate static let `return` = UInt8(ascii: "\r")
  fileprivate static let comma = UInt8(ascii: ",")
  fileprivate static let quote = UInt8(ascii: "\"")
  fileprivate var endsCell: Bool { self == .comma || self == .lineFeed || self == .return }
}
