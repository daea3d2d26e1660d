public import Quantities

/// Where hosts and renters live, and the round-trip times between those places.
public struct RegionMap: Sendable, Equatable {
  /// At least one, unique.
  public var names: [String]
  /// Mean round-trip time, `roundTrip[a * names.count + b]`, symmetric, ≥ 0.
  public var roundTrip: [SimDuration]
  /// Standard deviation of a round trip over its mean, 0 … 1; each message draws its own.
  public var jitter: Double

  public init(names: [String], roundTrip: [SimDuration], jitter: Double = 0.1) {
    self.names = names
    self.roundTrip = roundTrip
    self.jitter = jitter
  }

  /// One region whose parties are 20 ms apart.
  public static let single = RegionMap(names: ["global"], roundTrip: [.milliseconds(20)])
}

/// How a cohort spreads over regions: weights ≥ 0 by region index, with a positive sum.
public struct RegionShare: Sendable, Equatable {
  public var weights: [Double]

  public init(weights: [Double]) { self.weights = weights }
}
