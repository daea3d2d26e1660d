internal import Kernel

/// Which points of the space of factors a study looks at.
///
/// A pure function of the design, the number of factors and the seed, so that any point can be
/// computed alone, on any machine.
public enum ExperimentDesign: Sendable, Codable, Equatable {
  /// Every combination; the last factor varies fastest.
  case grid(levels: [Int])
  /// Independent uniform points.
  case random(points: Int)
  /// Each axis is cut into as many strata as there are points, and each stratum is hit once.
  case latinHypercube(points: Int)
  /// A Sobol' sequence under a random digital shift.
  case sobol(points: Int)
  /// One-at-a-time steps along random trajectories.
  case morris(trajectories: Int, levels: Int)
  /// Two Sobol' samples and their mixtures, for first-order and total indices.
  case saltelli(base: Int)

  /// Sobol' sequences of GSL have at most this many dimensions.
  public static let sobolDimensions = 40

  /// - Returns: Number of points for so many factors; saturates at `Int.max`.
  public func count(factors: Int) -> Int {
    func times(_ a: Int, _ b: Int) -> Int {
      let (product, overflow) = a.multipliedReportingOverflow(by: b)
      return overflow ? .max : product
    }
    return switch self {
    case .grid(let levels): levels.reduce(1, times)
    case .random(let points), .latinHypercube(let points), .sobol(let points): points
    case .morris(let trajectories, _): times(trajectories, factors + 1)
    case .saltelli(let base): times(base, factors + 2)
    }
  }

  /// The points of the unit cube; a grid's levels include both ends.
  ///
  /// - Precondition: At least one factor; at most 40 for `sobol` and 20 for `saltelli`; `levels` of
  ///   `morris` is even and a grid has one number of levels, at least 1, for each factor.
  /// - Complexity: O(points × factors).
  public func points(factors: Int, seed: UInt64) -> UnitPoints {
    precondition(factors > 0, "a design needs a factor")
    switch self {
    case .grid(let levels): return Self.grid(levels)
    case .random(let count): return Self.random(count, factors, seed)
    case .latinHypercube(let count): return Self.latinHypercube(count, factors, seed)
    case .sobol(let count): return Self.sobol(count, factors, seed)
    case .morris(let count, let levels): return Self.morris(count, levels, factors, seed)
    case .saltelli(let base): return Self.saltelli(base, factors, seed)
    }
  }

  static func stream(_ purpose: String, seed: UInt64, entity: Int) -> RandomStream {
    StreamSource(seed: seed, replication: 0, name: "design.\(purpose)").stream(entity: entity)
  }

  private static func grid(_ levels: [Int]) -> UnitPoints {
    let count = levels.reduce(1, *)
    var points = UnitPoints(dimensions: levels.count, reserving: count)
    var place = [Int](repeating: 0, count: levels.count)
    for _ in 0..<count {
      points.append(zip(place, levels).map { $1 == 1 ? 0 : Double($0) / Double($1 - 1) })
      for factor in levels.indices.reversed() {
        place[factor] += 1
        if place[factor] < levels[factor] { break }
        place[factor] = 0
      }
    }
    return points
  }

  private static func random(_ count: Int, _ factors: Int, _ seed: UInt64) -> UnitPoints {
    var points = UnitPoints(dimensions: factors, reserving: count)
    for point in 0..<count {
      var stream = stream("random", seed: seed, entity: point)
      points.append((0..<factors).map { _ in stream.uniform() })
    }
    return points
  }

  /// - Source: McKay, Beckman, Conover, Technometrics 21(2), 1979.
  private static func latinHypercube(_ count: Int, _ factors: Int, _ seed: UInt64) -> UnitPoints {
    let columns = (0..<factors).map { factor in
      var stream = stream("latinHypercube", seed: seed, entity: factor)
      let strata = stream.permutation(of: count)
      return strata.map { (Double($0) + stream.uniform()) / Double(count) }
    }
    var points = UnitPoints(dimensions: factors, reserving: count)
    for point in 0..<count { points.append(columns.map { $0[point] }) }
    return points
  }
}

extension RandomStream {
  /// 0 ..< `count` in random order, all orders equally likely (Fisher and Yates).
  mutating func permutation(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for index in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(index, below(index + 1))
    }
    return order
  }
}
