package import Inference

extension CoefficientTable {
  /// The fitted values as priors, for rows that come on top of those behind them.
  ///
  /// What n rows have settled moves less than a guess: its spread is divided by √(1 + n/10), ten rows
  /// of one host being worth about one independent figure.
  package var asPriors: CoefficientTable {
    CoefficientTable(
      rows.map { row in
        Coefficient(
          quantity: row.quantity, key: row.key, prior: row.value,
          spread: row.spread / (1 + Double(row.rows) / 10).squareRoot(), value: row.value,
          rows: row.rows, source: row.source)
      })
  }
}
