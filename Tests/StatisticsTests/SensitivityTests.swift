import Foundation
import Statistics
import Testing

@Suite("Sensitivity") struct SensitivityTests {
  private static func ishigami(_ u: ArraySlice<Double>) -> Double {
    let x = u.map { Double.pi * (2 * $0 - 1) }
    return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * x[2] * x[2] * x[2] * x[2] * sin(x[0])
  }

  /// V₁ = (1 + bπ⁴/5)²/2, V₂ = a²/8, V₁₃ = 8b²π⁸/225; a = 7, b = 0.1.
  @Test("of the Ishigami function has the indices of its closed form") func ishigamiIndices() throws
  {
    let points = ExperimentDesign.saltelli(base: 8192).points(factors: 3, seed: 1)
    let results = (0..<points.count).map { Self.ishigami(points[$0]) }
    let indices = try #require(
      SobolIndices(factors: 3, results: results, resamples: 200, seed: 1))
    let (p4, p8) = (pow(Double.pi, 4), pow(Double.pi, 8))
    let v1 = 0.5 * (1 + 0.1 * p4 / 5) * (1 + 0.1 * p4 / 5)
    let v2 = 49.0 / 8
    let v13 = 8 * 0.01 * p8 / 225
    let variance = v1 + v2 + v13
    let first = [v1 / variance, v2 / variance, 0]
    let total = [(v1 + v13) / variance, v2 / variance, v13 / variance]
    #expect(abs(first[0] - 0.3139) < 1e-4 && abs(total[2] - 0.2437) < 1e-4)
    #expect(abs(indices.variance / variance - 1) < 0.01)
    for factor in 0..<3 {
      #expect(abs(indices.factors[factor].first.value - first[factor]) < 0.01)
      #expect(abs(indices.factors[factor].total.value - total[factor]) < 0.01)
      #expect(indices.factors[factor].first.contains(first[factor]))
      #expect(indices.factors[factor].total.contains(total[factor]))
    }
  }

  @Test("leaves out base rows with a failed point, and refuses when half are gone")
  func failedPoints() throws {
    let points = ExperimentDesign.saltelli(base: 1024).points(factors: 3, seed: 4)
    var results = (0..<points.count).map { Self.ishigami(points[$0]) }
    for row in 0..<100 { results[row * 5 + row % 5] = .nan }
    let indices = try #require(
      SobolIndices(factors: 3, results: results, resamples: 100, seed: 1))
    #expect(indices.complete == 924)
    #expect(abs(indices.factors[1].total.value - 0.4424) < 0.06)
    for row in 0..<513 { results[row * 5] = .nan }
    #expect(SobolIndices(factors: 3, results: results, resamples: 100, seed: 1) == nil)
    let constant = [Double](repeating: 0.1, count: points.count)
    #expect(SobolIndices(factors: 3, results: constant, resamples: 100, seed: 1) == nil)
  }

  @Test("of a linear function has its slopes as Morris effects and no spread") func linear() throws
  {
    let points = ExperimentDesign.morris(trajectories: 10, levels: 4).points(factors: 3, seed: 1)
    let slopes = [2.0, -3, 0]
    let results = (0..<points.count).map { index in
      zip(points[index], slopes).reduce(1) { $0 + $1.0 * $1.1 }
    }
    let effects = try #require(MorrisEffects(points, results: results, resamples: 100, seed: 1))
    for (factor, slope) in zip(effects.factors, slopes) {
      #expect(abs(factor.mu.value - slope) < 1e-12)
      #expect(abs(factor.muStar.value - abs(slope)) < 1e-12)
      #expect(factor.sigma.value < 1e-12)
    }
  }

  @Test("is told by where levels really lie, and leaves out steps that lead nowhere")
  func realised() throws {
    let points = ExperimentDesign.morris(trajectories: 10, levels: 4).points(factors: 2, seed: 1)
    // 2, 3 and 4 hosts: the four levels fall on 2, 3, 4 and 4, and some steps from 4 to 4.
    func level(_ place: Double) -> Double { min((place * 3).rounded(.down), 2) / 2 }
    let places = (0..<points.count).map { points[$0].map(level) }
    let results = places.map { 4 + 2 * $0[0] - $0[1] }
    let effects = try #require(
      MorrisEffects(points, at: places, results: results, resamples: 100, seed: 1))
    #expect(effects.complete <= 10)
    for (factor, slope) in zip(effects.factors, [2.0, -1]) {
      #expect(abs(factor.mu.value - slope) < 1e-12 && factor.sigma.value < 1e-12)
    }
  }

  /// x₁x₂ at levels 0, 1/3, 2/3, 1: the effect of x₁ is x₂, whose levels are equally likely.
  @Test("of a product has the mean and spread of the other factor") func product() throws {
    let points = ExperimentDesign.morris(trajectories: 4000, levels: 4).points(factors: 2, seed: 1)
    let results = (0..<points.count).map { points[$0].reduce(1, *) }
    let effects = try #require(MorrisEffects(points, results: results, resamples: 100, seed: 1))
    let spread = (5.0 / 36).squareRoot()
    for factor in effects.factors {
      #expect(abs(factor.mu.value - 0.5) < 0.02 && abs(factor.sigma.value - spread) < 0.02)
      #expect(factor.mu.lower < factor.mu.value && factor.mu.value < factor.mu.upper)
    }
  }

  @Test("drops a trajectory with a failed point") func failedTrajectory() throws {
    let points = ExperimentDesign.morris(trajectories: 4, levels: 4).points(factors: 2, seed: 1)
    var results = (0..<points.count).map { points[$0].reduce(0, +) }
    results[4] = .nan
    #expect(MorrisEffects(points, results: results, resamples: 100, seed: 1)?.complete == 3)
    for index in 0..<9 { results[index] = .nan }
    #expect(MorrisEffects(points, results: results, resamples: 100, seed: 1) == nil)
  }
}
