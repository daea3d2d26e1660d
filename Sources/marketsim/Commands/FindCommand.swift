import ArgumentParser
import Experiments
import Foundation
import Market
import Report
import Scenario
import Statistics

/// `marketsim find FILE --vary PATH …`: the value of a parameter at which a condition begins to hold.
struct FindCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "find",
    abstract: "Find where a metric crosses a limit, or is best.",
    discussion: """
      With --below or --above, one parameter is bisected between --from and --to: its metric's mean \
      must be monotone in it. Each probe takes as many replications as it needs to tell the side; the \
      printed interval contains the crossing with the stated confidence. Replications that all agree \
      tell a side only once they exclude, at that confidence, that one in twenty differs: no \
      search sees what is rarer. With --minimise or \
      --maximise, one or more parameters are searched by GSL's simplex.

      marketsim find Scenarios/baseline.yaml --vary hosts.home.count --from 50 --to 2000 \
      --scale integer --metric unserved_fraction --below 2%

      Exit codes: 0 found, 1 the condition holds or fails everywhere or cannot be told, 2 bad input, \
      3 interrupted.
      """)

  @Argument(help: ArgumentHelp("A scenario file.", valueName: "FILE"))
  var file: String

  @Option(help: ArgumentHelp("What to vary, as hosts.home.count.", valueName: "PATH"))
  var vary: [String]

  @Option(help: "Smallest value of each, with its unit.")
  var from: [String]

  @Option(help: "Largest value of each, with its unit.")
  var to: [String]

  @Option(help: "linear, log or integer; one for each parameter, or one for all.")
  var scale: [String] = ["linear"]

  @Option(
    help: "Values are --from plus a multiple of this, as 0.01%; one for each parameter, or none.")
  var step: [String] = []

  @Option(help: "The metric, as in expect: lines.")
  var metric: String

  @Option(help: "The metric's mean must be below this.")
  var below: String?

  @Option(help: "The metric's mean must be above this.")
  var above: String?

  @Flag(help: "Look for the smallest mean instead.")
  var minimise = false

  @Flag(help: "Look for the largest mean instead.")
  var maximise = false

  @Option(help: "Of the interval of the answer.")
  var confidence = "95%"

  @Option(help: "Width of the interval, as a share of the range, at which a bisection ends.")
  var tolerance = "1%"

  @Option(help: "Replications of the first look at a value.")
  var replications = 5

  @Option(help: "Replications at which a value is given up.")
  var maxReplications = 320

  @Option(help: "Values that the simplex looks at.")
  var evaluations = 60

  @Option(
    name: .customLong("set"), help: ArgumentHelp("Override a value.", valueName: "path=value"))
  var overrides: [String] = []

  @Option(name: .shortAndLong, help: "Threads; change no figure.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print no probes.")
  var quiet = false

  func validate() throws {
    let goals = [below != nil, above != nil, minimise, maximise].count { $0 }
    guard goals == 1 else {
      throw ValidationError("give one of --below, --above, --minimise and --maximise")
    }
    guard !vary.isEmpty, from.count == vary.count, to.count == vary.count,
      scale.count == 1 || scale.count == vary.count, step.isEmpty || step.count == vary.count
    else { throw ValidationError("give one --from, --to and, if any, --step for each --vary") }
    guard vary.count == 1 || minimise || maximise else {
      throw ValidationError("--below and --above vary one parameter")
    }
    guard replications >= 2, maxReplications >= replications, evaluations >= 5, workers >= 1 else {
      throw ValidationError(
        "--replications is at least 2, --max-replications no less, --evaluations at least 5")
    }
    for (name, text) in [("confidence", confidence), ("tolerance", tolerance)] {
      guard let share = Self.share(text), share > 0, share < 1 else {
        throw ValidationError("--\(name) is \(text); give a share between 0 and 1, as 95%")
      }
    }
    for (name, text) in [("below", below), ("above", above)] {
      guard let text else { continue }
      guard Self.share(text) != nil else {
        throw ValidationError("--\(name) is \(text), which is no number")
      }
    }
  }

  func run() throws {
    Interruption.watch()
    let space: ParameterSpace
    do {
      space = try ParameterSpace(
        file: file, paths: vary, from: from, to: to,
        scales: vary.indices.map { scale.count == 1 ? scale[0] : scale[$0] },
        steps: step, metrics: .market, overrides: overrides, readFile: DiskFile.read)
    } catch {
      printError(error.description)
      throw ExitCode.badInput
    }
    guard let entry = MetricSet.market.index(named: metric) else {
      printError("error: \(metric) is not a known metric; Results/README.md lists them")
      throw ExitCode.badInput
    }
    let sampler = ReplicationSampler<MarketModel>(workers: workers, metric: entry)
    do {
      if minimise || maximise {
        try optimise(space, sampler)
      } else {
        try findThreshold(space, sampler)
      }
    } catch is ReplicationStopped {
      throw ExitCode.interrupted
    } catch let error as ScenarioErrors {
      printError(error.description)
      if scale.contains("integer"), step.isEmpty {
        printError(
          "find tried a value between --from and --to that the scenario does not take; --step 2 tries "
            + "every second whole number")
      }
      throw ExitCode.badInput
    } catch let error as MetricMissing {
      printError(error.description)
      throw ExitCode.badInput
    }
  }

  /// The scenario does not have the metric, so that no number of replications will show it.
  private struct MetricMissing: Error, CustomStringConvertible {
    var metric: String
    var place: String

    var description: String {
      "error: none of the first replications at \(place) has \(metric); give the scenario what it "
        + "measures, such as the detector of an auc"
    }
  }

  private func findThreshold(
    _ space: ParameterSpace, _ sampler: ReplicationSampler<MarketModel>
  ) throws {
    let limit = below.flatMap(Self.share) ?? above.flatMap(Self.share) ?? .nan
    let search = ThresholdSearch(
      below == nil ? .above(limit) : .below(limit), confidence: Self.share(confidence) ?? 0.95,
      tolerance: Self.share(tolerance) ?? 0.01, replications: replications, limit: maxReplications)
    // Whole numbers and steps: several places are one value, which is run once.
    var known: [String: [Double]] = [:]
    let answer = try search.run { place, replications in
      let text = space.texts(at: [place])[0]
      var found = known[text, default: []]
      if found.count < replications.upperBound {
        found += try sampler.sample(found.count..<replications.upperBound) {
          try MarketModel(space.configuration(at: [place]))
        }
        if found.allSatisfy(\.isNaN) {
          throw MetricMissing(metric: metric, place: "\(vary[0]) = \(text)")
        }
        known[text] = found
        if !quiet {
          printError(
            "\(vary[0]) = \(text): \(metric) \(Tally(found.filter { !$0.isNaN }).mean), "
              + "replications to \(replications.upperBound)")
        }
      }
      return Array(found[replications])
    }
    let table = FindTable.table(of: answer, space, path: vary[0], metric: metric)
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(table)))
    } else {
      print(TextTable.render(table), terminator: "")
      print(
        FindTable.sentence(
          answer, space, path: vary[0], metric: metric,
          isStepped: scale[0] == "integer" || !step.isEmpty))
    }
    if answer.kind != .crossing { throw ExitCode.failure }
  }

  private func optimise(
    _ space: ParameterSpace, _ sampler: ReplicationSampler<MarketModel>
  ) throws {
    let search = SimplexSearch(
      isMaximised: maximise, replications: replications, evaluationLimit: evaluations,
      confidence: Self.share(confidence) ?? 0.95)
    let answer = try search.run(dimensions: vary.count) { place, replications in
      try sampler.sample(replications) { try MarketModel(space.configuration(at: place)) }
    }
    guard let answer else {
      printError("error: no replication has the metric \(metric)")
      throw ExitCode.failure
    }
    for (path, text) in zip(vary, space.texts(at: answer.place)) { print("\(path) = \(text)") }
    let width = TextTable.text(of: answer.interval.halfWidth)
    print("\(metric) = \(TextTable.text(of: answer.interval.mean)) ± \(width)")
    if let gain = answer.gain?.interval {
      print(
        "against the middle of the range: \(TextTable.text(of: gain.mean)) ± "
          + "\(TextTable.text(of: gain.halfWidth)), same random numbers")
    }
    print("\(answer.evaluations) values looked at, \(replications) replications each")
  }

  /// `5%`, `0.05` or any number.
  private static func share(_ text: String) -> Double? {
    guard let number = SweepFactor.number(of: text) else { return nil }
    switch SweepFactor.unit(of: text) {
    case "": return number
    case "%": return number / 100
    default: return nil
    }
  }
}

/// What `find` prints of a bisection.
enum FindTable {
  static let schema = TableSchema(
    "find", "One value that was tried.",
    columns: [
      Column("parameter", .text, "The value."), Column("mean", .real, "Mean of the metric."),
      Column("half_width", .real, "Half-width of the interval that decided."),
      Column("replications", .integer, "Replications taken."),
      Column("side", .text, "`holds`, `fails` or `undecided`."),
    ])

  static func table(
    of answer: ThresholdSearch.Answer, _ space: ParameterSpace, path: String, metric: String
  ) -> ResultTable {
    var table = ResultTable(schema)
    var shown: Set<String> = []
    for probe in answer.probes.sorted(by: { $0.parameter < $1.parameter }) {
      let text = space.texts(at: [probe.parameter])[0]
      guard shown.insert(text).inserted else { continue }
      table.append(text)
      table.append(probe.interval.mean)
      table.append(probe.interval.halfWidth.isFinite ? probe.interval.halfWidth : .nan)
      table.append(probe.replications)
      table.append(probe.side.rawValue)
      table.endRow()
    }
    return table
  }

  static func sentence(
    _ answer: ThresholdSearch.Answer, _ space: ParameterSpace, path: String, metric: String,
    isStepped: Bool
  ) -> String {
    func text(_ place: Double) -> String { space.texts(at: [place])[0] }
    let estimate = answer.estimate
    let percent = "\(TextTable.text(of: estimate.confidence * 100)) %"
    return switch answer.kind {
    case .crossing:
      "\(path) = \(text(isStepped ? answer.lastHolding ?? estimate.value : estimate.value)), between \(text(estimate.lower)) and "
        + "\(text(estimate.upper)) with confidence \(percent)"
    case .holdsEverywhere: "the condition holds at both ends of the range; widen it"
    case .failsEverywhere: "the condition fails at both ends of the range; widen it"
    case .undecided:
      "an end of the range cannot be told from the limit; widen the range or raise "
        + "--max-replications"
    }
  }
}
