internal import Market

/// What a list says of a scenario file, without what a run would need of it, such as its traces.
public struct ScenarioCard: Sendable, Equatable, CustomStringConvertible {
  public var path: String
  public var name: String
  /// Or, where a file asks none, its description.
  public var question: String
  /// As `unserved_fraction below 0.02`.
  public var expectations: [String]

  /// - Returns: Nil for a file that is no scenario, as a sweep.
  /// - Throws: What is wrong with the keys that are read.
  public static func read(
    path: String, readFile: @escaping FileReading
  ) throws(ScenarioErrors) -> ScenarioCard? {
    if case .success(let bytes) = readFile(path, DocumentTree.sizeLimit) {
      let text = String(decoding: bytes, as: UTF8.self)
      let isScenario = text.split(separator: "\n").contains { $0.hasPrefix("marketsim:") }
      if !isScenario { return nil }
    }
    let reading = Reading(files: readFile)
    guard let tree = DocumentTree.loading(path: path, reading) else {
      throw ScenarioErrors(reading.errors)
    }
    func text(_ key: Key<String>) -> String {
      guard let entry = tree.entry(key.declaration.name) else { return "" }
      return key.kind.read(entry.value, .top.appending(entry.key), reading) ?? ""
    }
    let question = text(ScenarioKeys.question)
    let card = ScenarioCard(
      path: path, name: text(ScenarioKeys.name),
      question: question.isEmpty ? text(ScenarioKeys.summary) : question,
      expectations: expectations(of: tree, reading))
    guard reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    return card
  }

  private static func expectations(of tree: DocumentTree, _ reading: Reading) -> [String] {
    guard let entry = tree.entry("expect") else { return [] }
    let read = ScenarioKeys.expect.kind.read(entry.value, .top.appending("expect"), reading) ?? []
    return read.map { expectation in
      let bound =
        switch expectation.bound {
        case .below(let limit): "below \(limit)"
        case .above(let limit): "above \(limit)"
        case .within(let lower, let upper): "within \(lower) and \(upper)"
        }
      let confidence = expectation.confidence.map { ", confidence \($0)" } ?? ""
      return "\(expectation.metric) \(bound)\(confidence)"
    }
  }

  public var description: String {
    let words = question.split(whereSeparator: \.isNewline).joined(separator: " ")
    var lines = ["\(name) (\(path))", "  \(words)"]
    lines += expectations.map { "  expects \($0)" }
    return lines.joined(separator: "\n")
  }
}
