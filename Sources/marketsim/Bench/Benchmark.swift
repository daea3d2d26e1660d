/// One measured figure, named as in the JSON output.
struct BenchmarkFigure: Equatable, Sendable {
  let name: String
  let size: Int
  let value: Double
  let unit: String

  /// One object on one line. Names and units are plain identifiers, so nothing needs escaping.
  var json: String {
    #"{"name":"\#(name)","size":\#(size),"value":\#(value),"unit":"\#(unit)"}"#
  }
}

/// What measuring a benchmark at one size gives.
struct BenchmarkOutcome: Sendable {
  var figures: [BenchmarkFigure]
  /// Of the results of the work, equal in every run: proof that it was done, and was the same.
  var digest: UInt64
}

/// One benchmark: what `marketsim bench NAME` measures, through the interface that users call.
///
/// To add one, write a file with an extension of this type and list it in `all`.
struct Benchmark: Sendable {
  /// The argument that selects it.
  let name: String
  /// What one measured operation is and what the size counts.
  let abstract: String
  /// Measured when no size is asked for.
  let sizes: [Int]
  /// Small enough for a test.
  let tinySize: Int
  let measure: @Sendable (_ size: Int, _ effort: BenchmarkEffort) -> BenchmarkOutcome

  static let all: [Benchmark] = [.hold, .transactions, .contracts, .market, .inference, .detection]
}

/// How much work a measurement spends on being repeatable.
enum BenchmarkEffort: Sendable {
  /// One short run, which shows that the benchmark works and nothing about speed.
  case tiny
  case full

  /// Odd, so that the median is a run.
  var runs: Int { self == .tiny ? 1 : 5 }
}
