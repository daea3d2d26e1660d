private import Inference

/// How far predictions lie from measurements, by metric and by what was measured.
package struct ErrorTable: Sendable {
  package struct Line: Equatable, Sendable {
    /// decode, prefill, throughput, loaded-ttft-even or loaded-ttft-burst.
    package let metric: String
    /// `all`, an attention other than the ordinary, or an architecture class.
    package let scope: String
    package let summary: ErrorSummary
  }

  /// A metric's lines together; first all rows of ordinary attention, then the other attentions, then
  /// classes by name.
  package let lines: [Line]

  /// - Parameters:
  ///   - errors: By target; nil where a target has none.
  ///   - loaded: Of first tokens under load, where they were simulated.
  package init(_ set: MeasurementSet, errors: [Double?], loaded: [LoadedFirstToken] = []) {
    var lines: [Line] = []
    for metric in [Target.Metric.decode, .prefill, .throughput] {
      let chosen = zip(set.targets, errors).compactMap { target, error in
        target.metric == metric ? error.map { (set.rows[target.row], $0) } : nil
      }
      lines += Self.lines(of: metric.rawValue, chosen)
    }
    for start in LoadedFirstToken.Start.allCases {
      let chosen = loaded.filter { $0.start == start }.map { (set.rows[$0.row], $0.error) }
      lines += Self.lines(of: LoadedFirstToken.metric(start), chosen)
    }
    self.lines = lines
  }

  private static func lines(of metric: String, _ errors: [(row: MeasuredRow, error: Double)])
    -> [Line]
  {
    func line(_ scope: String, _ belongs: (MeasuredRow) -> Bool) -> Line? {
      let chosen = errors.filter { belongs($0.row) }.map(\.error)
      return chosen.isEmpty
        ? nil : Line(metric: metric, scope: scope, summary: ErrorSummary(chosen))
    }
    var lines = [line("all") { $0.attention == .ordinary }]
    for attention in [MeasuredRow.Attention.windowed, .latent] {
      lines.append(line(attention.rawValue) { $0.attention == attention })
    }
    for name in Set(errors.map(\.row.deployment.gpu.architectureClass)).sorted() {
      lines.append(
        line(name) { $0.attention == .ordinary && $0.deployment.gpu.architectureClass == name })
    }
    return lines.compactMap { $0 }
  }

  package func summary(_ metric: Target.Metric, _ scope: String = "all") -> ErrorSummary? {
    summary(metric.rawValue, scope)
  }

  package func summary(_ metric: String, _ scope: String = "all") -> ErrorSummary? {
    lines.first { $0.metric == metric && $0.scope == scope }?.summary
  }
}
