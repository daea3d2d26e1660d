public import Quantities

/// Rows of typed cells in the order of a schema's columns, in three flat buffers.
///
/// Small tables are kept whole; a `TableStream` uses one as a buffer that is emptied again and
/// again. Filling allocates nothing once the buffers have grown.
///
/// A row is appended cell by cell, left to right, and closed by `endRow()`.
public struct ResultTable: Sendable {
  /// One cell; text and wide amounts lie in the table's side buffers.
  public enum Cell: BitwiseCopyable, Sendable {
    case absent
    case integer(Int64)
    /// NaN means absent.
    case real(Double)
    case flag(Bool)
    /// Nanoseconds.
    case ticks(Int64)
    /// A range of `text`.
    case text(start: UInt32, count: UInt32)
    /// A place in `amounts`.
    case amount(index: UInt32)
  }

  public let schema: TableSchema
  @usableFromInline var cellStorage: [Cell] = []
  /// UTF-8 of all text cells.
  public private(set) var text: [UInt8] = []
  public private(set) var amounts: [UInt256] = []
  @usableFromInline let columnCount: Int
  @usableFromInline var closedCells = 0

  public init(_ schema: TableSchema) {
    self.schema = schema
    columnCount = schema.columns.count
  }

  /// Row after row.
  public var cells: [Cell] { cellStorage }
  /// Whole rows.
  public var rowCount: Int { closedCells / columnCount }

  @inlinable public mutating func append(_ value: Int) { append(.integer(Int64(value))) }
  @inlinable public mutating func append(_ value: Int64) { append(.integer(value)) }
  /// NaN leaves the cell empty.
  @inlinable public mutating func append(_ value: Double) { append(.real(value)) }
  @inlinable public mutating func append(_ value: Bool) { append(.flag(value)) }
  @inlinable public mutating func append(_ time: SimTime) { append(.ticks(time.nanoseconds)) }
  @inlinable public mutating func append(_ span: SimDuration) { append(.ticks(span.nanoseconds)) }
  @inlinable public mutating func append(_ gas: Gas) { append(.integer(Int64(gas.units))) }
  @inlinable public mutating func append(_ fee: Wei) {
    append(UInt256(high: 0, low: fee.rawValue))
  }
  public mutating func append(_ amount: UInt256) {
    append(.amount(index: UInt32(amounts.count)))
    amounts.append(amount)
  }
  public mutating func append(_ string: String) {
    let start = text.count
    text.append(contentsOf: string.utf8)
    append(.text(start: UInt32(start), count: UInt32(text.count - start)))
  }
  @inlinable public mutating func appendAbsent() { append(.absent) }

  @inlinable mutating func append(_ cell: Cell) {
    assert(fits(cell), "a cell of the wrong kind for its column in table \(schema.name)")
    cellStorage.append(cell)
  }

  /// - Precondition: Exactly one cell for each column has been appended since the last row.
  @inlinable public mutating func endRow() {
    closedCells += columnCount
    precondition(cellStorage.count == closedCells, "a row without exactly one cell for each column")
  }

  public mutating func removeRows() {
    cellStorage.removeAll(keepingCapacity: true)
    text.removeAll(keepingCapacity: true)
    amounts.removeAll(keepingCapacity: true)
    closedCells = 0
  }

  @usableFromInline func fits(_ cell: Cell) -> Bool {
    let kind = schema.columns[cellStorage.count % columnCount].kind
    switch (cell, kind) {
    case (.absent, _), (.integer, .integer), (.real, .real), (.flag, .flag), (.ticks, .seconds),
      (.text, .text), (.amount, .amount):
      return true
    default: return false
    }
  }
}
