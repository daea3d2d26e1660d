internal import Market

/// Renders a configuration as `path = value` lines: equal text means equal runs of equal code.
///
/// Walks the stored properties by reflection, so that a property added to a configuration can not
/// be forgotten here. Numbers print as their shortest round-trip decimals.
enum CanonicalText {
  static func of(_ configuration: MarketConfiguration) -> String {
    var identity = configuration
    // Says nothing about the run, and rewording it should not repeat one.
    identity.summary = ""
    identity.question = ""
    var lines: [String] = []
    append(identity, at: "", to: &lines)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func append(_ value: Any, at path: String, to lines: inout [String]) {
    if let trace = value as? RequestTrace {
      lines.append("\(path) = trace \(trace.contentDigest), \(trace.requests.count) requests")
      return
    }
    if let coefficients = value as? HostCohort.Coefficients {
      lines.append("\(path) = coefficients \(coefficients.contentDigest)")
      return
    }
    let mirror = Mirror(reflecting: value)
    switch mirror.displayStyle {
    case .collection:
      lines.append("\(path).count = \(mirror.children.count)")
      for (index, child) in mirror.children.enumerated() {
        append(child.value, at: "\(path)[\(index)]", to: &lines)
      }
    case .dictionary, .set:
      // In the order of the text: the one of the table differs from process to process.
      lines.append("\(path).count = \(mirror.children.count)")
      var entries: [[String]] = []
      for child in mirror.children {
        var entry: [String] = []
        append(child.value, at: "\(path)[]", to: &entry)
        entries.append(entry)
      }
      for entry in entries.sorted(by: { $0.lexicographicallyPrecedes($1) }) { lines += entry }
    case .optional:
      guard let wrapped = mirror.children.first else { return lines.append("\(path) = none") }
      append(wrapped.value, at: path, to: &lines)
    case _ where mirror.children.isEmpty:
      lines.append("\(path) = \(quoted(value))")
    default:
      for child in mirror.children {
        let label = child.label ?? "value"
        append(child.value, at: path.isEmpty ? label : "\(path).\(label)", to: &lines)
      }
    }
  }

  /// Text is quoted, so that no name can look like two lines or like another value.
  private static func quoted(_ value: Any) -> String {
    (value as? String)?.debugDescription ?? "\(value)"
  }
}
