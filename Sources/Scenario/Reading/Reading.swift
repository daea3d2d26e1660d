/// One attempt to read a scenario: collects every complaint and lends what reading needs.
///
/// A class, because all parts of the reader add to the one list of complaints.
final class Reading {
  /// Names that an expectation may use; empty: any.
  let metrics: [String]
  let files: FileReading
  /// Set where several readings share traces.
  var traces: TraceCache?
  private(set) var errors: [ScenarioError] = []
  /// Names of the regions that cohorts may live in; nil before they are known.
  var regionNames: [String]?
  /// Of `accounts.paymasters`, in order.
  var paymasterNames: [String] = []
  var voterNames: [String] = []
  private var sourceCount = 0

  init(metrics: [String] = [], files: @escaping FileReading) {
    self.metrics = metrics
    self.files = files
  }

  /// The place of the next source in the order of reading.
  func nextRank() -> Int {
    defer { sourceCount += 1 }
    return sourceCount
  }

  func complain(
    at location: SourceLocation, _ key: String, _ whatHappened: String, do whatToDo: String
  ) {
    errors.append(
      ScenarioError(
        location: location, key: key, whatHappened: whatHappened, whatToDo: whatToDo))
  }
}
