import ArgumentParser
import Calibration
import Foundation
import Inference
import Report

/// Fits the coefficients of the throughput model to measurements.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Fit the throughput model's coefficients to measurements.",
    discussion: """
      Reads one configuration a row, as data/README.md lays them out, and prints the table of \
      coefficients: the least robust sum of squared logarithmic errors, each coefficient drawn \
      towards its prior. Add rows of your own hosts to a copy of the file and fit again, or fit \
      your rows alone with --on-top, which keeps what the shipped rows have settled; then name the \
      table in a scenario (hosts[].coefficients) or in --coefficients. With --folds, groups are left out in turn and \
      predicted. Exits 2 when a file or an argument is wrong.
      """)

  @Option(help: ArgumentHelp("Measurements, one configuration a row.", valueName: "file"))
  var measurements: String

  @Option(help: ArgumentHelp("Priors to use instead of the built-in ones.", valueName: "file"))
  var priors: String?

  @Flag(help: "Take fitted values as priors: for a file that holds your own rows only.")
  var onTop = false

  @Option(
    help: ArgumentHelp("Where the table goes; standard output if left out.", valueName: "file"))
  var output: String?

  @Option(help: ArgumentHelp("Cross-validate over this many parts of the groups.", valueName: "n"))
  var folds: Int?

  @Option(help: ArgumentHelp("How groups fall into parts.", valueName: "n"))
  var seed: UInt64 = 0

  func run() throws {
    if let folds, !(2...100).contains(folds) {
      printError("error: --folds takes 2 to 100 parts")
      throw ExitCode.badInput
    }
    let set = try InferenceInput.measurements(measurements)
    let table = try InferenceInput.coefficients(priors)
    let calibration = Calibration(set, priors: onTop ? table.asPriors : table)
    if let output {
      try InferenceInput.write(calibration.table.csv, to: output)
    } else {
      print(calibration.table.csv, terminator: "")
    }
    printError("fitted\n" + rendered(set, set.errors(calibration.table)))
    guard let folds else { return }
    let unseen = calibration.crossValidated(folds: folds, seed: seed)
    printError("groups not seen by the fit, \(folds) parts\n" + rendered(set, unseen))
    printError(
      "the same, with one benchmark point per host and metric\n"
        + rendered(set, set.errorsWithBenchmark(unseen)))
  }

  private func rendered(_ set: MeasurementSet, _ errors: [Double?]) -> String {
    TextTable.render(InferenceTables.errors(set, errors), significantDigits: 3)
  }
}
