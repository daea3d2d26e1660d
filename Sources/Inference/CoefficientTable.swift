/// One row of `Catalogue/coefficients.csv`.
public struct Coefficient: Equatable, Sendable {
  public let quantity: Quantity
  /// Such as `hopper|serving`, `vllm-new` or `*`.
  public let key: String
  /// Median before any row was seen.
  public let prior: Double
  /// Standard deviation of its logarithm around the prior; 0 for a figure that is not fitted.
  public let spread: Double
  public let value: Double
  /// Measurements that the key applies to; 0 means the value is the prior.
  public let rows: Int
  public let source: String

  public init(
    quantity: Quantity, key: String, prior: Double, spread: Double, value: Double, rows: Int,
    source: String
  ) {
    self.quantity = quantity
    self.key = key
    self.prior = prior
    self.spread = spread
    self.value = value
    self.rows = rows
    self.source = source
  }
}

/// All coefficients, in the order of the file.
public struct CoefficientTable: Sendable {
  public let rows: [Coefficient]
  private let values: [[String: Double]]

  public init(_ rows: [Coefficient]) {
    self.rows = rows
    var values = [[String: Double]](repeating: [:], count: Quantity.allCases.count)
    for row in rows { values[row.quantity.rawValue][row.key] = row.value }
    self.values = values
  }

  init(_ table: CatalogueRows) {
    self.init(
      table.map { row in
        guard let quantity = Quantity.allCases.first(where: { $0.name == row.text("quantity") })
        else { preconditionFailure("coefficients.csv has the quantity \(row.text("quantity"))") }
        return Coefficient(
          quantity: quantity, key: row.text("key"), prior: row.number("prior"),
          spread: row.number("spread"), value: row.number("value"), rows: row.integer("rows"),
          source: row.text("source"))
      })
  }

  func value(_ quantity: Quantity, _ key: String) -> Double? {
    values[quantity.rawValue][key]
  }

  /// Whether the class was measured or given a prior under the style, `hopper|serving`.
  func covers(_ keys: CoefficientKeys) -> Bool {
    value(.compute, "\(keys.architectureClass)|\(keys.style)") != nil
  }

  func factors(_ keys: CoefficientKeys) -> StepFactors {
    var factors = StepFactors()
    for quantity in Quantity.allCases {
      for key in quantity.keys(keys) { factors[quantity] *= value(quantity, key) ?? 1 }
    }
    return factors
  }
}

/// A deployment's value of every quantity.
public struct StepFactors: Equatable, Sendable {
  private var values = [Double](repeating: 1, count: Quantity.allCases.count)

  init() {}

  public subscript(quantity: Quantity) -> Double {
    get { values[quantity.rawValue] }
    set { values[quantity.rawValue] = newValue }
  }
}
