public import Market
internal import Statistics

/// Whether a line of `expect:` holds at one point.
public struct SweepVerdict: Sendable {
  public let expectation: Expectation
  public let point: Int
  public let verdict: ExpectationVerdict
  public var description: String { verdict.description }
  public var holds: Bool { verdict.holds }
}

/// `expectations.csv` of a sweep.
enum SweepVerdictTable {
  static let schema = TableSchema(
    "expectations", "One line of `expect:` at one point that it speaks of.",
    columns: [SweepTables.point] + ExpectationTable.schema.columns)

  static func table(of verdicts: [SweepVerdict]) -> ResultTable {
    var table = ResultTable(schema)
    for verdict in verdicts {
      table.append(verdict.point)
      ExpectationTable.append(verdict.verdict, to: &table)
      table.endRow()
    }
    return table
  }
}
