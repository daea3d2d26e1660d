import ArgumentParser
import Foundation
import Inference

/// Runs a recorded serving log through a simulated server and compares latencies.
struct ReplayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Replay a serving log through a batching host and compare latencies.",
    discussion: """
      Reads a CSV file with the columns arrival_s, prompt_tokens, output_tokens, ttft_s and \
      latency_s, both latencies counted from arrival. Errors are (simulated - measured)/measured of \
      the mean, the median and the 90th percentile; |e| is the median over requests of the absolute \
      error of each. Nothing is fitted to the log. Exits 2 when the log or an argument is wrong.
      """)

  @Argument(help: ArgumentHelp("The log.", valueName: "LOG"))
  var log: String

  @Option(help: "Accelerator of the catalogue, such as rtx4090.")
  var gpu: String

  @Option(help: "Served model, such as llama3-8b@bf16 or llama3-70b@fp8.")
  var model: String

  @Option(help: "Serving engine; matters where no kernel coefficients exist.")
  var engine = "vllm-new"

  @Option(help: "GPUs that share every layer.")
  var tensorParallel = 1

  @Option(help: "Tokens of KV cache, if the log states them; else from memory.")
  var kvTokens: Int?

  @Option(help: "Sequences that may run at once.")
  var maxSequences = 256

  @Option(help: "Tokens that one step may process.")
  var tokenBudget = 2_048

  @Option(help: "Tokens per KV block.")
  var blockTokens = 16

  @Flag(
    inversion: .prefixedNo,
    help: "Compose each step while the one before it runs, as vLLM does since 0.14.")
  var asyncScheduling = true

  @Flag(help: "Use class coefficients even where kernels were profiled.")
  var classCoefficients = false

  @Flag(help: "One JSON object per latency and line; errors as ratios.")
  var json = false

  func run() throws {
    do {
      let comparison = try compare()
      print(json ? comparison.jsonLines : comparison.table)
    } catch let problems as ReplayLog.Problems {
      printError(problems.all.prefix(20).map { "\(log):\($0)" }.joined(separator: "\n"))
      if problems.all.count > 20 { printError("\(log): \(problems.all.count - 20) more problems") }
      throw ExitCode.badInput
    } catch let error as CatalogueError {
      printError("error: \(error)")
      throw ExitCode.badInput
    } catch let error as DeploymentProblem {
      printError("error: \(error)")
      throw ExitCode.badInput
    }
  }

  private func compare() throws -> ReplayComparison {
    var settings = ServerSettings(discipline: .continuousBatching)
    settings.sequencesMaximum = maxSequences
    settings.tokenBudget = tokenBudget
    settings.blockTokens = blockTokens
    settings.schedulesAhead = asyncScheduling
    settings.cacheTokens = kvTokens
    let deployment = Deployment(
      gpu: try Catalogue.gpu(gpu), serving: try ServedModel(parsing: model),
      engine: try Catalogue.engine(engine),
      parallelism: tensorParallel == 1 ? .single : .tensor(tensorParallel),
      coefficients: classCoefficients ? .architectureClass : .kernelWhereProfiled)
    let kind = try ServerKind(deployment, settings: settings)
    return try ReplayComparison(try ReplayLog(parsing: try bytes()), on: kind)
  }

  private func bytes() throws -> [UInt8] {
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: log)))
    } catch {
      printError("\(log): error: the file cannot be read: \(error.localizedDescription)")
      throw ExitCode.badInput
    }
  }
}

extension ReplayComparison {
  /// Aligned columns; errors in percent.
  fileprivate var table: String {
    let heading = "latency         n    measured   simulated    mean     p50     p90     |e|"
    return ([heading] + metrics.map(Self.line)).joined(separator: "\n")
  }

  private static func line(_ metric: Metric) -> String {
    let name = metric.name.padding(toLength: 12, withPad: " ", startingAt: 0)
    let errors = [metric.meanError, metric.medianError, metric.p90Error].map {
      String(format: "%+7.1f%%", $0 * 100)
    }
    return name
      + String(
        format: "%5d %9.4f s %9.4f s", metric.count, metric.measuredMean, metric.simulatedMean)
      + errors.joined() + String(format: "%7.1f%%", metric.absoluteErrorMedian * 100)
  }

  fileprivate var jsonLines: String {
    metrics.map { metric in
      let figures: [(String, Double)] = [
        ("measured_mean_s", metric.measuredMean), ("simulated_mean_s", metric.simulatedMean),
        ("mean_error", metric.meanError), ("p50_error", metric.medianError),
        ("p90_error", metric.p90Error), ("absolute_error_p50", metric.absoluteErrorMedian),
      ]
      // JSON has no NaN; a latency that no request has is null.
      let members = figures.map { "\"\($0.0)\":\($0.1.isFinite ? "\($0.1)" : "null")" }
      return "{\"latency\":\"\(metric.name)\",\"n\":\(metric.count),"
        + members.joined(separator: ",") + "}"
    }.joined(separator: "\n")
  }
}
