/// A place in something that a person wrote: a file's line and column, or a command line override.
public struct SourceLocation: Sendable, Equatable {
  /// Path as the person gave it, or the override's whole text.
  public var source: String
  /// From 1; 0 when the source has no lines (an override, or a file that could not be read).
  public var line: Int
  /// From 1, counted in Unicode scalars; 0 when the source has no lines.
  public var column: Int
  /// Position of the source in the order of reading; sorts complaints of several sources.
  var rank: Int

  public init(source: String, line: Int = 0, column: Int = 0) {
    self.init(source: source, line: line, column: column, rank: 0)
  }

  init(source: String, line: Int, column: Int, rank: Int) {
    self.source = source
    self.line = line
    self.column = column
    self.rank = rank
  }

  public static func == (lhs: Self, rhs: Self) -> Bool {
    lhs.source == rhs.source && lhs.line == rhs.line && lhs.column == rhs.column
  }
}

extension SourceLocation: CustomStringConvertible {
  public var description: String { line == 0 ? source : "\(source):\(line):\(column)" }
}

extension SourceLocation: Comparable {
  public static func < (lhs: Self, rhs: Self) -> Bool {
    (lhs.rank, lhs.line, lhs.column) < (rhs.rank, rhs.line, rhs.column)
  }
}
