private import Inference

/// How far predictions lie from measurements, by metric and by what was measured.
package struct ErrorTable: Sendable {
  package struct Line: Equatable, Sendable {
    package let metric: Target.Metric
    /// `all`, an attention other than the ordinary, or an architecture class.
    package let scope: String
    package let summary: ErrorSummary
  }

  /// A metric's lines together; first all rows of ordinary attention, then the other attentions, then
  /// classes by name.
  package let lines: [Line]

  /// - Parameter errors: By target; nil where a target has none.
  package init(_ set: MeasurementSet, errors: [Double?]) {
    var lines: [Line] = []
    for metric in [Target.Metric.decode, .prefill, .throughput] {
      func line(_ scope: String, _ belongs: (MeasuredRow) -> Bool) -> Line? {
        let chosen = zip(set.targets, errors).compactMap { target, error -> Double? in
          guard target.metric == metric, belongs(set.rows[target.row]) else { return nil }
          return error
        }
        return chosen.isEmpty
          ? nil : Line(metric: metric, scope: scope, summary: ErrorSummary(chosen))
      }
      lines += [line("all") { $0.attention == .ordinary }].compactMap { $0 }
      for attention in [MeasuredRow.Attention.windowed, .latent] {
        lines += [line(attention.rawValue) { $0.attention == attention }].compactMap { $0 }
      }
      let classes = Set(set.rows.map(\.deployment.gpu.architectureClass)).sorted()
      for name in classes {
        let found = line(name) {
          $0.attention == .ordinary && $0.deployment.gpu.architectureClass == name
        }
        if let found { lines.append(found) }
      }
    }
    self.lines = lines
  }

  package func summary(_ metric: Target.Metric, _ scope: String = "all") -> ErrorSummary? {
    lines.first { $0.metric == metric && $0.scope == scope }?.summary
  }
}
