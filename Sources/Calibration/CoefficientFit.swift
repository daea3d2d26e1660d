package import Inference

/// Coefficients fitted to measurements: the least robust sum of squares of logarithmic errors, with
/// every coefficient drawn towards its prior as far as its spread is small.
///
/// Residuals count as soft L1 with scale 0.08, so that a figure off by more than about 8 % pulls with
/// constant force. Levenberg–Marquardt on the normal equations; one iteration costs some 20
/// predictions per target.
package struct CoefficientFit {
  private static let scale = 0.08
  private static let difference = 1e-4

  package private(set) var table: CoefficientTable
  private let problem: FitProblem
  /// Logarithms of the coefficients.
  private var point: [Double]
  private let free: [Bool]

  /// - Parameters:
  ///   - chosen: Targets to fit.
  ///   - isFree: Which coefficients may move; those with spread 0 never do.
  package init(
    _ problem: FitProblem, choosing chosen: [Int], from start: [Double]? = nil,
    isFree: [Bool]? = nil, iterations: Int = 40
  ) {
    self.problem = problem
    table = problem.table
    point = start ?? problem.table.rows.map { logarithm($0.prior) }
    free = problem.table.rows.indices.map { index in
      problem.table.rows[index].spread > 0 && isFree?[index] ?? true
    }
    descend(chosen, iterations: iterations)
    table = problem.table(at: point)
  }

  /// Logarithms of the fitted coefficients, to start a neighbouring fit from.
  package var solution: [Double] { point }

  private mutating func descend(_ chosen: [Int], iterations: Int) {
    var damping = 1e-3
    var residuals = problem.residuals(at: point, chosen)
    var cost = cost(residuals, point)
    for _ in 0..<iterations {
      let equations = normalEquations(chosen, residuals)
      var isBetter = false
      for _ in 0..<8 {
        let step = equations.solve(damping: damping)
        let next = zip(point, step).map { $0 + min(max($1, -0.5), 0.5) }
        let trial = problem.residuals(at: next, chosen)
        let trialCost = self.cost(trial, next)
        if trialCost.isFinite, trialCost < cost {
          let gain = cost - trialCost
          (point, residuals, cost) = (next, trial, trialCost)
          damping = max(damping / 5, 1e-8)
          isBetter = gain > 1e-4 * cost
          break
        }
        damping *= 5
      }
      if !isBetter { return }
    }
  }

  private func cost(_ residuals: [Double], _ point: [Double]) -> Double {
    let misfit = residuals.reduce(0) { sum, residual in
      let ratio = residual / Self.scale
      return sum + 2 * ((1 + ratio * ratio).squareRoot() - 1)
    }
    return problem.table.rows.indices.reduce(misfit) { sum, index in
      guard free[index] else { return sum }
      let distance = deviation(index, point) / problem.table.rows[index].spread
      return sum + distance * distance
    }
  }

  private func deviation(_ index: Int, _ point: [Double]) -> Double {
    point[index] - logarithm(problem.table.rows[index].prior)
  }

  private func normalEquations(_ chosen: [Int], _ residuals: [Double]) -> NormalEquations {
    var equations = NormalEquations(size: point.count)
    for (position, slopes) in problem.slopes(at: point, chosen, Self.difference).enumerated() {
      let ratio = residuals[position] / Self.scale
      let weight = 1 / (Self.scale * Self.scale * (1 + ratio * ratio).squareRoot())
      equations.add(
        slopes.filter { free[$0.coefficient] }, residual: residuals[position], weight: weight)
    }
    for index in point.indices {
      let spread = problem.table.rows[index].spread
      // A coefficient that may not move is held by an infinitely narrow prior at its place.
      equations.addPrior(
        index, deviation: free[index] ? deviation(index, point) : 0,
        precision: free[index] ? 1 / (spread * spread) : 1e12)
    }
    return equations
  }
}
