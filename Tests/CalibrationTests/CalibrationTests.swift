import Inference
import Testing

@testable import Calibration

@Suite("Fitting coefficients") struct CalibrationTests {
  private func table(
    _ quantity: Quantity, _ key: String, times factor: Double
  ) -> CoefficientTable {
    CoefficientTable(
      Catalogue.coefficients.rows.map { row in
        guard row.quantity == quantity, row.key == key else { return row }
        return Coefficient(
          quantity: quantity, key: key, prior: row.prior, spread: row.spread,
          value: row.value * factor, rows: row.rows, source: row.source)
      })
  }

  private func largest(_ errors: [Double?]) -> Double {
    errors.compactMap { $0 }.map(abs).max() ?? 0
  }

  @Test("finds what made the measurements, which the table it starts from does not foretell")
  func recovery() throws {
    let truth = table(.weightBandwidth, "hopper|serving", times: 0.75)
    let set = MeasurementSet(try Fixture.file(Fixture.measured(under: truth)))
    #expect(largest(set.errors(truth)) < 1e-9)
    #expect(ErrorSummary(set.errors(Catalogue.coefficients).compactMap { $0 }).median > 0.05)
    let fitted = Calibration(set, priors: Catalogue.coefficients).table
    let summary = ErrorSummary(set.errors(fitted).compactMap { $0 })
    #expect(summary.median < 0.012 && summary.p90 < 0.04)
  }

  @Test("is hardly moved by one figure that is off by a factor of five") func outlier() throws {
    var rows = try Fixture.measured(under: Catalogue.coefficients)
    let clean = MeasurementSet(try Fixture.file(rows))
    let before = Calibration(clean, priors: Catalogue.coefficients).table
    let value = try #require(Double(rows[3]["tpot_ms"] ?? ""))
    rows[3]["tpot_ms"] = "\(value * 5)"
    let after = Calibration(
      MeasurementSet(try Fixture.file(rows)), priors: Catalogue.coefficients
    ).table
    for (old, new) in zip(clean.errors(before), clean.errors(after)) {
      #expect(abs(((new ?? 0) + 1) / ((old ?? 0) + 1) - 1) < 0.02)
    }
  }

  @Test("foretells a group the same whatever that group measured") func unseenGroups() throws {
    var rows = try Fixture.measured(under: Catalogue.coefficients)
    let priors = Catalogue.coefficients
    func predictions(_ rows: [[String: String]]) throws -> [(group: String, value: Double)] {
      let set = MeasurementSet(try Fixture.file(rows))
      let errors = Calibration(set, priors: priors).crossValidated(folds: 3, seed: 1)
      return zip(set.targets, errors).map { target, error in
        (set.rows[target.row].group, (1 + (error ?? .nan)) * target.measured)
      }
    }
    let before = try predictions(rows)
    let group = try #require(rows[0]["group"])
    for index in rows.indices where rows[index]["group"] == group {
      let value = try #require(Double(rows[index]["tpot_ms"] ?? ""))
      rows[index]["tpot_ms"] = "\(value * 2)"
    }
    let after = try predictions(rows)
    for (old, new) in zip(before, after) {
      #expect(old.value.isFinite)
      if old.group == group { #expect(abs(new.value / old.value - 1) < 1e-9) }
    }
    #expect(zip(before, after).contains { $0.group != group && $0.value != $1.value })
  }

  @Test("on top of a fit moves what the new rows are about, and little else") func onTop() throws {
    let truth = table(.weightBandwidth, "ampere-dc|serving", times: 0.8)
    let rows = try Fixture.measured(under: truth)
    let own = MeasurementSet(try Fixture.file(rows.filter { $0["gpu"] == "a100-80" }))
    let others = MeasurementSet(try Fixture.file(rows.filter { $0["gpu"] != "a100-80" }))
    let fitted = Calibration(own, priors: Catalogue.coefficients.asPriors).table
    func median(_ set: MeasurementSet, _ table: CoefficientTable) -> Double {
      ErrorSummary(set.errors(table).compactMap { $0 }).median
    }
    #expect(median(own, fitted) < median(own, Catalogue.coefficients) / 2)
    #expect(median(others, fitted) < 0.03)
  }

  @Test("writes a table that reads back as itself") func file() throws {
    let bytes = Array(Catalogue.coefficients.csv.utf8)
    let read = try CoefficientTable(try CSVTable(parsing: bytes))
    #expect(read.rows == Catalogue.coefficients.rows)
  }

  @Test("names the cell of a coefficient table that cannot be") func badTable() {
    func problem(_ row: String) -> String {
      let text = "quantity,key,prior,spread,value,rows,source\n\(row)\n"
      do throws(CSVTable.Problem) {
        _ = try CoefficientTable(try CSVTable(parsing: Array(text.utf8)))
        return ""
      } catch {
        return error.description
      }
    }
    #expect(
      problem("compte,*,1,1,1,0,x")
        == "2:1: error: quantity \"compte\" is not a known quantity; did you mean \"compute\"?")
    #expect(problem("compute,*,1,1,fast,0,x") == "2:15: error: value \"fast\" is not a number")
    #expect(problem("compute,*,0,1,1,0,x") == "2:11: error: prior \"0\" is not positive")
  }
}

@Suite("A summary of errors") struct ErrorSummaryTests {
  @Test("has median and 90th percentile of the absolute values, and the mean with sign")
  func figures() {
    let summary = ErrorSummary([-0.1, 0.2, -0.3, 0.4, -0.5])
    #expect(abs(summary.median - 0.3) < 1e-12)
    #expect(abs(summary.p90 - 0.46) < 1e-12)
    #expect(abs(summary.signedMean + 0.06) < 1e-12)
    #expect(ErrorSummary([0.25]) == ErrorSummary([0.25]) && ErrorSummary([-0.25]).median == 0.25)
  }
}
