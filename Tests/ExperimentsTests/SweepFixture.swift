import Foundation
import Market
import Statistics

@testable import Experiments

/// Sweeps of the toy queue over its arrival rate.
enum SweepFixture {
  static func plan(
    _ design: ExperimentDesign = .latinHypercube(points: 8), replications: Int = 3,
    precision: SweepPlan.Precision? = nil, expectations: [SweepExpectation] = [],
    name: String = "toy", build: String = "test", seeds: (Int) -> String = { _ in "1" }
  ) -> SweepPlan {
    let points = SweepDesign(
      factors: [
        SweepFactor(
          path: "rate", values: .range(from: 0.2, to: 0.8, scale: .linear, step: nil, unit: "/s")),
        SweepFactor(path: "word", values: .listed(["a", "b"])),
      ], design: design, seed: 1)
    return SweepPlan(
      name: name, design: points, runs: (0..<points.count).map { "run\($0)" },
      seeds: (0..<points.count).map(seeds), seed: 1,
      replications: replications, precision: precision, metrics: ["wait_mean", "refunds"],
      expectations: expectations, build: build)
  }

  static func engine(
    _ plan: SweepPlan = plan(), customers: Int = 300,
    onRun: @escaping @Sendable (Int, Int) -> Void = { _, _ in }, failing: [Int: Set<Int>] = [:],
    onCustomer: @escaping @Sendable (Int, Int, Int) -> Void = { _, _, _ in }
  ) throws -> SweepEngine<ToyQueue> {
    try SweepEngine(plan, metrics: MetricSet([ToyQueue.wait, ToyQueue.refunds])) { point in
      ToyQueue(
        customers: customers,
        arrivalRate: SweepFactor.number(of: plan.design.texts(at: point)[0]) ?? .nan,
        failing: failing[point] ?? [],
        onCustomer: { replication, customer in
          if customer == 0 { onRun(point, replication) }
          onCustomer(point, replication, customer)
        })
    }
  }

  static func options(
    _ root: String, workers: Int = 1, shard: Shard = .whole, isForced: Bool = false,
    stopsAtFailure: Bool = false
  ) -> SweepOptions {
    var options = SweepOptions()
    options.root = root
    options.workers = workers
    options.shard = shard
    options.isForced = isForced
    options.stopsAtFailure = stopsAtFailure
    return options
  }

  static func merge(_ folders: [String], to root: String, build: String = "test") throws
    -> SweepResult
  {
    try SweepMerge(
      folders, metrics: MetricSet([ToyQueue.wait, ToyQueue.refunds]), build: build
    ).run(options(root))
  }
}
