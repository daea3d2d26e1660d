public import Market
internal import Report
public import Statistics

/// Whether a line of `expect:` holds over the replications that finished.
public struct ExpectationVerdict: Sendable {
  public let expectation: Expectation
  /// Of the metric; nil when the model lacks it or no replication has it, and then nothing holds.
  public let interval: ConfidenceInterval?
  public private(set) var holds: Bool
  /// Chance of data like these or clearer ones if the line were false; nil without confidence.
  private let pValue: Double?
  /// Lines with confidence that were judged together, where only that made this one fail.
  private var company: Int?

  public init(_ expectation: Expectation, in result: RunResult) {
    self.init(expectation, outcomes: result.outcomes, metrics: result.metrics)
  }

  init(_ expectation: Expectation, outcomes: [ReplicationOutcome], metrics: MetricSet) {
    guard let index = metrics.index(named: expectation.metric) else {
      self.init(expectation, tally: Tally())
      return
    }
    let values = outcomes.compactMap { $0.output?.values.numbers[index] }.filter { !$0.isNaN }
    self.init(expectation, tally: Tally(values))
  }

  /// - Parameter tally: Of the metric, over the replications that have it.
  init(_ expectation: Expectation, tally: Tally) {
    self.expectation = expectation
    guard tally.count > 0 else {
      interval = nil
      holds = false
      pValue = expectation.confidence == nil ? nil : 1
      return
    }
    pValue = expectation.confidence == nil ? nil : Self.pValue(expectation.bound, tally)
    let interval = tally.interval(
      confidence: expectation.confidence ?? SummaryTable.confidence)
    self.interval = interval
    let isIntervalMeant = expectation.confidence != nil
    let lower = isIntervalMeant ? interval.lower : interval.mean
    let upper = isIntervalMeant ? interval.upper : interval.mean
    holds =
      switch expectation.bound {
      case .below(let limit): upper < limit
      case .above(let limit): lower > limit
      case .within(let from, let to): from <= lower && upper <= to
      }
    if let limit = expectation.halfWidth, interval.halfWidth > limit { holds = false }
  }
}

extension ExpectationVerdict {
  /// Verdicts that all hold together: lines with confidence c are tests at (1 − c)/2 on each side, and
  /// with several of them the chance that any false one passes stays below its level.
  ///
  /// - Source: Holm, Scandinavian Journal of Statistics 6(2), 1979, with a level for each test.
  static func corrected(_ verdicts: [ExpectationVerdict]) -> [ExpectationVerdict] {
    let tested = verdicts.indices.filter { verdicts[$0].pValue != nil }
    guard tested.count > 1 else { return verdicts }
    let claims = HolmCorrection.claims(
      tested.map { verdicts[$0].pValue ?? 1 },
      levels: tested.map { (1 - (verdicts[$0].expectation.confidence ?? 0)) / 2 })
    var corrected = verdicts
    for (index, isClaimed) in zip(tested, claims) {
      corrected[index].holds = verdicts[index].holds && isClaimed
      if verdicts[index].holds, !isClaimed { corrected[index].company = tested.count }
    }
    return corrected
  }

  /// One-sided, of the mean lying beyond the bound; of `within`, for the nearer end.
  private static func pValue(_ bound: Expectation.Bound, _ tally: Tally) -> Double {
    switch bound {
    case .below(let limit): tally.chance(ofMeanAtLeast: limit)
    case .above(let limit): tally.chance(ofMeanAtMost: limit)
    case .within(let from, let to):
      // The ends are included.
      Swift.max(
        tally.chance(ofMeanAtLeast: to, excluded: true),
        tally.chance(ofMeanAtMost: from, excluded: true))
    }
  }
}

extension ExpectationVerdict: CustomStringConvertible {
  /// `unserved_fraction = 0.0012 ± 0.0003, expected below 0.02`.
  public var description: String {
    let bound =
      switch expectation.bound {
      case .below(let limit): "below \(limit)"
      case .above(let limit): "above \(limit)"
      case .within(let from, let to): "from \(from) to \(to)"
      }
    guard let interval else { return "\(expectation.metric) was not observed, expected \(bound)" }
    let limit = expectation.halfWidth.map { " ± \($0) at most" } ?? ""
    let level = limit + (expectation.confidence.map { " with confidence \($0)" } ?? "")
    let mean = TextTable.text(of: interval.mean)
    let width =
      interval.halfWidth.isFinite ? " ± \(TextTable.text(of: interval.halfWidth))" : ""
    let text = "\(expectation.metric) = \(mean)\(width), expected \(bound)\(level)"
    if expectation.confidence != nil, !interval.halfWidth.isFinite {
      return text + ", for which it takes two replications"
    }
    guard let company, let pValue else { return text }
    return text + "; alone it would hold, but of \(company) lines judged together p = "
      + "\(TextTable.text(of: pValue, significantDigits: 2)) is too much (Holm)"
  }
}

/// `expectations.csv`: what was expected and what came.
public enum ExpectationTable {
  public static let schema = TableSchema(
    "expectations", "One line of `expect:` in the scenario.",
    columns: [
      Column("metric", .text, "Name as in `summary.csv`."),
      Column("bound", .text, "What it had to be: `below`, `above` or `within`."),
      Column("from", .real, "Lower bound; empty for `below`."),
      Column("to", .real, "Upper bound; empty for `above`."),
      Column("confidence", .real, "Of the interval that had to hold; empty when the mean had to."),
      Column(
        "half_width", .real,
        "What half of that interval had to be at most; empty where any will do."),
      Column("mean", .real, "Mean over replications; empty when none has the metric."),
      Column("lower", .real, "Lower end of the interval (95 % where no confidence is asked)."),
      Column("upper", .real, "Upper end of the interval."),
      Column(
        "holds", .flag,
        "Whether the expectation holds; lines with confidence are corrected for their number (Holm)."
      ),
    ])

  public static func table(of verdicts: [ExpectationVerdict]) -> ResultTable {
    var table = ResultTable(schema)
    for verdict in verdicts {
      append(verdict, to: &table)
      table.endRow()
    }
    return table
  }

  /// The cells of one row.
  static func append(_ verdict: ExpectationVerdict, to table: inout ResultTable) {
    table.append(verdict.expectation.metric)
    switch verdict.expectation.bound {
    case .below(let limit):
      table.append("below")
      table.appendAbsent()
      table.append(limit)
    case .above(let limit):
      table.append("above")
      table.append(limit)
      table.appendAbsent()
    case .within(let from, let to):
      table.append("within")
      table.append(from)
      table.append(to)
    }
    table.append(verdict.expectation.confidence ?? .nan)
    table.append(verdict.expectation.halfWidth ?? .nan)
    let interval = verdict.interval
    table.append(interval?.mean ?? .nan)
    table.append(finite(interval?.lower))
    table.append(finite(interval?.upper))
    table.append(verdict.holds)
  }

  /// One replication has no interval: its ends are absent, not infinite.
  private static func finite(_ end: Double?) -> Double {
    guard let end, end.isFinite else { return .nan }
    return end
  }
}
