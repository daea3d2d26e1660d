#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Wealth that is spread as unevenly as wealth is.
enum Pareto {
  /// Multiple of the least that a share of the holders exceeds.
  ///
  /// - Parameters:
  ///   - share: Of the holders that have more, above 0 and at most 1.
  ///   - shape: > 1; the smaller, the more unequal.
  static func quantile(_ share: Double, shape: Double) -> Double { pow(share, -1 / shape) }
}
