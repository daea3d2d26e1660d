internal import Foundation
internal import Kernel
internal import Statistics

/// What a sweep is a function of: the same plan gives the same bytes.
///
/// Written beside the results as `plan.json`, so that shards can be merged on a machine that has
/// neither the sweep file nor the scenario.
public struct SweepPlan: Sendable, Codable, Equatable {
  /// Names the folder of its results.
  public let name: String
  public let design: SweepDesign
  /// Digest of the resolved scenario of each point, 32 hexadecimal digits.
  public let runs: [String]
  /// Seed of the random numbers of each point, as text; empty where nobody says.
  public let seeds: [String]
  /// Of the design and of resampling.
  public let seed: UInt64
  /// Replications of each point, at least 1; with `precision`, also the step in which they grow.
  public let replications: Int
  public let precision: Precision?
  /// Names of the metric statistics that are written, in the model's order, without units.
  public let metrics: [String]
  public let expectations: [SweepExpectation]
  /// `BuildDigest`, or any name of the code that ran.
  public let build: String

  /// Adds replications until a metric's mean is precise.
  public struct Precision: Sendable, Codable, Equatable {
    public let metric: String
    public let relativeHalfWidth: Double
    public let confidence: Double
    /// Replications at which it gives up.
    public let limit: Int

    public init(metric: String, relativeHalfWidth: Double, confidence: Double, limit: Int) {
      self.metric = metric
      self.relativeHalfWidth = relativeHalfWidth
      self.confidence = confidence
      self.limit = limit
    }

    var rule: PrecisionRule {
      PrecisionRule(relativeHalfWidth: relativeHalfWidth, confidence: confidence, limit: limit)
    }
  }

  public init(
    name: String, design: SweepDesign, runs: [String], seeds: [String] = [], seed: UInt64,
    replications: Int,
    precision: Precision? = nil, metrics: [String], expectations: [SweepExpectation] = [],
    build: String
  ) {
    precondition(runs.count == design.count, "one run id for each point")
    self.name = name
    self.design = design
    self.runs = runs
    self.seeds = seeds
    self.seed = seed
    self.replications = replications
    self.precision = precision
    self.metrics = metrics
    self.expectations = expectations
    self.build = build
  }

  /// Whether points share their random numbers, so that noise moves them together; nil where nobody
  /// says.
  var sharesRandomNumbers: Bool? {
    seeds.isEmpty ? nil : Set(seeds).count == 1
  }

  /// Replications that are certain, over all points of a shard.
  public func runCount(in shard: Shard = .whole) -> Int {
    shard.points(of: runs.count).count * replications
  }

  /// `plan.json`.
  public func encoded() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return Array(try encoder.encode(self)) + [UInt8(ascii: "\n")]
  }

  init(decoding bytes: [UInt8]) throws {
    self = try JSONDecoder().decode(SweepPlan.self, from: Data(bytes))
  }

  /// 32 hexadecimal digits, of everything in the plan.
  public func id() throws -> String {
    String(SHA256.hexadecimal(of: Array("marketsim sweep 1\n".utf8) + (try encoded())).prefix(32))
  }

  /// The seed of a point that is to share no random numbers with the others.
  public static func independentSeed(of point: Int, from seed: UInt64) -> UInt64 {
    var stream = StreamSource(seed: seed, replication: 0, name: "sweep.points")
      .stream(entity: point)
    return stream.nextWord()
  }
}
