internal import CGSL

/// Agreement of two orders of the same things.
public enum RankCorrelation {
  /// Spearman's ρ with ties at their mean rank, −1 … 1; NaN when either side does not vary.
  ///
  /// - Precondition: as many `left` as `right`.
  /// - Complexity: O(n log n).
  public static func spearman(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count, "a correlation needs pairs")
    guard left.count > 1 else { return .nan }
    let a = ranks(left)
    let b = ranks(right)
    // Both arrays have `count` elements, which is all that is read.
    let result = unsafe gsl_stats_correlation(a, 1, b, 1, a.count)
    return result.isFinite ? result : .nan
  }

  /// Ranks from 1; equal values share the mean of their ranks.
  static func ranks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, values[order[end + 1]] == values[order[start]] { end += 1 }
      let shared = Double(start + end) / 2 + 1
      for place in start...end { ranks[order[place]] = shared }
      start = end + 1
    }
    return ranks
  }
}
