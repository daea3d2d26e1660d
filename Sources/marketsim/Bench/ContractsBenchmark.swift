import Contracts

extension Benchmark {
  /// Transactions a second by profile and function, so that one slow contract cannot hide.
  static let contracts = Benchmark(
    name: "contracts",
    abstract: "each contract's functions, SIZE transactions each, under every profile",
    sizes: [20_000], tinySize: 20,
    measure: { size, effort in
      var figures: [BenchmarkFigure] = []
      var digest: UInt64 = 0
      for profile in ProtocolProfile.allCases {
        var times: [StagedMix.Stage: [Double]] = [:]
        var stages: [StagedMix.Stage] = []
        for _ in 0..<effort.runs {
          var mix = StagedMix(profile, count: size)
          stages = mix.stages
          for stage in stages {
            times[stage, default: []].append(Stopwatch.nanoseconds { mix.run(stage) })
          }
          digest &+= UInt64(mix.gasUsed) &+ UInt64(mix.failures) << 56
        }
        var whole = 0.0
        for stage in stages {
          let sorted = times[stage, default: []].sorted()
          let time = sorted[sorted.count / 2]
          whole += time
          figures.append(
            BenchmarkFigure(
              name: "\(profile.rawValue)_\(stage.rawValue)", size: size,
              value: Double(size) / time * 1e9, unit: "transactions/s"))
        }
        figures.append(
          BenchmarkFigure(
            name: "\(profile.rawValue)_all", size: size,
            value: Double(size * stages.count) / whole * 1e9, unit: "transactions/s"))
      }
      return BenchmarkOutcome(figures: figures, digest: digest)
    })
}
