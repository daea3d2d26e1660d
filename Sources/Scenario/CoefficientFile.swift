internal import Experiments
internal import Inference
internal import Market

/// A table of coefficients that a host cohort names.
enum CoefficientFile {
  /// 16 MiB; the table that ships has 40 kB.
  static let sizeLimit = 1 << 24

  /// Reads the file; nil after complaints.
  static func reading(_ name: String, named section: Section) -> HostCohort.Coefficients? {
    let origin = section.location(of: "coefficients")
    // An override is typed in the working directory, a key is written beside its file.
    let path = origin.line == 0 ? name : name.resolved(besides: origin.source)
    switch section.reading.files(path, sizeLimit) {
    case .failure(let problem):
      section.complain(
        "coefficients", "names \(path), which \(problem.whatHappened)",
        do: "give the path of a file that marketsim calibrate wrote")
      return nil
    case .success(let bytes):
      do throws(CSVTable.Problem) {
        return HostCohort.Coefficients(
          path: name, contentDigest: SHA256.hexadecimal(of: bytes),
          table: try CoefficientTable(try CSVTable(parsing: bytes)))
      } catch {
        let place = SourceLocation(
          source: path, line: error.line, column: error.column,
          rank: section.reading.nextRank())
        section.reading.complain(
          at: place, "the table of coefficients", "does not read: \(error.message)",
          do: "mend it, or write it anew with marketsim calibrate")
        return nil
      }
    }
  }
}
