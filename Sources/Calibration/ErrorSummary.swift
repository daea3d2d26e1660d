/// Relative errors, predicted over measured less 1, of a number of figures.
package struct ErrorSummary: Equatable, Sendable {
  package let count: Int
  /// Of the absolute errors.
  package let median, p90: Double
  package let signedMean: Double

  /// - Precondition: There is at least one error.
  package init(_ errors: [Double]) {
    precondition(!errors.isEmpty)
    let absolute = errors.map(abs).sorted()
    count = errors.count
    median = Self.quantile(0.5, absolute)
    p90 = Self.quantile(0.9, absolute)
    signedMean = errors.reduce(0, +) / Double(errors.count)
  }

  /// Linear interpolation between order statistics (Hyndman and Fan's type 7).
  private static func quantile(_ share: Double, _ sorted: [Double]) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
  }
}
