internal import Market

/// What a list says of a scenario file, without what a run would need of it, such as its traces.
public struct ScenarioCard: Sendable, Equatable, CustomStringConvertible {
  public var path: String
  public var name: String
  /// A sweep of a scenario.
  public var isSweep: Bool
  /// Or, where a file asks none, its description.
  public var question: String
  /// As `unserved_fraction below 0.02`.
  public var expectations: [String]

  /// - Returns: Nil for a file that is neither scenario nor sweep.
  /// - Throws: What is wrong with the keys that are read.
  public static func read(
    path: String, readFile: @escaping FileReading
  ) throws(ScenarioErrors) -> ScenarioCard? {
    var isSweep = false
    if case .success(let bytes) = readFile(path, DocumentTree.sizeLimit) {
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
      isSweep = lines.contains { $0.hasPrefix("sweep:") }
      if !isSweep, !lines.contains(where: { $0.hasPrefix("marketsim:") }) { return nil }
    }
    let reading = Reading(files: readFile)
    let loaded =
      isSweep
      ? DocumentTree.loadingSweep(path: path, reading) : DocumentTree.loading(path: path, reading)
    guard let tree = loaded else {
      throw ScenarioErrors(reading.errors)
    }
    func text(_ key: Key<String>) -> String {
      guard let entry = tree.entry(key.declaration.name) else { return "" }
      return key.kind.read(entry.value, .top.appending(entry.key), reading) ?? ""
    }
    let question = text(ScenarioKeys.question)
    let card = ScenarioCard(
      path: path, name: text(ScenarioKeys.name), isSweep: isSweep,
      question: question.isEmpty ? text(ScenarioKeys.summary) : question,
      expectations: isSweep ? pointExpectations(of: tree, reading) : expectations(of: tree, reading)
    )
    guard reading.errors.isEmpty else { throw ScenarioErrors(reading.errors) }
    return card
  }

  private static func expectations(of tree: DocumentTree, _ reading: Reading) -> [String] {
    guard let entry = tree.entry("expect") else { return [] }
    let read = ScenarioKeys.expect.kind.read(entry.value, .top.appending("expect"), reading) ?? []
    return read.map(text)
  }

  private static func pointExpectations(of tree: DocumentTree, _ reading: Reading) -> [String] {
    guard let entry = tree.entry("expect") else { return [] }
    let read = SweepKeys.expect.kind.read(entry.value, .top.appending("expect"), reading) ?? []
    return read.map { line in
      let place = line.at.map { "\($0.writtenPath) \($0.text)" }.joined(separator: ", ")
      return text(of: line.expectation) + (place.isEmpty ? "" : " at \(place)")
    }
  }

  private static func text(of expectation: Expectation) -> String {
    let bound =
      switch expectation.bound {
      case .below(let limit): "below \(limit)"
      case .above(let limit): "above \(limit)"
      case .within(let lower, let upper): "within \(lower) and \(upper)"
      }
    let confidence = expectation.confidence.map { ", confidence \($0)" } ?? ""
    return "\(expectation.metric) \(bound)\(confidence)"
  }

  public var description: String {
    let words = question.split(whereSeparator: \.isNewline).joined(separator: " ")
    var lines = ["\(name) (\(path)\(isSweep ? ", a sweep" : ""))", "  \(words)"]
    lines += expectations.map { "  expects \($0)" }
    return lines.joined(separator: "\n")
  }
}
