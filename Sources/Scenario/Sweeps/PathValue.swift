/// A place in the scenario and what stands there, as one entry of a map from paths to values.
struct PathValue: Sendable {
  var path: DocumentPath
  /// As written before the colon.
  var writtenPath: String
  var location: SourceLocation
  /// As `--set` takes it: text, or a list or map in flow style.
  var text: String
}

extension Kind where Value == [PathValue] {
  /// A map from paths, as `--set` takes them, to values.
  static var pathValues: Kind {
    Kind(notation: .pathValues) { tree, path, reading in
      guard let entries = tree.entries else {
        reading.complain(
          at: tree.location, "\(path)", "is \(tree.kindName), not a map from paths to values",
          do: "write it as in {hosts.home.count: 150, duration: 1h}")
        return nil
      }
      var values: [PathValue] = []
      for entry in entries {
        guard let target = DocumentPath(parsing: entry.key) else {
          reading.complain(
            at: entry.keyLocation, "\(path.appending(entry.key))", "is not a path",
            do: "write it as in hosts.home.count or renters[0].patience")
          continue
        }
        values.append(
          PathValue(
            path: target, writtenPath: entry.key, location: entry.value.location,
            text: entry.value.flowText))
      }
      return values.count == entries.count ? values : nil
    }
  }
}

extension Kind where Value == String {
  /// A value of the scenario, whatever its kind.
  static var anyValue: Kind {
    Kind(notation: .anyValue) { tree, path, reading in
      if tree.text == "", !tree.isQuoted {
        reading.complain(at: tree.location, "\(path)", "has no value", do: "give a value")
        return nil
      }
      return tree.flowText
    }
  }
}

extension DocumentTree {
  /// The content as one line that reads as the same content.
  var flowText: String {
    switch content {
    // A text on its own is taken as it stands.
    case .scalar(let text): text
    case .list, .map: nestedText
    }
  }

  private var nestedText: String {
    switch content {
    case .scalar(let text): isQuoted || !text.isEmpty ? text.debugDescription : "null"
    case .list(let items): "[" + items.map(\.nestedText).joined(separator: ", ") + "]"
    case .map(let entries):
      "{"
        + entries.map { "\($0.key.debugDescription): \($0.value.nestedText)" }
        .joined(separator: ", ") + "}"
    }
  }
}
