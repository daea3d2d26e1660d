/// Pearson's test of counts against expectations.
enum ChiSquare {
  /// Whether the statistic stays below the quantile that chance exceeds once in 10,000 times.
  ///
  /// - Source: Wilson and Hilferty, PNAS 17, 1931, for the quantile.
  static func accepts(_ observed: [Int], expected: [Double], constraints: Int = 1) -> Bool {
    var statistic = 0.0
    var cells = 0
    for (count, mean) in zip(observed, expected) {
      if mean == 0 {
        if count > 0 { return false }
        continue
      }
      precondition(mean >= 5, "a cell too rare for the test")
      let difference = Double(count) - mean
      statistic += difference * difference / mean
      cells += 1
    }
    let freedom = Double(cells - constraints)
    let share = 2 / (9 * freedom)
    let root = 1 - share + 3.719 * share.squareRoot()
    return statistic < freedom * root * root * root
  }
}
