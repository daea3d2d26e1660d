/// Where the initial transient of a series ends, by the marginal standard error rule.
///
/// The number of deleted batches minimises the estimated squared standard error of the mean of the
/// rest, MSER(d) = Σ_{i>d}(Yᵢ − Ȳ_d)² / (n − d)², over d ≤ n/2.
///
/// - Source: White, Simulation 69(6), 1997; White, Cobb, Spratt, WSC 2000 (batches of five).
public struct WarmUp: Hashable, Sendable {
  /// Leading batches to delete.
  public let deleted: Int
  /// Mean of the batches that stay.
  public let mean: Double
  /// The minimum lies at n/2: the run is too short to say where its warm-up ends.
  public let isUndetermined: Bool

  /// - Returns: nil below ten batches, where the rule says nothing.
  /// - Complexity: O(n).
  public init?(removedFrom batches: [Double]) {
    guard batches.count >= 10 else { return nil }
    let longest = batches.count / 2
    // From the back, one Welford step adds a batch and yields the sum of squares of the tail.
    var tail = Tally()
    for index in stride(from: batches.count - 1, to: longest, by: -1) {
      tail.record(batches[index])
    }
    var best = (deleted: longest, error: Double.infinity, mean: 0.0)
    for index in stride(from: longest, through: 0, by: -1) {
      tail.record(batches[index])
      let error = tail.squares / (Double(tail.count) * Double(tail.count))
      // On a tie the smaller deletion keeps more data.
      if error <= best.error { best = (index, error, tail.mean) }
    }
    deleted = best.deleted
    mean = best.mean
    isUndetermined = best.deleted == longest
  }
}
