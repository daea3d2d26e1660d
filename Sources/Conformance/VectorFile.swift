/// Replays vector files through the contracts of this build.
public enum VectorFile {
  /// Replays one file, case by case: memory holds one line and one world at a time.
  ///
  /// - Parameter name: A path; `.gz` is decompressed; `-` is standard input.
  /// - Throws: At the first line that is not what the format says; nothing is reported for the file
  ///   then, since what follows was not seen.
  public static func replay(_ name: String) throws(VectorError) -> FileReport {
    var source = try LineSource(name)
    var report = FileReport(file: name)
    while let line = try source.next() {
      do {
        try replay(line, into: &report)
      } catch {
        throw VectorError(
          file: name, line: source.line, column: error.offset + 1, message: error.message)
      }
    }
    guard report.cases > 0 else { throw VectorError(file: name, message: "holds no case") }
    return report
  }

  static func replay(_ line: [UInt8], into report: inout FileReport) throws(JSONProblem) {
    switch try CasePreparation(try JSONParser.parse(line)) {
    case .skipped(let skipped): report.add(skipped)
    case .failed(let mismatch, let steps): report.add(mismatch, steps: steps)
    case .ready(var prepared):
      let replay = prepared.replay()
      report.add(replay, steps: prepared.steps.count, deployments: prepared.deployments)
    }
  }
}
