internal import Foundation
internal import Statistics

/// `sensitivity.csv`: which factor moves which metric, by the figures that the design allows.
struct SweepSensitivity {
  private let tables: SweepTables
  private let means: [[Double]]
  private let noise: [(sum: Double, count: Int)]

  static let schema = TableSchema(
    "sensitivity", "One figure of sensitivity of one metric.",
    columns: [
      Column("metric", .text, "Name as in `results.csv`, without its unit."),
      Column("factor", .text, "Path of the factor; empty for figures of the metric alone."),
      Column(
        "statistic", .text,
        "`mu`, `mu_star`, `sigma` (Morris, effect over the factor's whole range); `first`, `total` "
          + "(Sobol' indices); `main_effect` (share of the variance of means between levels, grid); "
          + "`rank_correlation` (random, Latin hypercube, Sobol'); `noise_share` (variance of the "
          + "points' means that is simulation noise, over their whole variance; for points that share no random "
          + "numbers)."),
      Column("value", .real, "The figure; empty where the results give none."),
      Column("lower", .real, "Lower end of its 95 % interval; empty where it has none."),
      Column("upper", .real, "Upper end."),
      Column("n", .integer, "Trajectories, base rows or points that it is computed from."),
      Column("note", .text, "What stands against it; empty when nothing does."),
    ])

  init(_ tables: SweepTables, means: [[Double]], noise: [(sum: Double, count: Int)]) {
    self.tables = tables
    self.means = means
    self.noise = noise
  }

  /// nil for points that were written one by one.
  var table: ResultTable? {
    guard case .designed(let design) = tables.plan.design.layout else { return nil }
    var table = ResultTable(Self.schema)
    for (index, metric) in tables.plan.metrics.enumerated() {
      let results = means[index]
      switch design {
      case .morris: appendMorris(metric, results, to: &table)
      case .saltelli: appendSobol(metric, results, to: &table)
      case .grid: appendMainEffects(metric, results, to: &table)
      case .random, .latinHypercube, .sobol: appendCorrelations(metric, results, to: &table)
      }
      appendNoise(metric, results, noise[index], to: &table)
    }
    return table
  }

  private var factors: [SweepFactor] { tables.plan.design.factors }

  private func append(
    _ metric: String, _ factor: String, _ statistic: String, _ estimate: Estimate?, n: Int,
    note: String = "", to table: inout ResultTable
  ) {
    func finite(_ value: Double?) -> Double { value.map { $0.isFinite ? $0 : .nan } ?? .nan }
    table.append(metric)
    table.append(factor)
    table.append(statistic)
    table.append(finite(estimate?.value))
    table.append(finite(estimate?.lower))
    table.append(finite(estimate?.upper))
    table.append(n)
    table.append(note)
    table.endRow()
  }

  private func point(_ value: Double) -> Estimate {
    Estimate(value: value, lower: .nan, upper: .nan, confidence: 0.95)
  }

  private func appendMorris(_ metric: String, _ results: [Double], to table: inout ResultTable) {
    guard let points = tables.plan.design.unitPoints(seed: tables.plan.seed) else { return }
    let planned = points.count / (factors.count + 1)
    let places = (0..<points.count).map { row in
      zip(factors, points[row]).map { factor, place in factor.realised(at: place) }
    }
    guard let effects = MorrisEffects(points, at: places, results: results, seed: tables.plan.seed)
    else {
      return append(
        metric, "", "mu_star", nil, n: 0,
        note: "fewer than two whole trajectories, or a factor whose levels are one value",
        to: &table)
    }
    let note = incompleteness(effects.complete, planned, "trajectories")
    for (factor, effect) in zip(factors, effects.factors) {
      for (name, estimate) in [
        ("mu", effect.mu), ("mu_star", effect.muStar), ("sigma", effect.sigma),
      ] {
        append(
          metric, factor.path, name, estimate, n: effects.complete, note: note, to: &table)
      }
    }
  }

  private func appendSobol(_ metric: String, _ results: [Double], to table: inout ResultTable) {
    let planned = results.count / (factors.count + 2)
    guard
      let indices = SobolIndices(
        factors: factors.count, results: results, seed: tables.plan.seed)
    else {
      return append(
        metric, "", "total", nil, n: 0,
        note: "nothing varies, or fewer than half of the base rows (or than eight) are whole",
        to: &table)
    }
    let note = incompleteness(indices.complete, planned, "base rows")
    for (factor, index) in zip(factors, indices.factors) {
      append(
        metric, factor.path, "first", index.first, n: indices.complete, note: note, to: &table)
      append(
        metric, factor.path, "total", index.total, n: indices.complete, note: note, to: &table)
    }
  }

  /// Points of a grid by the level of one factor: variance between the levels' means over the whole.
  private func appendMainEffects(
    _ metric: String, _ results: [Double], to table: inout ResultTable
  ) {
    let rows = results.indices.filter { results[$0].isFinite }
    let whole = Tally(rows.map { results[$0] })
    for (index, factor) in factors.enumerated() {
      var levels: [(text: String, tally: Tally)] = []
      for row in rows {
        let text = tables.plan.design.texts(at: row)[index]
        if let level = levels.firstIndex(where: { $0.text == text }) {
          levels[level].tally.record(results[row])
        } else {
          levels.append((text, Tally([results[row]])))
        }
      }
      let between = levels.reduce(0) { sum, level in
        let distance = level.tally.mean - whole.mean
        return sum + Double(level.tally.count) * distance * distance
      }
      let total = whole.variance * Double(whole.count - 1)
      let isCompared = levels.count > 1
      append(
        metric, factor.path, "main_effect",
        isCompared && total > 0 ? point(between / total) : nil, n: rows.count,
        note: isCompared ? "" : "only one level has values", to: &table)
    }
  }

  /// Spearman's ρ with the interval of Fisher's transformation.
  ///
  /// - Source: Fieller, Hartley, Pearson, Biometrika 44, 1957: variance 1.06 / (n − 3).
  private func appendCorrelations(
    _ metric: String, _ results: [Double], to table: inout ResultTable
  ) {
    let rows = results.indices.filter { results[$0].isFinite }
    for (index, factor) in factors.enumerated() {
      if case .listed(let texts) = factor.values, Set(texts.map(SweepFactor.unit)).count > 1 {
        append(
          metric, factor.path, "rank_correlation", nil, n: rows.count,
          note: "values in several units are not put in order", to: &table)
        continue
      }
      let places = rows.map { SweepFactor.number(of: tables.plan.design.texts(at: $0)[index]) }
      let numbers = places.compactMap { $0 }
      guard numbers.count == rows.count else {
        append(
          metric, factor.path, "rank_correlation", nil, n: rows.count,
          note: "words have no order", to: &table)
        continue
      }
      let rho = RankCorrelation.spearman(numbers, rows.map { results[$0] })
      var estimate = point(rho)
      if rows.count > 4, rho.magnitude < 1 {
        let width = 1.959963984540054 * (1.06 / Double(rows.count - 3)).squareRoot()
        estimate = Estimate(
          value: rho, lower: tanh(atanh(rho) - width), upper: tanh(atanh(rho) + width),
          confidence: 0.95)
      }
      append(metric, factor.path, "rank_correlation", estimate, n: rows.count, to: &table)
    }
  }

  private func appendNoise(
    _ metric: String, _ results: [Double], _ noise: (sum: Double, count: Int),
    to table: inout ResultTable
  ) {
    let finite = results.filter(\.isFinite)
    if tables.plan.sharesRandomNumbers == true, results.count > 1 {
      // Common noise moves all points together, and so is no part of the variance between them.
      return append(
        metric, "", "noise_share", nil, n: finite.count,
        note: "points share their random numbers", to: &table)
    }
    let variance = Tally(finite).variance
    guard noise.count > 0, variance > 0 else {
      let note = noise.count == 0 ? "needs two replications a point" : "nothing varies"
      return append(metric, "", "noise_share", nil, n: finite.count, note: note, to: &table)
    }
    append(
      metric, "", "noise_share", point(noise.sum / Double(noise.count) / variance),
      n: noise.count, to: &table)
  }

  private func incompleteness(_ complete: Int, _ planned: Int, _ what: String) -> String {
    complete == planned ? "" : "\(planned - complete) of \(planned) \(what) left out: failed points"
  }
}
