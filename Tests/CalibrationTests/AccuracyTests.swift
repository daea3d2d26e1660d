import Foundation
import Inference
import Testing

@testable import Calibration

/// `Reference/accuracy.csv` is what this prints, beside the folder of published measurements:
/// `marketsim validate inference --measurements ../shared/data/measurements.csv --cross-validate 5 --csv`
@Suite("Accuracy on published measurements") struct AccuracyTests {
  private struct Reference {
    let comparison, metric, scope: String
    let figures: [Double]
  }

  private func readReferences() throws -> [Reference] {
    let url = try #require(
      Bundle.module.url(forResource: "accuracy", withExtension: "csv", subdirectory: "Reference"))
    let table = try CSVTable(parsing: [UInt8](try Data(contentsOf: url)))
    return try table.rows.map { cells in
      Reference(
        comparison: cells[0].text, metric: cells[2].text, scope: cells[3].text,
        figures: try cells[4...7].map { try #require(Double($0.text)) })
    }
  }

  private func compare(_ table: ErrorTable, _ comparison: String, within points: Double) throws {
    let expected = try readReferences().filter { $0.comparison == comparison }
    #expect(table.lines.map(\.scope) == expected.map(\.scope))
    for (line, reference) in zip(table.lines, expected) {
      let name = Comment(rawValue: "\(comparison) \(reference.metric) \(reference.scope)")
      let summary = line.summary
      #expect(line.metric == reference.metric, name)
      #expect(Double(summary.count) == reference.figures[0], name)
      for (value, figure) in zip(
        [summary.median, summary.p90, summary.signedMean], reference.figures.dropFirst())
      {
        #expect(abs(value * 100 - figure) <= points, name)
      }
    }
  }

  private func set() throws -> MeasurementSet? {
    try SharedData.bytes("measurements.csv").map {
      MeasurementSet(try MeasurementFile(parsing: $0))
    }
  }

  @Test("is what the reference table says") func fitted() throws {
    guard let set = try set() else { return }
    let errors = set.errors(Catalogue.coefficients)
    let loaded = set.loadedFirstTokens(Catalogue.coefficients)
    try compare(ErrorTable(set, errors: errors, loaded: loaded), "fitted", within: 0.01)
  }

  /// Folds split whole groups: GPU × model × engine × precision × parallelism × source.
  @Test("holds for groups that no fit has seen, and with one benchmark point per host")
  func heldOut() throws {
    guard let set = try set() else { return }
    let unseen = Calibration(set, priors: Catalogue.coefficients).crossValidated(folds: 5, seed: 0)
    let table = ErrorTable(set, errors: unseen)
    let benchmarked = ErrorTable(set, errors: set.errorsWithBenchmark(unseen))
    // A solver's path may differ between processors; a tenth of a point does not matter.
    try compare(table, "held-out", within: 0.1)
    try compare(benchmarked, "held-out-benchmark", within: 0.1)
    for (metric, alone, withPoint) in [
      (Target.Metric.decode, 0.07, 0.05), (.prefill, 0.12, 0.09), (.throughput, 0.09, 0.07),
    ] {
      #expect(try #require(table.summary(metric)).median <= alone, "\(metric)")
      #expect(try #require(benchmarked.summary(metric)).median <= withPoint, "\(metric)")
    }
  }

  @Test("has a reference for every metric and way of comparing") func references() throws {
    let all = try readReferences()
    for comparison in ["fitted", "held-out", "held-out-benchmark"] {
      for metric in ["decode", "prefill", "throughput"] {
        let line = all.first {
          $0.comparison == comparison && $0.metric == metric && $0.scope == "all"
        }
        #expect(try #require(line).figures[0] > 250)
      }
    }
  }
}
