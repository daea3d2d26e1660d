package import Inference

/// Measurements and the coefficients that bear on each of them.
package struct FitProblem {
  package let set: MeasurementSet
  package let table: CoefficientTable
  private let shapes: [StepShape]
  private let capacities: [Double]
  /// By row: the coefficients of each quantity.
  private let bearings: [[(quantity: Quantity, coefficients: [Int])]]
  private let logMeasured: [Double]

  package struct Slope {
    package let coefficient: Int
    /// Of the logarithm of the prediction over the logarithm of the coefficient.
    package let value: Double
  }

  /// - Parameter table: Priors, and where a row's keys are not among them, the place to add them.
  package init(_ set: MeasurementSet, _ table: CoefficientTable) {
    var rows = table.rows
    var places: [String: Int] = [:]
    for (index, row) in rows.enumerated() { places["\(row.quantity):\(row.key)"] = index }
    var bearings: [[(quantity: Quantity, coefficients: [Int])]] = []
    for row in set.rows {
      let keys = CoefficientKeys(row.deployment, engineVersion: row.engine.version)
      bearings.append(
        Quantity.allCases.map { quantity in
          let coefficients = quantity.keys(keys).map { key -> Int in
            let name = "\(quantity):\(key)"
            if let place = places[name] { return place }
            places[name] = rows.count
            rows.append(Coefficient(quantity: quantity, newKey: key))
            return rows.count - 1
          }
          return (quantity, coefficients)
        })
    }
    self.set = set
    self.table = CoefficientTable(rows)
    self.bearings = bearings
    shapes = set.rows.map { StepShape($0.deployment) }
    capacities = set.rows.map(Prediction.capacity)
    logMeasured = set.targets.map { logarithm($0.measured) }
  }

  /// Coefficients that bear on at least one of the targets.
  package func touched(by chosen: [Int]) -> [Bool] {
    var touched = [Bool](repeating: false, count: table.rows.count)
    for target in chosen {
      for bearing in bearings[set.targets[target].row] {
        for coefficient in bearing.coefficients { touched[coefficient] = true }
      }
    }
    return touched
  }

  /// The table with the values at a point, and the number of rows behind each.
  func table(at point: [Double]) -> CoefficientTable {
    var counts = [Int](repeating: 0, count: point.count)
    for target in set.targets where target.metric != .endToEnd {
      for bearing in bearings[target.row] {
        for coefficient in bearing.coefficients { counts[coefficient] += 1 }
      }
    }
    return CoefficientTable(
      table.rows.indices.map { index in
        table.rows[index].fitted(exponential(point[index]), rows: counts[index])
      })
  }

  /// Logarithmic errors of the chosen targets.
  func residuals(at point: [Double], _ chosen: [Int]) -> [Double] {
    chosen.map { target in
      let row = set.targets[target].row
      return logPrediction(target, factors(row, point)) - logMeasured[target]
    }
  }

  /// By target, how its prediction answers to each coefficient that bears on it.
  ///
  /// Coefficients of one quantity multiply, so they share one slope, found by a difference quotient.
  func slopes(at point: [Double], _ chosen: [Int], _ difference: Double) -> [[Slope]] {
    let nudge = exponential(difference)
    return chosen.map { target in
      let row = set.targets[target].row
      let factors = factors(row, point)
      let base = logPrediction(target, factors)
      return bearings[row].flatMap { bearing -> [Slope] in
        guard !bearing.coefficients.isEmpty else { return [] }
        var nudged = factors
        nudged[bearing.quantity] *= nudge
        let slope = (logPrediction(target, nudged) - base) / difference
        return bearing.coefficients.map { Slope(coefficient: $0, value: slope) }
      }
    }
  }

  private func factors(_ row: Int, _ point: [Double]) -> StepFactors {
    var factors = StepFactors()
    for bearing in bearings[row] {
      let sum = bearing.coefficients.reduce(0) { $0 + point[$1] }
      factors[bearing.quantity] = exponential(sum)
    }
    return factors
  }

  private func logPrediction(_ target: Int, _ factors: StepFactors) -> Double {
    let row = set.targets[target].row
    let law = StepLaw(shapes[row], factors)
    let prediction = Prediction(set.rows[row], law, capacity: capacities[row])
    return logarithm(prediction.value(set.targets[target].kind))
  }
}

extension Coefficient {
  /// Of a key that the table lacks: none expected, but some allowed.
  fileprivate init(quantity: Quantity, newKey key: String) {
    self.init(
      quantity: quantity, key: key, prior: 1, spread: key.contains("|") ? 0.1 : 0.3, value: 1,
      rows: 0, source: "new key")
  }

  fileprivate func fitted(_ value: Double, rows: Int) -> Coefficient {
    guard spread > 0 else { return self }
    return Coefficient(
      quantity: quantity, key: key, prior: prior, spread: spread, value: rows > 0 ? value : prior,
      rows: rows,
      source: rows > 0
        ? "robust fit on published measurements" : "prior by analogy, not a measurement")
  }
}
