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
    return result.isFinite ? max(-1, min(1, result)) : .nan
  }

  /// The same of whole numbers, from ranks that are sums of halves and so without rounding for up to
  /// 200,000 pairs.
  ///
  /// - Precondition: as many `left` as `right`.
  /// - Complexity: O(n), the fewer bits the numbers have the less.
  public static func spearman(ofWhole left: [UInt64], _ right: [UInt64]) -> Double {
    precondition(left.count == right.count, "a correlation needs pairs")
    let a = centredRanks(left)
    let b = centredRanks(right)
    var (squaresA, squaresB, products) = (0.0, 0.0, 0.0)
    for place in a.indices {
      squaresA += a[place] * a[place]
      squaresB += b[place] * b[place]
      products += a[place] * b[place]
    }
    guard squaresA > 0, squaresB > 0 else { return .nan }
    // Rounding must not make a perfect agreement more than one.
    return max(-1, min(1, products / (squaresA.squareRoot() * squaresB.squareRoot())))
  }

  /// Twice the distance of each rank from the mean rank; equal numbers share the mean of theirs.
  private static func centredRanks(_ numbers: [UInt64]) -> [Double] {
    var order: [KeyedIndex] = []
    order.reserveCapacity(numbers.count)
    for (index, number) in numbers.enumerated() {
      order.append(KeyedIndex(key: number, index: UInt32(index)))
    }
    var spare: [KeyedIndex] = []
    order.sortByKey(&spare)
    var ranks = [Double](repeating: 0, count: numbers.count)
    var start = 0
    while start < order.count {
      let key = order[start].key
      var end = start + 1
      while end < order.count, order[end].key == key { end += 1 }
      let shared = Double(start + end - numbers.count)
      for place in start..<end { ranks[Int(order[place].index)] = shared }
      start = end
    }
    return ranks
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
