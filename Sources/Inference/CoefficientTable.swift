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
public struct CoefficientTable: Equatable, Sendable {
  public let rows: [Coefficient]
  private let values: [[String: Double]]

  public init(_ rows: [Coefficient]) {
    self.rows = rows
    var values = [[String: Double]](repeating: [:], count: Quantity.allCases.count)
    for row in rows { values[row.quantity.rawValue][row.key] = row.value }
    self.values = values
  }

  init(_ table: CatalogueRows) {
    do {
      try self.init(table.table)
    } catch {
      preconditionFailure("coefficients.csv:\(error)")
    }
  }

  /// - Throws: The first row that names no quantity, or a cell that is not a number where one belongs.
  package init(_ table: CSVTable) throws(CSVTable.Problem) {
    var rows: [Coefficient] = []
    for cells in table.rows {
      let reader = NumberReader(table: table, cells: cells)
      let name = try reader.text("quantity")
      guard let quantity = Quantity.allCases.first(where: { $0.name == name }) else {
        let names = Quantity.allCases.map(\.name)
        let nearest = nearestName(to: name, in: names).map { "; did you mean \"\($0)\"?" } ?? ""
        throw reader.problem("quantity", "is not a known quantity\(nearest)")
      }
      rows.append(
        Coefficient(
          quantity: quantity, key: try reader.text("key"),
          prior: try reader.positive("prior"), spread: try reader.nonNegative("spread"),
          value: try reader.positive("value"), rows: Int(try reader.nonNegative("rows")),
          source: try reader.text("source")))
    }
    self.init(rows)
  }

  /// The table as a file.
  public var csv: String {
    let lines = rows.map { row in
      let cells = [
        row.quantity.name, row.key, "\(row.prior)", "\(row.spread)", "\(row.value)", "\(row.rows)",
        row.source,
      ]
      return cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",")
    }
    return (["quantity,key,prior,spread,value,rows,source"] + lines).joined(separator: "\n") + "\n"
  }

  package func value(_ quantity: Quantity, _ key: String) -> Double? {
    values[quantity.rawValue][key]
  }

  /// Whether the class was measured or given a prior under the style, `hopper|serving`.
  package func covers(_ keys: CoefficientKeys) -> Bool {
    value(.compute, "\(keys.architectureClass)|\(keys.style)") != nil
  }

  package func factors(_ keys: CoefficientKeys) -> StepFactors {
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

  package init() {}

  public subscript(quantity: Quantity) -> Double {
    get { values[quantity.rawValue] }
    set { values[quantity.rawValue] = newValue }
  }
}
