/// One thing that is wrong with a scenario, where it is and what to do about it.
public struct ScenarioError: Error, Equatable, Sendable, CustomStringConvertible {
  public let location: SourceLocation
  /// What is complained about, as `hosts[2].gpu`.
  public let key: String
  /// Continues `key`: `is "H10O", which is not a known GPU`.
  public let whatHappened: String
  /// An instruction: `did you mean "h100-sxm"?`.
  public let whatToDo: String

  public var description: String {
    "\(location): error: \(key) \(whatHappened); \(whatToDo)"
  }
}

/// Every problem of a scenario, in the order of the text.
public struct ScenarioErrors: Error, Equatable, Sendable, CustomStringConvertible {
  /// At least one.
  public let errors: [ScenarioError]

  /// Sorts by position; problems of one position keep their order.
  init(_ errors: [ScenarioError]) {
    precondition(!errors.isEmpty, "a scenario was refused without a reason")
    self.errors = errors.enumerated()
      .sorted { a, b in
        a.element.location < b.element.location
          || (!(b.element.location < a.element.location) && a.offset < b.offset)
      }
      .map(\.element)
  }

  public var description: String { errors.map(\.description).joined(separator: "\n") }
}
