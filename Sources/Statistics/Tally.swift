/// Count, mean, variance and extremes of observations, in constant space.
///
/// Mean and variance by Welford's update, which does not cancel for large means; merged by the
/// pairwise formula. The result depends on the order of observations in the last bits, so merge in
/// replication order.
///
/// - Source: Welford, Technometrics 4(3), 1962; Chan, Golub, LeVeque, 1979.
public struct Tally: BitwiseCopyable, Sendable {
  @usableFromInline var n = 0
  @usableFromInline var sum = 0.0
  @usableFromInline var average = 0.0
  @usableFromInline var squares = 0.0
  @usableFromInline var least = Double.infinity
  @usableFromInline var greatest = -Double.infinity

  @inlinable public init() {}

  public init(_ values: some Sequence<Double>) {
    for value in values { record(value) }
  }

  /// - Precondition: `value` is not NaN.
  @inlinable public mutating func record(_ value: Double) {
    precondition(!value.isNaN, "NaN recorded in a tally")
    n += 1
    sum += value
    let deviation = value - average
    average += deviation / Double(n)
    squares += deviation * (value - average)
    if value < least { least = value }
    if value > greatest { greatest = value }
  }

  public mutating func merge(_ other: Tally) {
    guard other.n > 0 else { return }
    guard n > 0 else {
      self = other
      return
    }
    let ours = Double(n)
    let theirs = Double(other.n)
    let difference = other.average - average
    average += difference * (theirs / (ours + theirs))
    squares += other.squares + difference * difference * (ours * theirs / (ours + theirs))
    n += other.n
    sum += other.sum
    least = Swift.min(least, other.least)
    greatest = Swift.max(greatest, other.greatest)
  }

  public var count: Int { n }
  /// NaN when nothing was observed, as are the extremes.
  public var mean: Double { n == 0 ? .nan : average }
  public var minimum: Double { n == 0 ? .nan : least }
  public var maximum: Double { n == 0 ? .nan : greatest }
  /// Unbiased sample variance; NaN below two observations.
  public var variance: Double { n < 2 ? .nan : squares / Double(n - 1) }
  public var standardDeviation: Double { variance.squareRoot() }
  /// Without rounding for whole numbers below 2⁵³.
  public var total: Double { sum }
}
