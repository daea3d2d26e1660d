public import Statistics

/// One figure: what it must be, what came out, and whether that will do.
public struct ValidationRow: Sendable {
  public enum Verdict: String, Sendable {
    case holds
    /// The interval does not contain the value.
    case misses
    /// The interval contains the value and much else.
    case tooWide = "too wide"
  }

  public let quantity: String
  public let expected: Double
  public let got: Double
  /// nil for figures without chance.
  public let interval: Estimate?
  public let verdict: Verdict

  /// Of each interval: among a hundred rows one fails by chance in ten suites.
  public static let confidence = 0.999

  /// A figure without chance, right to `tolerance` of its magnitude, or of 1 where it is 0.
  init(_ quantity: String, expected: Double, exactly got: Double, tolerance: Double = 1e-12) {
    self.quantity = quantity
    self.expected = expected
    self.got = got
    interval = nil
    let scale = expected == 0 ? 1 : expected.magnitude
    verdict = (got - expected).magnitude <= tolerance * scale ? .holds : .misses
  }

  /// A figure with chance: its interval must contain the value and be narrow, the half-width at most
  /// 1 % of the value, 5 % for probabilities below 0.05, 0.01 where the value is 0.
  init(
    _ quantity: String, expected: Double, _ interval: Estimate, _ effort: ValidationEffort,
    isProbability: Bool = false
  ) {
    self.quantity = quantity
    self.expected = expected
    got = interval.value
    self.interval = interval
    let width = (interval.upper - interval.lower) / 2
    let share = isProbability && expected < 0.05 ? 0.05 : 0.01
    let limit = expected == 0 ? 0.01 : share * expected.magnitude
    verdict =
      !interval.contains(expected)
      ? .misses
      : width <= limit || effort.scale < 1 ? .holds : .tooWide
  }

  /// From independent replications.
  init(
    _ quantity: String, expected: Double, _ replications: [Double], _ effort: ValidationEffort,
    isProbability: Bool = false
  ) {
    let interval = Tally(replications).interval(confidence: Self.confidence)
    self.init(
      quantity, expected: expected,
      Estimate(
        value: interval.mean, lower: interval.lower, upper: interval.upper,
        confidence: Self.confidence), effort, isProbability: isProbability)
  }
}

/// The table of `marketsim validate analytic`.
public enum ValidationTable {
  public static let schema = TableSchema(
    "validation", "One figure of one check.",
    columns: [
      Column("check", .text, "Name, as --only takes it."),
      Column("quantity", .text, "What is compared."),
      Column("expected", .real, "What theory or the publication says."),
      Column("got", .real, "What came out."),
      Column("lower", .real, "Lower end of the 99.9 % interval; empty without chance."),
      Column("upper", .real, "Upper end."),
      Column("verdict", .text, "`holds`, `misses` or `too wide`."),
    ])

  public static func append(
    _ rows: [ValidationRow], of check: ValidationCheck, to table: inout ResultTable
  ) {
    for row in rows {
      table.append(check.name)
      table.append(row.quantity)
      table.append(row.expected)
      table.append(row.got)
      table.append(row.interval?.lower ?? .nan)
      table.append(row.interval?.upper ?? .nan)
      table.append(row.verdict.rawValue)
      table.endRow()
    }
  }
}
