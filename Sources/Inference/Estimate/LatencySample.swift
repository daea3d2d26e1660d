/// Latencies of many requests, in seconds.
public struct LatencySample: Equatable, Sendable {
  private let sorted: [Double]
  public let mean: Double

  /// - Precondition: There is at least one value.
  init(_ values: [Double]) {
    precondition(!values.isEmpty, "a sample needs a value")
    sorted = values.sorted()
    mean = values.reduce(0, +) / Double(values.count)
  }

  public var count: Int { sorted.count }

  /// Linear interpolation between order statistics (Hyndman and Fan's type 7).
  ///
  /// - Parameter share: 0 … 1.
  public func quantile(_ share: Double) -> Double {
    let position = share * Double(sorted.count - 1)
    let below = Int(position)
    let above = min(below + 1, sorted.count - 1)
    return sorted[below] + (sorted[above] - sorted[below]) * (position - Double(below))
  }
}
