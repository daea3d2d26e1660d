internal import CGSL
internal import Quantities

/// Agreement of two orders of the same things.
public enum RankCorrelation {
  /// Spearman's ρ with ties at their mean rank, −1 … 1; NaN when either side does not vary.
  ///
  /// - Precondition: as many `left` as `right`, none NaN.
  /// - Complexity: O(n).
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
    var order = values.enumerated().map { KeyedIndex($1, index: UInt32($0)) }
    var spare: [KeyedIndex] = []
    order.sortByKey(&spare)
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
      var end = start
      while end + 1 < order.count, order[end + 1].key == order[start].key { end += 1 }
      let shared = Double(start + end) / 2 + 1
      for place in start...end { ranks[Int(order[place].index)] = shared }
      start = end + 1
    }
    return ranks
  }
}
