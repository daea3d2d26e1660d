/// What a result table is called, what its rows are and which columns they have.
///
/// Declared once as a constant beside the code that fills it; the file name, the CSV header, the
/// JSON keys and `Results/README.md` follow from it.
public struct TableSchema: Hashable, Sendable {
  /// File name without extension: `hosts`.
  public let name: String
  /// One sentence: what a row is.
  public let meaning: String
  public let columns: [Column]

  /// - Precondition: At least one column, and no two with the same header.
  public init(_ name: String, _ meaning: String, columns: [Column]) {
    precondition(!columns.isEmpty, "table \(name) has no column")
    precondition(
      Set(columns.map(\.header)).count == columns.count, "table \(name) names a column twice")
    self.name = name
    self.meaning = meaning
    self.columns = columns
  }

  /// The same table with the replication as its first column, as files hold it.
  public var withReplication: TableSchema {
    TableSchema(name, meaning, columns: [Self.replication] + columns)
  }

  public static let replication = Column(
    "replication", .integer, "Number of the replication, from 0.")
}
