public import Statistics

/// The points of a sweep: where each factor stands at each of them.
public struct SweepDesign: Sendable, Codable, Equatable {
  public enum Layout: Sendable, Codable, Equatable {
    case designed(ExperimentDesign)
    /// Points written one by one.
    case listed
  }

  public let factors: [SweepFactor]
  public let layout: Layout
  /// Places of the factors' values, 0 … 1, point by point; for a listed design the number of the
  /// text among `texts`.
  private let places: [Double]
  private let texts: [[String]]

  /// Number of points.
  public var count: Int { factors.isEmpty ? 1 : places.count / factors.count }

  /// A design's points, without those that break a constraint.
  ///
  /// - Precondition: No constraint with `morris` and `saltelli`, whose points belong together.
  public init(
    factors: [SweepFactor], design: ExperimentDesign, constraints: [SweepConstraint] = [],
    seed: UInt64
  ) {
    self.factors = factors
    layout = .designed(design)
    texts = []
    let points = design.points(factors: factors.count, seed: seed)
    var places: [Double] = []
    for index in 0..<points.count {
      var point = Array(points[index])
      if case .grid(let levels) = design {
        // A grid's coordinates name levels; listed values lie in the middle of their share.
        for factor in point.indices {
          let level = Int((point[factor] * Double(levels[factor] - 1)).rounded())
          point[factor] = factors[factor].place(ofLevel: level, among: levels[factor])
        }
      }
      let isAllowed = constraints.allSatisfy { constraint in
        constraint.holds { factors[$0].number(at: point[$0]) }
      }
      if isAllowed { places.append(contentsOf: point) }
    }
    self.places = places
  }

  /// Points as they are written.
  ///
  /// - Parameter points: One text for each path.
  public init(paths: [String], points: [[String]]) {
    factors = paths.enumerated().map { index, path in
      SweepFactor(path: path, values: .listed(points.map { $0[index] }))
    }
    layout = .listed
    texts = points
    places = points.indices.flatMap { point in paths.map { _ in Double(point) } }
  }

  /// The factors' values at a point, as a scenario writes them.
  public func texts(at point: Int) -> [String] {
    if layout == .listed { return texts[point] }
    return factors.indices.map { factors[$0].text(at: places[point * factors.count + $0]) }
  }

  /// The unit cube's points again, for what is computed from a whole design.
  func unitPoints(seed: UInt64) -> UnitPoints? {
    guard case .designed(let design) = layout else { return nil }
    return design.points(factors: factors.count, seed: seed)
  }
}
