internal import Report
public import Statistics

/// A streamed table on its way to a CSV file; memory stays at one buffer of a quarter megabyte.
public final class CSVFile: TableSink {
  private var file: OutputFile
  private var buffer: [UInt8] = []
  private(set) var isFinished = false
  /// The first failure, which the model need not see before its run ends.
  private(set) var failure: OutputError?
  private let onFailure: () -> Void
  private static let bufferLimit = 1 << 18

  /// - Parameter onFailure: Called once, when rows can no longer be written.
  /// - Throws: `OutputError`, here and when rows are written.
  public init(
    _ schema: TableSchema, at path: String, onFailure: @escaping () -> Void = {}
  ) throws {
    file = try OutputFile(path)
    self.onFailure = onFailure
    buffer.reserveCapacity(Self.bufferLimit + Self.bufferLimit / 4)
    CSVEncoder.appendHeader(of: schema, to: &buffer)
  }

  public func write(_ rows: ResultTable) throws {
    CSVEncoder.appendRows(of: rows, to: &buffer)
    if buffer.count >= Self.bufferLimit { try flush() }
  }

  /// Puts the file under its name.
  public func finish() throws {
    try flush()
    try file.commit()
    isFinished = true
  }

  private func flush() throws {
    do {
      try file.write(buffer)
      buffer.removeAll(keepingCapacity: true)
    } catch {
      failure = error
      onFailure()
      throw error
    }
  }
}
