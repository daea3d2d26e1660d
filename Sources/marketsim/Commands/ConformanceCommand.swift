import ArgumentParser
import Conformance
import Foundation

struct ConformanceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "conformance",
    abstract: "Replay recorded contract calls and compare results, events, balances and gas.",
    discussion: """
      Reads JSON Lines of the format fabstir-conformance/1, one case a line; files ending in .gz \
      are decompressed with gzip. Counts are steps; steps of cases whose contract types are not \
      built are skipped and never count as matched. Gas errors are relative to the recorded gas.

      Exit status: 0 when everything that was replayed matches, 1 when something differs, 2 when \
      a file cannot be read or is malformed.
      """)

  @Argument(help: "Vector files (.jsonl or .jsonl.gz), or - for standard input.")
  var files: [String]

  @Flag(help: "Print one JSON object per file; gas errors as ratios.")
  var json = false

  func run() throws {
    var differs = false
    var isMalformed = false
    for file in files {
      do {
        let report = try VectorFile.replay(file)
        print(json ? report.json : report.text)
        if report.mismatches > 0 { differs = true }
      } catch {
        isMalformed = true
        FileHandle.standardError.write(Data("\(error)\n".utf8))
      }
    }
    if isMalformed { throw ExitCode(2) }
    if differs { throw ExitCode(1) }
  }
}
