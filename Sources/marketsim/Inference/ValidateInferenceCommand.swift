import ArgumentParser
import Calibration
import Foundation
import Inference
import Report
import Statistics

/// Says how far the throughput model lies from published measurements and recorded logs.
struct ValidateInferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inference",
    abstract: "Compare the throughput model with measurements and serving logs.",
    discussion: """
      Errors are (predicted - measured)/measured: the median and the 90th percentile of their \
      absolute values, and their mean with sign. Rows that no model can explain, such as weights \
      larger than the memory, are listed and not averaged in; rows that their source flags are \
      counted. loaded-ttft is the mean time to first token of closed loops, simulated on the \
      skip-ahead host and fitted to nothing: once as a loop whose requests are spread evenly, once \
      as one that starts in a burst, since sources do not say which. Logs are replayed request by request, and nothing is fitted to them. Exits 2 when a \
      file or an argument is wrong.
      """)

  @Option(help: ArgumentHelp("Measurements, one configuration a row.", valueName: "file"))
  var measurements: String?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Serving logs, each FILE[,key=value…]; keys: \(ReplayedHost.keys.joined(separator: ", ")).",
      valueName: "log"))
  var replay: [String] = []

  @Option(
    help: ArgumentHelp("Coefficients to use instead of the built-in ones.", valueName: "file"))
  var coefficients: String?

  @Option(
    help: ArgumentHelp(
      "Also fit anew without each of this many parts of the groups, and predict that part.",
      valueName: "folds"))
  var crossValidate: Int?

  @Option(help: ArgumentHelp("Write every prediction to this file as CSV.", valueName: "file"))
  var predictions: String?

  @Flag(help: "Print all errors as one CSV table.")
  var csv = false

  @Flag(help: "Print all errors as one JSON object a line.")
  var json = false

  func run() throws {
    guard measurements != nil || !replay.isEmpty else {
      printError("error: give --measurements FILE, --replay LOG or both")
      throw ExitCode.badInput
    }
    guard !(csv && json) else {
      printError("error: --csv and --json exclude each other")
      throw ExitCode.badInput
    }
    if let crossValidate, !(2...100).contains(crossValidate) {
      printError("error: --cross-validate takes 2 to 100 parts")
      throw ExitCode.badInput
    }
    var accuracy = AccuracyTable()
    if let measurements { try report(measurements, in: &accuracy) }
    for argument in replay { try report(log: argument, in: &accuracy) }
    if csv { InferenceInput.printBytes(CSVEncoder.encode(accuracy.rows)) }
    if json { InferenceInput.printBytes(JSONLinesEncoder.encode(accuracy.rows)) }
  }

  private var printsTables: Bool { !csv && !json }

  private func report(_ path: String, in accuracy: inout AccuracyTable) throws {
    let set = try InferenceInput.measurements(path)
    let table = try InferenceInput.coefficients(coefficients)
    reportRows(of: set, path)
    let errors = set.errors(table)
    let loaded = set.loadedFirstTokens(table)
    show("with these coefficients", set, errors, loaded)
    accuracy.append(.fitted, path, set, errors, loaded)
    if let crossValidate {
      let unseen = Calibration(set, priors: table).crossValidated(folds: crossValidate, seed: 0)
      let benchmarked = set.errorsWithBenchmark(unseen)
      show("groups not seen by the fit, \(crossValidate) parts", set, unseen)
      show("the same, with one benchmark point per host and metric", set, benchmarked)
      accuracy.append(.heldOut, path, set, unseen)
      accuracy.append(.heldOutWithBenchmark, path, set, benchmarked)
    }
    if let predictions {
      let bytes = CSVEncoder.encode(InferenceTables.predictions(set, errors, loaded))
      try InferenceInput.write(String(decoding: bytes, as: UTF8.self), to: predictions)
    }
  }

  /// What was compared and what was not; beside the tables where those are for machines.
  private func reportRows(of set: MeasurementSet, _ path: String) {
    var lines = [
      "\(path): \(set.rows.count) rows compared, \(set.flagged.count) flagged and set aside"
    ]
    for (row, reason) in set.refused where row.mode != .mlperfOffline {
      lines.append("  \(path):\(row.line): \(row.id) refused: \(reason)")
    }
    let offline = set.refused.count { $0.row.mode == .mlperfOffline }
    if offline > 0 {
      lines.append("  \(offline) rows of mlperf-offline refused: their log names no prompt lengths")
    }
    let text = lines.joined(separator: "\n")
    if printsTables { print(text) } else { printError(text) }
  }

  private func show(
    _ heading: String, _ set: MeasurementSet, _ errors: [Double?],
    _ loaded: [LoadedFirstToken] = []
  ) {
    guard printsTables else { return }
    print(heading)
    print(TextTable.render(InferenceTables.errors(set, errors, loaded), significantDigits: 3))
  }

  private func report(log argument: String, in accuracy: inout AccuracyTable) throws {
    let host: ReplayedHost
    do {
      host = try ReplayedHost(parsing: argument)
    } catch {
      printError("error: \(error)")
      throw ExitCode.badInput
    }
    let bytes = try InferenceInput.bytes(host.path)
    let (limits, comparison) = try InferenceInput.located(host.path) {
      try host.comparison(bytes)
    }
    accuracy.append(comparison, of: host)
    guard printsTables else { return }
    print(limits)
    print(comparison.table)
  }
}
