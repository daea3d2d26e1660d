/// Distribution of relative gas errors, got against expected.
///
/// Quantiles are exact to one millionth: errors are counted by that step, so that memory does not
/// grow with the number of transactions. Mean and maximum are exact.
public struct GasErrors: Sendable {
  public private(set) var count = 0
  private var absoluteSum = 0.0
  private var signedSum = 0.0
  /// The transaction with the largest absolute error, the first of several; nil while all agree.
  private(set) var worst: GasComparison?
  private var within1Percent = 0
  private var within3Percent = 0
  private var countByMillionth: [UInt64: Int] = [:]

  mutating func add(_ gas: GasComparison) {
    let error = gas.relativeError
    count += 1
    signedSum += error
    absoluteSum += abs(error)
    if abs(error) > max { worst = gas }
    if abs(error) <= 0.01 { within1Percent += 1 }
    if abs(error) <= 0.03 { within3Percent += 1 }
    countByMillionth[UInt64((min(abs(error), 1000) * 1e6).rounded()), default: 0] += 1
  }

  mutating func add(_ other: GasErrors) {
    count += other.count
    absoluteSum += other.absoluteSum
    signedSum += other.signedSum
    if other.max > max { worst = other.worst }
    within1Percent += other.within1Percent
    within3Percent += other.within3Percent
    countByMillionth.merge(other.countByMillionth, uniquingKeysWith: +)
  }

  /// Largest absolute error; 0 without observations.
  public var max: Double { abs(worst?.relativeError ?? 0) }
  /// Mean absolute error; nil without observations, like the figures below.
  public var mean: Double? { count == 0 ? nil : absoluteSum / Double(count) }
  public var signedMean: Double? { count == 0 ? nil : signedSum / Double(count) }
  public var shareWithin1Percent: Double? { share(within1Percent) }
  public var shareWithin3Percent: Double? { share(within3Percent) }

  /// Smallest absolute error that at least `probability` of the transactions do not exceed.
  public func quantile(_ probability: Double) -> Double? {
    guard count > 0 else { return nil }
    let rank = Swift.max(1, Int((probability * Double(count)).rounded(.up)))
    var seen = 0
    for (millionths, number) in countByMillionth.sorted(by: { $0.key < $1.key }) {
      seen += number
      if seen >= rank { return min(Double(millionths) / 1e6, max) }
    }
    return max
  }

  private func share(_ number: Int) -> Double? {
    count == 0 ? nil : Double(number) / Double(count)
  }
}
