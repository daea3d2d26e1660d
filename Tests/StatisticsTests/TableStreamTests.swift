import Quantities
import Testing

@testable import Statistics

@Suite("A streamed table") struct TableStreamTests {
  static let schema = TableSchema(
    "samples", "A sample.",
    columns: [Column("index", .integer, "Number."), .seconds("time", "When.")])

  final class Memory: TableSink {
    struct Full: Error {}
    var chunks: [ResultTable] = []
    var isFinished = false
    var capacity = Int.max
    func write(_ rows: ResultTable) throws {
      if chunks.count == capacity { throw Full() }
      chunks.append(rows)
    }
    func finish() throws { isFinished = true }
  }

  @Test("arrives whole and in order, in chunks of bounded size") func order() throws {
    let memory = Memory()
    var stream = TableStream(Self.schema, replication: 3, to: memory)
    for index in 0..<10_000 {
      stream.row.append(index)
      stream.row.append(SimTime(nanoseconds: Int64(index)))
      stream.endRow()
    }
    try stream.finish()
    #expect(memory.isFinished)
    #expect(memory.chunks.count == 8)
    #expect(memory.chunks.allSatisfy { $0.cells.count <= 4096 + 3 })
    #expect(memory.chunks[0].schema.columns.map(\.header) == ["replication", "index", "time_s"])
    let indices = memory.chunks.flatMap { chunk in
      (0..<chunk.rowCount).compactMap { row -> Int? in
        guard case .integer(3) = chunk.cells[3 * row],
          case .integer(let i) = chunk.cells[3 * row + 1]
        else { return nil }
        return Int(i)
      }
    }
    #expect(indices == Array(0..<10_000))
  }

  @Test("tells of a full disk once, at the end, and lets the model go on") func failure() {
    let memory = Memory()
    memory.capacity = 1
    var stream = TableStream(Self.schema, to: memory)
    let before = stream.isRecording
    #expect(before)
    for index in 0..<10_000 {
      stream.row.append(index)
      stream.row.appendAbsent()
      stream.endRow()
    }
    let after = stream.isRecording
    #expect(!after)
    #expect(memory.chunks.count == 1)
    var caught = false
    do { try stream.finish() } catch { caught = error is Memory.Full }
    #expect(caught)
    #expect(!memory.isFinished)
  }

  @Test("costs nothing to keep when nobody asked for it") func unwanted() throws {
    var stream = try TableOutlet.discarding.stream(Self.schema)
    let isRecording = stream.isRecording
    #expect(!isRecording)
    try stream.finish()
  }

  @Test("traps on a row with a cell too few") func shortRow() async {
    await #expect(processExitsWith: .failure) {
      var table = ResultTable(TableStreamTests.schema)
      table.append(1)
      table.endRow()
    }
  }
}
