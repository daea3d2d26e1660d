/// Quantiles of a stream of observations in bounded memory, with a merge that ignores order.
///
/// Up to 1,024 observations are kept and their quantiles are exact. Beyond, they are counted in
/// logarithmic buckets, taken to lie evenly in each, and every quantile is within 0.5 % of the exact
/// one (magnitudes from 2⁻⁴⁰; smaller ones count as zero). Which of the two applies depends on the number of observations
/// alone, so merging replications gives the same result in any grouping.
///
/// A quantile interpolates linearly between the two nearest order statistics (Hyndman & Fan's
/// type 7, as in R, NumPy and GSL).
public struct Quantiles: Sendable {
  @usableFromInline static let exactLimit = 1024

  @usableFromInline var n = 0
  @usableFromInline var least = Double.infinity
  @usableFromInline var greatest = -Double.infinity
  /// Every observation, until they are too many.
  @usableFromInline var exact: [Double] = []
  @usableFromInline var positive: LogHistogram?
  /// Magnitudes of negative observations; most metrics never have one.
  @usableFromInline var negative: LogHistogram?

  public init() { exact.reserveCapacity(Self.exactLimit) }

  public init(_ values: some Sequence<Double>) {
    self.init()
    for value in values { record(value) }
  }

  public var count: Int { n }
  public var isExact: Bool { positive == nil }

  /// - Precondition: `value` is finite.
  /// - Complexity: O(1); allocates once, at observation 1,025.
  @inlinable public mutating func record(_ value: Double) {
    precondition(value.isFinite, "only finite numbers have quantiles")
    n += 1
    if value < least { least = value }
    if value > greatest { greatest = value }
    if positive != nil, value >= 0 {
      positive!.record(value)
    } else {
      recordRarely(value)
    }
  }

  public mutating func merge(_ other: Quantiles) {
    guard other.n > 0 else { return }
    if n + other.n > Self.exactLimit {
      pour()
      if let counts = other.positive { positive!.merge(counts) }
      if let counts = other.negative { mergeNegative(counts) }
      for value in other.exact { bucket(value) }
    } else {
      exact.append(contentsOf: other.exact)
    }
    n += other.n
    least = Swift.min(least, other.least)
    greatest = Swift.max(greatest, other.greatest)
  }

  /// The quantile at `share`, 0 (minimum) … 1 (maximum); NaN when nothing was observed.
  public func value(at share: Double) -> Double {
    precondition((0...1).contains(share), "a quantile lies between 0 and 1")
    guard n > 0 else { return .nan }
    let position = share * Double(n - 1)
    let rank = Swift.min(Int(position), n - 1)
    let fraction = position - Double(rank)
    let (low, high) = orderStatistics(at: rank)
    return fraction == 0 ? low : low + fraction * (high - low)
  }
}

extension Quantiles {
  /// The first observations, and negative ones after them.
  @usableFromInline mutating func recordRarely(_ value: Double) {
    if positive == nil, exact.count < Self.exactLimit { return exact.append(value) }
    pour()
    bucket(value)
  }

  /// Moves what was kept exactly into buckets.
  private mutating func pour() {
    guard positive == nil else { return }
    positive = LogHistogram()
    for value in exact { bucket(value) }
    exact = []
  }

  private mutating func bucket(_ value: Double) {
    if value >= 0 { return positive!.record(value) }
    if negative == nil { negative = LogHistogram() }
    negative!.record(-value)
  }

  private mutating func mergeNegative(_ counts: LogHistogram) {
    if negative == nil { negative = LogHistogram() }
    negative!.merge(counts)
  }

  /// The observations at `rank` and the next rank, counted from 0 in ascending order.
  private func orderStatistics(at rank: Int) -> (Double, Double) {
    let next = Swift.min(rank + 1, n - 1)
    guard positive != nil else {
      let sorted = exact.sorted()
      return (sorted[rank], sorted[next])
    }
    return (bucketed(rank), bucketed(next))
  }

  private func bucketed(_ rank: Int) -> Double {
    if rank == 0 { return least }
    if rank == n - 1 { return greatest }
    var remaining = UInt64(rank)
    if let negative {
      for index in negative.counts.indices.reversed() {
        if remaining < negative.counts[index] {
          return clamp(
            -Self.spread(remaining, of: negative.counts[index], in: index, descending: true))
        }
        remaining -= negative.counts[index]
      }
    }
    if let positive {
      for index in positive.counts.indices {
        if remaining < positive.counts[index] {
          return clamp(Self.spread(remaining, of: positive.counts[index], in: index))
        }
        remaining -= positive.counts[index]
      }
    }
    return greatest
  }

  /// The observations of a bucket are taken to lie evenly in it, as if nothing else is known of them: a
  /// quantile then moves with every observation, and intervals of it over replications are not zero.
  private static func spread(
    _ place: UInt64, of count: UInt64, in index: Int, descending: Bool = false
  ) -> Double {
    let share = (Double(place) + 0.5) / Double(count)
    return LogHistogram.value(in: index, at: descending ? 1 - share : share)
  }

  private func clamp(_ value: Double) -> Double { Swift.min(Swift.max(value, least), greatest) }
}
