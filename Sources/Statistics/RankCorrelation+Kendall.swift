extension RankCorrelation {
  /// Kendall's τ-b: concordant less discordant pairs, over the pairs that are tied on neither side
  /// as √((n₀ − n₁)(n₀ − n₂)); −1 … 1, NaN when either side does not vary.
  ///
  /// - Precondition: as many `left` as `right`, none NaN.
  /// - Complexity: O(n log n).
  /// - Source: Knight, JASA 61(314), 1966.
  public static func kendall(_ left: [Double], _ right: [Double]) -> Double {
    precondition(left.count == right.count, "a correlation needs pairs")
    let order = left.indices.sorted { (left[$0], right[$0], $0) < (left[$1], right[$1], $1) }
    var values = order.map { right[$0] }
    let tiedBoth = tiedPairs(order.count) { a, b in
      left[order[a]] == left[order[b]] && right[order[a]] == right[order[b]]
    }
    let tiedLeft = tiedPairs(order.count) { a, b in left[order[a]] == left[order[b]] }
    let discordant = sortCountingExchanges(&values)
    let tiedRight = tiedPairs(values.count) { a, b in values[a] == values[b] }
    let pairs = Double(left.count) * Double(left.count - 1) / 2
    let untied = ((pairs - tiedLeft) * (pairs - tiedRight)).squareRoot()
    guard untied > 0 else { return .nan }
    return (pairs - tiedLeft - tiedRight + tiedBoth - 2 * discordant) / untied
  }

  /// Pairs among runs of equal neighbours.
  private static func tiedPairs(_ count: Int, areEqual: (Int, Int) -> Bool) -> Double {
    var pairs = 0.0
    var start = 0
    for place in 0..<count where place + 1 == count || !areEqual(place, place + 1) {
      let run = Double(place + 1 - start)
      pairs += run * (run - 1) / 2
      start = place + 1
    }
    return pairs
  }

  /// Sorts by merging, and counts the neighbour exchanges that bubble sort would make.
  private static func sortCountingExchanges(_ values: inout [Double]) -> Double {
    var exchanges = 0.0
    var merged = values
    var width = 1
    while width < values.count {
      for start in stride(from: 0, to: values.count, by: 2 * width) {
        let middle = Swift.min(start + width, values.count)
        let end = Swift.min(start + 2 * width, values.count)
        var (low, high) = (start, middle)
        for place in start..<end {
          if high == end || low < middle && values[low] <= values[high] {
            merged[place] = values[low]
            low += 1
          } else {
            merged[place] = values[high]
            high += 1
            exchanges += Double(middle - low)
          }
        }
      }
      swap(&values, &merged)
      width *= 2
    }
    return exchanges
  }
}
