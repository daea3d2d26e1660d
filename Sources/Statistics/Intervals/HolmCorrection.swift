/// Corrects several tests at once, so that the chance of any false claim stays below the level.
///
/// - Source: Holm, Scandinavian Journal of Statistics 6(2), 1979.
public enum HolmCorrection {
  /// Which claims may be made when each has a level of its own.
  public static func claims(_ values: [Double], levels: [Double]) -> [Bool] {
    let ratios = zip(values, levels).map { $0 / $1 }
    let order = values.indices.sorted { (ratios[$0], $0) < (ratios[$1], $1) }
    var claims = [Bool](repeating: false, count: values.count)
    for (rank, index) in order.enumerated() {
      guard ratios[index] * Double(values.count - rank) <= 1 else { break }
      claims[index] = true
    }
    return claims
  }

  /// Adjusted p-values in the order given; each claim holds when its own is at most the level.
  public static func adjusted(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var adjusted = values
    var largest = 0.0
    for (rank, index) in order.enumerated() {
      largest = Swift.max(largest, Double(values.count - rank) * values[index])
      adjusted[index] = Swift.min(1, largest)
    }
    return adjusted
  }
}
