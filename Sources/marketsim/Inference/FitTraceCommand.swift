import ArgumentParser
import Calibration
import Inference
import Report
import Statistics

/// Describes a recorded trace by the numbers that a scenario takes.
struct FitTraceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trace",
    abstract: "Fit lengths and arrivals to a recorded trace, ready for a scenario.",
    discussion: """
      Reads arrival_s, prompt_tokens and output_tokens. Lengths: two lognormals each, by expectation \
      maximisation, with the Kolmogorov distance that remains; Spearman correlation of prompt and \
      output. Arrivals: rate, variation of the gaps, burstiness (CV-1)/(CV+1), maximum-likelihood \
      shape of gamma gaps, and the dispersion of counts (variance over mean; 1 for Poisson). Prints \
      keys to paste under renters:; arrivals whose dispersion grows with the window are burstier \
      than any gamma renewal process, and resample keeps that. Exits 2 when the file is wrong.
      """)

  @Argument(help: ArgumentHelp("The trace, one request a row.", valueName: "file"))
  var file: String

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(help: "Print CSV.")
  var csv = false

  func run() throws {
    guard !(csv && json) else {
      printError("error: --csv and --json exclude each other")
      throw ExitCode.badInput
    }
    let fit = TraceFit(try InferenceInput.recording(file))
    let table = Self.table(of: fit)
    if json {
      InferenceInput.printBytes(JSONLinesEncoder.encode(table))
    } else if csv {
      InferenceInput.printBytes(CSVEncoder.encode(table))
    } else {
      print(TextTable.render(table, significantDigits: 4))
      print(Self.keys(of: fit, file), terminator: "")
    }
  }

  static func table(of fit: TraceFit) -> ResultTable {
    var table = ResultTable(
      TableSchema(
        "trace", "Figures of a trace.",
        columns: [
          Column("figure", .text, "What it is."), Column("value", .real, "Its value."),
          Column("unit", .text, "Its unit."),
        ]))
    func row(_ figure: String, _ value: Double, _ unit: String) {
      table.append(figure)
      table.append(value)
      table.append(unit)
      table.endRow()
    }
    row("requests", Double(fit.requests), "requests")
    for (name, marginal) in [("prompt", fit.prompt), ("output", fit.output)] {
      let mixture = marginal.mixture
      row("\(name)_mean", marginal.mean, "tokens")
      row("\(name)_min", Double(mixture.minimum), "tokens")
      row("\(name)_max", Double(mixture.maximum), "tokens")
      row("\(name)_weight_1", mixture.weight, "ratio")
      row("\(name)_mu_1", mixture.first.mu, "log tokens")
      row("\(name)_sigma_1", mixture.first.sigma, "log tokens")
      row("\(name)_mu_2", mixture.second.mu, "log tokens")
      row("\(name)_sigma_2", mixture.second.sigma, "log tokens")
      row("\(name)_ks_distance", marginal.distance, "ratio")
    }
    row("prompt_output_spearman", fit.correlation, "ratio")
    guard let arrivals = fit.arrivals else { return table }
    row("arrival_rate", arrivals.rate, "requests/s")
    row("gap_cv", arrivals.gapVariation, "ratio")
    row("burstiness", arrivals.burstiness, "ratio")
    if let shape = arrivals.gammaShape { row("gamma_shape", shape, "ratio") }
    row("simultaneous", arrivals.simultaneousShare * 100, "%")
    for (window, index) in arrivals.dispersion {
      if let index { row("dispersion_\(Int(window))s", index, "ratio") }
    }
    return table
  }

  /// As a scenario takes them.
  private static func keys(of fit: TraceFit, _ file: String) -> String {
    func digits(_ value: Double) -> String { TextTable.text(of: value, significantDigits: 4) }
    func mixture(_ marginal: MixtureFit) -> String {
      let found = marginal.mixture
      return "{weight: \(digits(found.weight)), mu1: \(digits(found.first.mu)), "
        + "sigma1: \(digits(found.first.sigma)), mu2: \(digits(found.second.mu)), "
        + "sigma2: \(digits(found.second.sigma)), maximum: \(found.maximum)}"
    }
    var lines: [String] = []
    if let arrivals = fit.arrivals {
      let rate = digits(arrivals.rate)
      if let shape = arrivals.gammaShape {
        lines.append("arrivals: {gamma: {rate: \(rate)/s, shape: \(digits(shape))}}")
      } else {
        lines.append("# Too many requests share a time stamp to tell how bursty they are.")
        lines.append("arrivals: {poisson: {rate: \(rate)/s}}")
      }
      lines.append("# or: {resample: {trace: \(file), meanBlock: \(fit.meanBlock)}}")
    }
    lines += [
      "lengths:", "  lognormal:", "    prompt: \(mixture(fit.prompt))",
      "    output: \(mixture(fit.output))", "    correlation: \(digits(fit.correlation))",
    ]
    return lines.joined(separator: "\n") + "\n"
  }
}
