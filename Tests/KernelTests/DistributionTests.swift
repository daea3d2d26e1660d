import CGSL
import Kernel
import Quantities
import Testing

/// Fixed seeds, so each verdict is the same in every run; the bounds would fail one seed in 10,000.
@Suite("Distributions") struct DistributionTests {
  static let source = StreamSource(seed: 7, replication: 0, name: "distributions")
  static let draws = 40_000

  /// Kolmogorov–Smirnov distance times √n stays below its 99.99 % point, 2.23.
  private func matches(
    _ cdf: (Double) -> Double, _ draw: (inout RandomStream) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var stream = Self.source.stream(entity: UInt64(sourceLocation.line))
    let sample = (0..<Self.draws).map { _ in draw(&stream) }.sorted()
    var distance = 0.0
    for (index, value) in sample.enumerated() {
      let below = Double(index) / Double(Self.draws)
      let above = Double(index + 1) / Double(Self.draws)
      distance = max(distance, abs(cdf(value) - below), abs(cdf(value) - above))
    }
    let statistic = distance * Double(Self.draws).squareRoot()
    #expect(statistic < 2.23, "\(statistic)", sourceLocation: sourceLocation)
  }

  @Test("of direct draws are the ones they name") func direct() {
    matches({ min(max($0, 0), 1) }, { $0.uniform() })
    matches({ gsl_cdf_exponential_P($0, 1) }, { $0.standardExponential() })
    matches({ gsl_cdf_exponential_P($0, 2.5) }, { $0.exponential(mean: 2.5) })
    matches({ gsl_cdf_ugaussian_P($0) }, { $0.standardNormal() })
    matches({ gsl_cdf_gaussian_P($0 - 3, 2) }, { $0.normal(mean: 3, standardDeviation: 2) })
    matches(
      { gsl_cdf_lognormal_P($0, 0.5, 1.2) },
      {
        $0.lognormal(logMean: 0.5, logDeviation: 1.2)
      })
  }

  @Test("of gamma variates are gamma on both sides of shape 1", arguments: [0.1, 0.9, 1, 2.7, 80])
  func gamma(shape: Double) {
    matches({ gsl_cdf_gamma_P($0, shape, 3) }, { $0.gamma(shape: shape, scale: 3) })
  }

  @Test("drawn by GSL from our streams are the ones they name") func gsl() {
    matches({ gsl_cdf_beta_P($0, 2, 5) }, { $0.beta(2, 5) })
    matches({ gsl_cdf_weibull_P($0, 2, 1.5) }, { $0.weibull(shape: 1.5, scale: 2) })
    matches({ gsl_cdf_pareto_P($0, 3, 2) }, { $0.pareto(shape: 3, scale: 2) })
  }

  @Test("drawn by GSL count as they name") func counts() {
    var stream = Self.source.stream(entity: 900)
    var poisson = [Int](repeating: 0, count: 40)
    var binomial = [Int](repeating: 0, count: 21)
    var geometric = [Int](repeating: 0, count: 400)
    for _ in 0..<Self.draws {
      poisson[min(stream.poisson(mean: 4), 39)] += 1
      binomial[stream.binomial(trials: 20, probability: 0.3)] += 1
      geometric[min(stream.geometric(probability: 0.25), 399)] += 1
    }
    expect(poisson, follow: { gsl_ran_poisson_pdf(UInt32($0), 4) })
    expect(binomial, follow: { gsl_ran_binomial_pdf(UInt32($0), 0.3, 20) })
    expect(geometric, follow: { gsl_ran_geometric_pdf(UInt32($0), 0.25) })
  }

  private func expect(
    _ counts: [Int], follow probability: (Int) -> Double,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var statistic = 0.0
    var cells = 0
    for (value, count) in counts.enumerated() {
      let expected = probability(value) * Double(Self.draws)
      guard expected >= 10 else { continue }
      statistic += (Double(count) - expected) * (Double(count) - expected) / expected
      cells += 1
    }
    let p = gsl_cdf_chisq_Q(statistic, Double(cells - 1))
    #expect(cells >= 5 && p > 1e-4, "p = \(p)", sourceLocation: sourceLocation)
  }

  @Test("have the mean and variance of an exponential") func exponentialMoments() {
    var stream = Self.source.stream(entity: 901)
    let draws = 500_000
    var sum = 0.0
    var squares = 0.0
    for _ in 0..<draws {
      let value = stream.standardExponential()
      sum += value
      squares += (value - 1) * (value - 1)
    }
    // Standard errors: 1/√n of the mean, √8/√n of the variance; four of each.
    let root = Double(draws).squareRoot()
    #expect(abs(sum / Double(draws) - 1) < 4 / root)
    #expect(abs(squares / Double(draws) - 1) < 4 * 8.0.squareRoot() / root)
  }

  @Test("reach an exponential's tail as often as they should") func exponentialTail() {
    var stream = Self.source.stream(entity: 902)
    let draws = 500_000
    var beyond = 0
    for _ in 0..<draws where stream.standardExponential() > 8 { beyond += 1 }
    let expected = Double(draws) * gsl_cdf_exponential_Q(8, 1)
    #expect(abs(Double(beyond) - expected) < 4 * expected.squareRoot())
  }

  @Test("of spans are whole ticks of the same exponential") func spans() {
    var one = Self.source.stream(entity: 903)
    var other = one
    for _ in 0..<1_000 {
      let span: SimDuration = one.exponential(mean: .seconds(3))
      let ticks = Int64(other.standardExponential() * 3e9)
      #expect(span.nanoseconds == ticks)
    }
  }
}
