/// Where the streamed tables of one replication go.
public struct TableOutlet {
  public let replication: Int?
  private let makeSink: (TableSchema) throws -> (any TableSink)?

  /// - Parameter makeSink: Opens a table as files hold it (with the replication column); nil when it
  ///   was not asked for.
  public init(replication: Int?, makeSink: @escaping (TableSchema) throws -> (any TableSink)?) {
    self.replication = replication
    self.makeSink = makeSink
  }

  /// Every table is unwanted.
  public static var discarding: TableOutlet { TableOutlet(replication: nil) { _ in nil } }

  /// The sink of `schema` as files hold it; nil when it was not asked for.
  public func sink(_ schema: TableSchema) throws -> (any TableSink)? { try makeSink(schema) }

  /// Opens `schema` (declared without a replication column) for this replication.
  public func stream(_ schema: TableSchema) throws -> TableStream {
    let filed = replication == nil ? schema : schema.withReplication
    return TableStream(schema, replication: replication, to: try makeSink(filed))
  }
}
