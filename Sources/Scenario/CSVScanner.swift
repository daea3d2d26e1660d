/// Walks the rows of a CSV text (RFC 4180; LF, CRLF or CR) and knows where each field stands.
struct CSVScanner {
  private let bytes: [UInt8]
  private var position = 0
  private var rowStart = 0
  private var nextLine = 1
  /// Line of the current row, from 1.
  private(set) var line = 0
  /// The fields of the current row as byte ranges, quotes included.
  private(set) var fields: [Range<Int>] = []

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    // A byte order mark is no part of the header.
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
  }

  /// Moves to the next row; false at the end.
  mutating func nextRow() -> Bool {
    guard position < bytes.count else { return false }
    fields.removeAll(keepingCapacity: true)
    line = nextLine
    rowStart = position
    var start = position
    var isQuoted = false
    while position < bytes.count {
      let byte = bytes[position]
      if byte == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if byte == UInt8(ascii: ","), !isQuoted {
        fields.append(start..<position)
        start = position + 1
      } else if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") {
        let isPair = byte == 0x0D && position + 1 < bytes.count && bytes[position + 1] == 0x0A
        nextLine += 1
        if !isQuoted {
          fields.append(start..<position)
          position += isPair ? 2 : 1
          return true
        }
        if isPair { position += 1 }
      }
      position += 1
    }
    fields.append(start..<position)
    return true
  }

  var isBlankRow: Bool { fields.count == 1 && fields[0].isEmpty }

  /// A field's text without its quotes; invalid UTF-8 shows as replacement characters.
  func text(_ field: Int) -> String {
    let text = String(decoding: bytes[fields[field]], as: UTF8.self)
    guard text.count >= 2, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return text.dropFirst().dropLast().split(separator: "\"\"", omittingEmptySubsequences: false)
      .joined(separator: "\"")
  }

  /// The field's number when it is a plain one: up to 18 digits, a point among them or not.
  ///
  /// Nearly every field of a trace is; what is not goes the slow way, by `text`.
  func plainNumber(_ field: Int) -> (digits: UInt64, decimals: Int)? {
    let range = fields[field]
    guard (1...19).contains(range.count) else { return nil }
    var digits: UInt64 = 0
    var point: Int?
    for index in range {
      let byte = bytes[index]
      if byte == UInt8(ascii: "."), point == nil, index > range.lowerBound {
        point = index
        continue
      }
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      digits = digits * 10 + UInt64(byte - UInt8(ascii: "0"))
    }
    let decimals = point.map { range.upperBound - $0 - 1 }
    return decimals == 0 || digits >= 1_000_000_000_000_000_000 ? nil : (digits, decimals ?? 0)
  }

  /// Where a field starts in its row, from 1, in bytes.
  func column(_ field: Int) -> Int { fields[field].lowerBound - rowStart + 1 }
}
