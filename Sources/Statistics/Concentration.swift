/// How unevenly a total is shared, such as revenue over hosts.
///
/// Shares must be non-negative and finite. With no shares, or a total of zero, every figure is NaN.
public enum Concentration {
  /// Herfindahl–Hirschman index Σ sᵢ² of the shares sᵢ: 1/n when equal, 1 for a monopoly.
  public static func herfindahl(of amounts: [Double]) -> Double {
    let total = sum(of: amounts)
    guard total > 0 else { return .nan }
    return amounts.reduce(0) { $0 + ($1 / total) * ($1 / total) }
  }

  /// Gini coefficient: 0 when equal, (n − 1)/n when one has everything.
  ///
  /// - Complexity: O(n log n).
  public static func gini(of amounts: [Double]) -> Double {
    let total = sum(of: amounts)
    guard total > 0 else { return .nan }
    let n = Double(amounts.count)
    var weighted = 0.0
    for (index, amount) in amounts.sorted().enumerated() { weighted += Double(index + 1) * amount }
    return 2 * weighted / (n * total) - (n + 1) / n
  }

  /// Lorenz curve at `points` + 1 equally spaced population shares: element k is the part of the
  /// total held by the poorest k/`points`, linear between members.
  public static func lorenz(of amounts: [Double], points: Int) -> [Double] {
    precondition(points > 0, "a curve needs an interval")
    let total = sum(of: amounts)
    guard total > 0 else { return Array(repeating: .nan, count: points + 1) }
    var cumulative = [0.0]
    for amount in amounts.sorted() { cumulative.append(cumulative[cumulative.count - 1] + amount) }
    return (0...points).map { point in
      // Whole-number arithmetic puts the last point exactly at the last member.
      let (member, rest) = (point * amounts.count).quotientAndRemainder(dividingBy: points)
      let low = cumulative[member]
      let high = cumulative[Swift.min(member + 1, amounts.count)]
      return (low + (high - low) * Double(rest) / Double(points)) / cumulative[amounts.count]
    }
  }

  private static func sum(of amounts: [Double]) -> Double {
    amounts.reduce(0) { total, amount in
      precondition(amount >= 0 && amount.isFinite, "a share is negative or not finite")
      return total + amount
    }
  }
}
