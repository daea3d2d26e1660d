/// Takes rows out of the simulation, a chunk at a time, to a file or to memory.
public protocol TableSink: AnyObject {
  /// `rows` holds whole rows only and is reused afterwards.
  func write(_ rows: ResultTable) throws
  /// No more rows follow.
  func finish() throws
}

/// A table that leaves the simulation while it runs, so that memory does not grow with the run.
///
/// Rows are filled as in `ResultTable`; every 4,096 cells they go to the sink as one chunk. A sink
/// that fails (full disk) never throws into the model: the stream stops recording and `finish()`
/// throws the first failure.
public struct TableStream: ~Copyable {
  /// Appends the cells of the present row.
  public var row: ResultTable
  /// Whether anybody wants the rows; when not, skip computing them.
  public private(set) var isRecording: Bool
  private let sink: (any TableSink)?
  private let prefix: ResultTable.Cell?
  private var failure: (any Error)?
  @usableFromInline static var chunkCells: Int { 4096 }

  /// - Parameters:
  ///   - schema: Without a replication column.
  ///   - replication: When given, a first column holds it in every row.
  ///   - sink: nil for a table that nobody asked for.
  public init(_ schema: TableSchema, replication: Int? = nil, to sink: (any TableSink)?) {
    row = ResultTable(replication == nil ? schema : schema.withReplication)
    prefix = replication.map { .integer(Int64($0)) }
    self.sink = sink
    isRecording = sink != nil
    if isRecording { row.cellStorage.reserveCapacity(Self.chunkCells + row.columnCount) }
    beginRow()
  }

  /// Closes the present row.
  public mutating func endRow() {
    row.endRow()
    if row.cellStorage.count >= Self.chunkCells { flush() }
    beginRow()
  }

  /// Hands the last rows over; every stream is finished once, when the run ends well.
  ///
  /// - Throws: The first failure of the sink.
  public mutating func finish() throws {
    row.cellStorage.removeLast(row.cellStorage.count - row.closedCells)
    flush()
    if let failure { throw failure }
    try sink?.finish()
  }

  private mutating func beginRow() {
    if let prefix { row.append(prefix) }
  }

  private mutating func flush() {
    if isRecording, row.rowCount > 0 {
      do {
        try sink?.write(row)
      } catch {
        failure = error
        isRecording = false
      }
    }
    row.removeRows()
  }
}
