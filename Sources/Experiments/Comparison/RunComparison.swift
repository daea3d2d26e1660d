public import Statistics

/// The differences between two runs, the clearest first.
public struct RunComparison: Sendable {
  /// Whether both saw the same random numbers, so that replications are pairs.
  public let isPaired: Bool
  public let table: ResultTable

  public static let schema = TableSchema(
    "comparison", "One metric of two runs.",
    columns: [
      Column("metric", .text, "Name with its unit."),
      Column("first", .real, "Mean of the first run."),
      Column("second", .real, "Mean of the second run."),
      Column("difference", .real, "Second less first."),
      Column("half_width", .real, "Half-width of its 95 % interval; empty below two replications."),
      Column("relative", .real, "Difference over the magnitude of the first mean."),
      Column(
        "p_value", .real,
        "Of no difference, corrected for the number of metrics compared (Holm): as many as both runs "
          + "have, so that one alone is up to that many times smaller."),
      Column("n", .integer, "Pairs of replications."),
      Column(
        "variance_ratio", .real,
        "Variance of the paired difference over that of independent runs; small where common random "
          + "numbers help."),
    ])

  /// - Parameters: Folders of runs, or `FOLDER@POINT` of sweeps.
  /// - Throws: `ComparisonError`.
  public init(_ first: String, _ second: String) throws {
    let (a, b) = (try ComparedRun(first), try ComparedRun(second))
    let isPaired = a.seed != nil && a.seed == b.seed
    var rows: [(metric: String, difference: PairedDifference)] = []
    for (index, metric) in a.metrics.enumerated() {
      guard let other = b.metrics.firstIndex(of: metric) else { continue }
      let difference =
        isPaired
        ? PairedDifference(first: a.numbers[index], second: b.numbers[other])
        : PairedDifference(independent: a.numbers[index], b.numbers[other])
      if let difference { rows.append((metric, difference)) }
    }
    guard !rows.isEmpty else { throw ComparisonError.nothingInCommon(first, second) }
    let adjusted = HolmCorrection.adjusted(rows.map { $0.difference.pValue.nanAsOne })
    let order = rows.indices.sorted { Self.isClearer($0, $1, rows) }
    var table = ResultTable(Self.schema)
    for index in order {
      let (metric, difference) = rows[index]
      let interval = difference.interval
      table.append(metric)
      table.append(difference.firstMean)
      table.append(difference.secondMean)
      table.append(interval.mean)
      table.append(interval.halfWidth.isFinite ? interval.halfWidth : .nan)
      table.append(
        difference.firstMean == 0 ? .nan : interval.mean / difference.firstMean.magnitude)
      table.append(difference.pValue.isNaN ? .nan : adjusted[index])
      table.append(difference.pairs)
      table.append(difference.varianceRatio)
      table.endRow()
    }
    self.isPaired = isPaired
    self.table = table
  }

  /// By difference over half-width; where neither has an interval, by relative difference.
  private static func isClearer(
    _ a: Int, _ b: Int, _ rows: [(metric: String, difference: PairedDifference)]
  ) -> Bool {
    func effect(_ difference: PairedDifference) -> Double {
      let interval = difference.interval
      if interval.mean == 0 { return 0 }
      if interval.halfWidth.isFinite { return interval.mean.magnitude / interval.halfWidth }
      return interval.mean.magnitude / difference.firstMean.magnitude
    }
    let (left, right) = (effect(rows[a].difference), effect(rows[b].difference))
    return left == right ? a < b : left > right
  }
}

extension Double {
  fileprivate var nanAsOne: Double { isNaN ? 1 : self }
}
