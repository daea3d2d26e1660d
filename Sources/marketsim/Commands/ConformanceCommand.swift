import ArgumentParser
import Conformance
import Foundation

struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Replay recorded contract calls and compare results, events, balances and gas.",
    discussion: """
      Reads JSON Lines of the format fabstir-conformance/1, one case a line; files ending in .gz \
      are decompressed with gzip, and a folder stands for its vector files. Counts are steps; steps of cases whose contract types are not \
      built are skipped and never count as matched. Gas errors are relative to the recorded gas. \
      Several files are followed by their sum.

      Exit status: 0 when everything that was replayed matches, 1 when something differs, 2 when \
      a file cannot be read or is malformed.
      """)

  @Argument(help: "Vector files (.jsonl or .jsonl.gz), folders of them, or - for standard input.")
  var files: [String]

  @Flag(help: "Print one JSON object per file; gas errors as ratios.")
  var json = false

  func run() throws {
    var isMalformed = false
    func attempt<Result>(_ body: () throws -> Result) -> Result? {
      do { return try body() } catch {
        isMalformed = true
        FileHandle.standardError.write(Data("\(error)\n".utf8))
        return nil
      }
    }
    let files = files.flatMap { name in attempt { try VectorFile.names(in: name) } ?? [] }
    var reports: [FileReport] = []
    for file in files {
      guard let report = attempt({ try VectorFile.replay(file) }) else { continue }
      print(json ? report.json : files.count == 1 ? report.text : report.summary)
      reports.append(report)
    }
    if files.count > 1 {
      let total = FileReport(total: reports)
      print(json ? total.json : total.text)
    }
    if isMalformed { throw ExitCode(2) }
    if reports.contains(where: { $0.mismatches > 0 }) { throw ExitCode(1) }
  }
}
