internal import Statistics

/// Where the rows of some files in the form of `results.csv` stand, so that they can be read again in
/// order; 32 bytes a row, whatever the rows hold.
struct SweepRows {
  struct Place {
    let point: Int32
    let replication: Int32
    let file: Int32
    let length: Int32
    let offset: Int64
  }

  private(set) var files: [String] = []
  private(set) var places: [Place] = []

  /// Adds the rows of a file.
  ///
  /// - Parameter header: As the file must begin; nil: the file is not of this sweep.
  /// - Returns: Bytes up to the end of the last whole row; nil when the header is another one.
  /// - Throws: `OutputError` when the file cannot be read.
  mutating func add(
    _ path: String, header: [UInt8], of tables: SweepTables, each: (SweepRow) -> Void = { _ in }
  ) throws -> Int? {
    let file = Int32(files.count)
    files.append(path)
    var pending: [UInt8] = []
    var offset = 0
    var isHeaderRead = false
    var isRight = true
    try Disk.forEachChunk(of: path) { chunk in
      pending.append(contentsOf: chunk)
      var start = 0
      while isRight, let end = CSVRecords.end(in: pending, from: start) {
        let bytes = pending[start..<end]
        if !isHeaderRead {
          isHeaderRead = true
          guard Array(bytes) == header else {
            isRight = false
            break
          }
        } else if let record = CSVRecords.parse(Array(bytes))?.first,
          let row = SweepRow(record, of: tables)
        {
          places.append(
            Place(
              point: Int32(row.point), replication: Int32(row.replication), file: file,
              length: Int32(bytes.count), offset: Int64(offset)))
          each(row)
        } else {
          isRight = false
          break
        }
        offset += end - start
        start = end
      }
      pending.removeFirst(start)
    }
    return isHeaderRead && offset == 0 ? nil : offset
  }

  /// Puts the places in order of point and replication, each once.
  mutating func sort() {
    places.sort { ($0.point, $0.replication, $0.file) < ($1.point, $1.replication, $1.file) }
    var kept = 0
    for place in places {
      if kept > 0, places[kept - 1].point == place.point,
        places[kept - 1].replication == place.replication
      {
        continue
      }
      places[kept] = place
      kept += 1
    }
    places.removeLast(places.count - kept)
  }

  /// Calls `body` with the bytes of each row in the order of the places.
  func forEachRow(_ body: ([UInt8]) throws -> Void) throws {
    let readers = try files.map { try Disk.Reader($0) }
    for place in places {
      try body(try readers[Int(place.file)].bytes(at: Int(place.offset), count: Int(place.length)))
    }
  }
}

extension CSVRecords {
  /// The end of the record that starts at `start`, its line end included; nil when it is torn.
  static func end(in bytes: [UInt8], from start: Int) -> Int? {
    var isQuoted = false
    for position in start..<bytes.count {
      if bytes[position] == UInt8(ascii: "\"") {
        isQuoted.toggle()
      } else if bytes[position] == UInt8(ascii: "\n"), !isQuoted {
        return position + 1
      }
    }
    return nil
  }
}
