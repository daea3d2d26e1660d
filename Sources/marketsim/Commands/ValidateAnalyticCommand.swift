import ArgumentParser
import Foundation
import Report
import Statistics
import Synchronization
import Validation

/// `marketsim validate analytic`: the program's own parts against closed forms.
struct ValidateAnalyticCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analytic",
    abstract: "Compare the program with closed forms and published figures.",
    discussion: """
      An interval, 99.9 %, holds when it contains the value and is narrow: half-width at most 1 % of \
      the value, 5 % for probabilities below 0.05, 0.01 where the value is 0. With fresh seeds, one \
      suite in ten has a row that misses by chance.

      Exit codes: 0 everything holds, 1 something does not, 2 bad input.
      """)

  @Option(help: ArgumentHelp("Run one check; may be repeated.", valueName: "NAME"))
  var only: [String] = []

  @Flag(help: "Draw from the clock instead of the seeds of the table; prints the seed.")
  var freshSeeds = false

  @Option(help: "Draw from this seed, as printed by --fresh-seeds.")
  var seed: UInt64?

  @Option(name: .shortAndLong, help: "Threads, one check each.")
  var workers = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(help: "Print the checks and what they promise, and run nothing.")
  var list = false

  func validate() throws {
    guard workers >= 1 else { throw ValidationError("--workers is \(workers); give 1 or more") }
  }

  func run() throws {
    let checks = try selected()
    if list {
      for check in checks { print("\(check.name): \(check.promise)") }
      for omitted in AnalyticSuite.omitted {
        print("left out: \(omitted.result), because \(omitted.reason)")
      }
      return
    }
    var effort = ValidationEffort()
    effort.seed = seed ?? 0
    if freshSeeds {
      effort.seed = UInt64(Date().timeIntervalSince1970 * 1000)
      printError("seed \(effort.seed)")
    }
    let rows = Self.rows(of: checks, effort, workers: workers)
    var table = ResultTable(ValidationTable.schema)
    for (check, rows) in zip(checks, rows) {
      ValidationTable.append(rows, of: check, to: &table)
    }
    if json {
      FileHandle.standardOutput.write(Data(JSONLinesEncoder.encode(table)))
    } else {
      print(TextTable.render(table), terminator: "")
    }
    let all = rows.joined()
    let failed = all.count { $0.verdict != .holds }
    if !json { print("\(all.count - failed) of \(all.count) hold") }
    // A check that could not be run has no rows, and must not pass for one that holds.
    if failed > 0 || rows.contains(where: \.isEmpty) { throw ExitCode.failure }
  }

  private func selected() throws -> [ValidationCheck] {
    if only.isEmpty { return AnalyticSuite.checks }
    let names = AnalyticSuite.checks.map(\.name)
    for name in only where !names.contains(name) {
      printError("error: \(name) is no check; the checks are \(names.joined(separator: ", "))")
      throw ExitCode.badInput
    }
    return AnalyticSuite.checks.filter { only.contains($0.name) }
  }

  /// Checks share nothing, so threads change no figure.
  private static func rows(
    of checks: [ValidationCheck], _ effort: ValidationEffort, workers: Int
  ) -> [[ValidationRow]] {
    let rows = Mutex([[ValidationRow]](repeating: [], count: checks.count))
    let next = Mutex(0)
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < checks.count else { return }
        let found = checks[index].run(effort)
        rows.withLock { $0[index] = found }
      }
    }
    return rows.withLock { $0 }
  }
}
