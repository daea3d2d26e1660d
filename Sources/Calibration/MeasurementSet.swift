package import Inference

/// The figures of a measurement file that can be predicted, and the rows that cannot.
package struct MeasurementSet: Sendable {
  package let rows: [MeasuredRow]
  /// In the order of the rows.
  package let targets: [Target]
  /// Rows that nothing is predicted for, with the reason; then rows that their source flags.
  package let refused: [(row: MeasuredRow, reason: String)]
  package let flagged: [MeasuredRow]

  /// Flags that say nothing against a figure.
  private static let harmlessFlags: Set<String> = ["", "mla"]

  package init(_ file: MeasurementFile) {
    var (rows, flagged): ([MeasuredRow], [MeasuredRow]) = ([], [])
    var refused: [(row: MeasuredRow, reason: String)] = []
    for row in file.rows {
      if let reason = row.reasonNotPredicted {
        refused.append((row, reason))
      } else if Self.harmlessFlags.contains(row.flag) {
        rows.append(row)
      } else {
        flagged.append(row)
      }
    }
    self.rows = rows
    self.refused = refused
    self.flagged = flagged
    targets = rows.indices.flatMap { rows[$0].targets(row: $0) }
  }

  /// Relative error of every target under a table of coefficients.
  package func errors(_ table: CoefficientTable) -> [Double?] {
    let predictions = rows.map { row -> Prediction in
      let keys = CoefficientKeys(row.deployment, engineVersion: row.engine.version)
      let law = StepLaw(StepShape(row.deployment), table.factors(keys))
      return Prediction(row, law, capacity: Prediction.capacity(of: row))
    }
    return targets.map { predictions[$0.row].value($0.kind) / $0.measured - 1 }
  }

  /// What is left when every group's predictions of a metric pass through one of its figures, as a
  /// host's own benchmark would have them do: the figure of median size. Nil for that figure itself.
  package func errorsWithBenchmark(_ errors: [Double?]) -> [Double?] {
    var left = [Double?](repeating: nil, count: targets.count)
    var members: [String: [Int]] = [:]
    for (index, target) in targets.enumerated() where errors[index] != nil {
      members["\(target.metric) \(rows[target.row].group)", default: []].append(index)
    }
    for group in members.values {
      let sorted = group.sorted { (size($0), $0) < (size($1), $1) }
      let chosen = sorted[sorted.count / 2]
      guard let level = errors[chosen] else { continue }
      for index in group where index != chosen {
        left[index] = errors[index].map { (1 + $0) / (1 + level) - 1 }
      }
    }
    return left
  }

  /// Tokens at once, prompt and output together.
  private func size(_ target: Int) -> Double {
    let row = rows[targets[target].row]
    return (row.batch ?? 1) * (row.promptTokens + row.outputTokens)
  }
}
