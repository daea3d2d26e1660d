import Kernel
import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Random numbers, intervals, warm-up and sensitivity against what is known of them.
enum StatisticsChecks {
  static let all = [generator, moments, warmUp, coverage, sobol, morris, discrimination]

  private static let generator = ValidationCheck(
    "philox", "Philox 4x64-10 gives the known answers of its authors' library."
  ) { _ in
    let answers: [(counter: Philox.Block, key: (UInt64, UInt64), block: Philox.Block)] = [
      (
        (0, 0, 0, 0), (0, 0),
        (
          0x1655_4d9e_ca36_314c, 0xdb20_fe9d_672d_0fdc, 0xd7e7_72ce_e186_176b,
          0x7e68_b68a_ec7b_a23b
        )
      ),
      (
        (.max, .max, .max, .max), (.max, .max),
        (
          0x87b0_92c3_013f_e90b, 0x438c_3c67_be8d_0224, 0x9cc7_d7c6_9cd7_77b6,
          0xa09c_aebf_594f_0ba0
        )
      ),
      (
        (
          0x243f_6a88_85a3_08d3, 0x1319_8a2e_0370_7344, 0xa409_3822_299f_31d0,
          0x082e_fa98_ec4e_6c89
        ),
        (0x4528_21e6_38d0_1377, 0xbe54_66cf_34e9_0c6c),
        (
          0xa528_f454_03e6_1d95, 0x38c7_2dbd_566e_9788, 0xa5a1_610e_72fd_18b5,
          0x57bd_43b5_e52b_7fe6
        )
      ),
    ]
    let right = answers.count { Philox.block(counter: $0.counter, key: $0.key) == $0.block }
    return [ValidationRow("known answers", expected: 3, exactly: Double(right), tolerance: 0)]
  }

  private static let moments = ValidationCheck(
    "variates", "Samplers have the means and variances of their distributions."
  ) { effort in
    func draw(_ name: String, _ sample: (inout RandomStream) -> Double) -> [Tally] {
      (0..<20).map { replication in
        var stream = StreamSource(
          seed: effort.seed &+ 1, replication: replication, name: "validate.variates.\(name)"
        ).stream()
        var tally = Tally()
        for _ in 0..<(effort.count(10_000_000) / 20) { tally.record(sample(&stream)) }
        return tally
      }
    }
    let uniform = draw("uniform") { $0.uniform() }
    let exponential = draw("exponential") { $0.standardExponential() }
    let normal = draw("normal") { $0.standardNormal() }
    let gamma = draw("gamma") { $0.gamma(shape: 0.9, scale: 2) }
    return [
      ValidationRow("uniform: mean", expected: 0.5, uniform.map(\.mean), effort),
      ValidationRow("uniform: variance", expected: 1.0 / 12, uniform.map(\.variance), effort),
      ValidationRow("exponential: mean", expected: 1, exponential.map(\.mean), effort),
      ValidationRow("exponential: variance", expected: 1, exponential.map(\.variance), effort),
      ValidationRow("normal: mean", expected: 0, normal.map(\.mean), effort),
      ValidationRow("normal: variance", expected: 1, normal.map(\.variance), effort),
      ValidationRow("gamma(0.9, 2): mean", expected: 1.8, gamma.map(\.mean), effort),
      ValidationRow("gamma(0.9, 2): variance", expected: 3.6, gamma.map(\.variance), effort),
    ]
  }

  /// 5 + 10 e^(−i/100) + noise: the transient is worth 1,000 in all.
  private static let warmUp = ValidationCheck(
    "mser-5", "MSER-5 removes an exponential transient, and the mean of the rest is right."
  ) { effort in
    let length = 20_000
    var (raw, settled, deleted) = ([Double](), [Double](), [Double]())
    for replication in 0..<100 {
      var stream = StreamSource(
        seed: effort.seed &+ 1, replication: replication, name: "validate.warmUp"
      ).stream()
      var series = BatchSeries()
      var tally = Tally()
      for index in 0..<length {
        let value = 5 + 10 * exp(-Double(index) / 100) + stream.standardNormal()
        series.record(value)
        tally.record(value)
      }
      raw.append(tally.mean)
      guard let warmUp = WarmUp(removedFrom: series.means) else { continue }
      settled.append(warmUp.mean)
      deleted.append(Double(warmUp.deleted * series.batchSize))
    }
    // The rule stops where a batch adds less to the error than its noise does; a little is left.
    let bias = 1000.0 / Double(length)
    return [
      ValidationRow(
        "mean with the transient", expected: 5 + bias, raw, effort),
      ValidationRow("mean of the rest", expected: 5, exactly: Tally(settled).mean, tolerance: 2e-3),
      ValidationRow(
        "deletes 250 to 1,000 observations", expected: 1,
        exactly: (250...1000).contains(Tally(deleted).mean) ? 1 : 0, tolerance: 0),
    ]
  }

  private static let coverage = ValidationCheck(
    "coverage",
    "95 % intervals from 10 replications of 5,000 customers of M/M/1 at 0.8 cover the mean wait in 93 to 97 % of 1,000 experiments."
  ) { effort in
    let experiments = effort.scale < 1 ? 200 : 1000
    let customers = 5000
    var covered = 0
    for experiment in 0..<experiments {
      var tally = Tally()
      for replication in 0..<10 {
        var stream = StreamSource(
          seed: effort.seed &+ 1, replication: replication, name: "validate.coverage"
        ).stream(entity: experiment)
        // The first customer finds the steady state: no wait, or an exponential one.
        var wait = stream.bernoulli(0.8) ? stream.exponential(mean: 5.0) : 0
        var sum = 0.0
        for _ in 0..<customers {
          sum += wait
          let step = stream.standardExponential() - stream.exponential(mean: 1.25)
          wait = Swift.max(0, wait + step)
        }
        tally.record(sum / Double(customers))
      }
      if tally.interval(confidence: 0.95).contains(4) { covered += 1 }
    }
    let share = Double(covered) / Double(experiments)
    let margin = effort.scale < 1 ? 0.05 : 0.02
    return [
      ValidationRow(
        "share of intervals that cover (0.93 to 0.97)", expected: 0.95,
        Estimate(
          value: share, lower: share - margin, upper: share + margin, confidence: 0.95),
        effort.widthless)
    ]
  }

  private static let sobol = ValidationCheck(
    "ishigami", "Sobol' indices of the Ishigami function (7, 0.1)."
  ) { effort in
    let base = effort.scale < 1 ? 2048 : 65_536
    let points = ExperimentDesign.saltelli(base: base).points(factors: 3, seed: effort.seed &+ 1)
    let results = (0..<points.count).map { index in
      let x = points[index].map { Double.pi * (2 * $0 - 1) }
      return sin(x[0]) + 7 * sin(x[1]) * sin(x[1]) + 0.1 * pow(x[2], 4) * sin(x[0])
    }
    guard
      let indices = SobolIndices(
        factors: 3, results: results, confidence: ValidationRow.confidence,
        resamples: effort.scale < 1 ? 200 : 2000, seed: 1)
    else { return [] }
    let expected = [(0.313905, 0.557589), (0.442411, 0.442411), (0, 0.243684)]
    return zip(expected, indices.factors).enumerated().flatMap { number, pair in
      [
        ValidationRow(
          "x\(number + 1): first", expected: pair.0.0, pair.1.first, effort.widthless),
        ValidationRow(
          "x\(number + 1): total", expected: pair.0.1, pair.1.total, effort.widthless),
        ValidationRow(
          "x\(number + 1): first, to 0.01", expected: pair.0.0, exactly: pair.1.first.value,
          tolerance: (effort.scale < 1 ? 0.05 : 0.01) / Swift.max(pair.0.0, 0.01)),
      ]
    }
  }

  private static let morris = ValidationCheck(
    "morris", "Elementary effects of a linear function are its slopes, without spread."
  ) { effort in
    let slopes = [2.0, -3, 0.5]
    let points = ExperimentDesign.morris(trajectories: 20, levels: 4).points(
      factors: 3, seed: effort.seed &+ 1)
    let results = (0..<points.count).map { zip(points[$0], slopes).reduce(1) { $0 + $1.0 * $1.1 } }
    guard let effects = MorrisEffects(points, results: results, seed: 1) else { return [] }
    return zip(slopes, effects.factors).enumerated().flatMap { number, pair in
      [
        ValidationRow("μ of x\(number + 1)", expected: pair.0, exactly: pair.1.mu.value),
        ValidationRow("σ of x\(number + 1)", expected: 0, exactly: pair.1.sigma.value),
      ]
    }
  }

  private static let discrimination = ValidationCheck(
    "auc", "The area under the ROC curve is Mann and Whitney's statistic; ties count half."
  ) { effort in
    var (areas, differences) = ([Double](), 0.0)
    for replication in 0..<20 {
      var stream = StreamSource(
        seed: effort.seed &+ 1, replication: replication, name: "validate.auc"
      ).stream()
      let count = effort.count(400_000) / 20
      let bad = (0..<count).map { _ in stream.standardNormal() + 1 }
      let good = (0..<count).map { _ in stream.standardNormal() }
      areas.append(Discrimination(positive: bad, negative: good).area)
      // Rounded scores tie; a few are compared pair by pair.
      let (a, b) = (bad.prefix(150).map { $0.rounded() }, good.prefix(130).map { $0.rounded() })
      var wins = 0.0
      for x in a { for y in b { wins += x > y ? 1 : x == y ? 0.5 : 0 } }
      let area = Discrimination(positive: a, negative: b).area
      differences += abs(area - wins / Double(a.count * b.count))
    }
    return [
      ValidationRow("normal scores one deviation apart", expected: 0.7602499389, areas, effort),
      ValidationRow("difference from counting pairs", expected: 0, exactly: differences),
      ValidationRow(
        "perfect scores", expected: 1,
        exactly: Discrimination(positive: [3, 4], negative: [1, 2]).area),
      ValidationRow(
        "equal scores", expected: 0.5,
        exactly: Discrimination(positive: [1, 1], negative: [1, 1, 1]).area),
    ]
  }
}

extension ValidationEffort {
  /// For intervals whose width another row judges.
  var widthless: ValidationEffort {
    var effort = self
    effort.scale = Swift.min(scale, 0.999_999)
    return effort
  }
}
