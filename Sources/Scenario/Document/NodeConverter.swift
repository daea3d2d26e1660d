internal import Yams

/// Turns Yams' nodes into a tree and complains about what a scenario cannot contain.
struct NodeConverter {
  let text: YAMLText
  let source: String
  let rank: Int
  let reading: Reading
  private var partCount = 0

  init(text: YAMLText, source: String, rank: Int, reading: Reading) {
    self.text = text
    self.source = source
    self.rank = rank
    self.reading = reading
  }

  /// - Parameter fallback: Where the node stands when Yams does not say.
  mutating func convert(
    _ node: Node, at path: DocumentPath = .top, fallback: Position = Position(line: 1, column: 1)
  ) -> DocumentTree? {
    let place = location(node, fallback)
    partCount += 1
    guard partCount <= DocumentTree.partLimit, path.steps.count <= DocumentTree.depthLimit else {
      if partCount <= DocumentTree.partLimit || partCount == DocumentTree.partLimit + 1 {
        reading.complain(
          at: place, "the text", "is nested too deeply or has too many parts",
          do: "stay within \(DocumentTree.depthLimit) levels and \(DocumentTree.partLimit) parts")
      }
      return nil
    }
    let mark = node.mark.map(Position.init) ?? fallback
    switch node {
    case .scalar(let scalar):
      let isQuoted = scalar.style == .doubleQuoted || scalar.style == .singleQuoted
      return DocumentTree(
        content: .scalar(text.revealed(scalar.string)), location: place, isQuoted: isQuoted)
    case .sequence(let sequence):
      var items: [DocumentTree] = []
      for (index, child) in sequence.enumerated() {
        let item = convert(child, at: path.appending(index), fallback: mark)
        guard let item else { return nil }
        items.append(item)
      }
      return DocumentTree(content: .list(items), location: place)
    case .mapping(let mapping):
      guard let entries = convert(mapping, at: path, mark) else { return nil }
      return DocumentTree(content: .map(entries), location: place)
    case .alias:
      preconditionFailure("the parser resolves aliases")
    }
  }

  private mutating func convert(
    _ mapping: Node.Mapping, at path: DocumentPath, _ mark: Position
  ) -> [DocumentTree.Entry]? {
    var entries: [DocumentTree.Entry] = []
    var firsts: [String: SourceLocation] = [:]
    for (keyNode, valueNode) in mapping {
      let place = location(keyNode, mark)
      guard case .scalar(let scalar) = keyNode else {
        reading.complain(
          at: place, "a key of \(path)", "is not text",
          do: "write a plain name before the colon")
        continue
      }
      let key = text.revealed(scalar.string)
      let value = convert(
        valueNode, at: path.appending(key),
        fallback: keyNode.mark.map(Position.init) ?? mark)
      guard let value else { return nil }
      if let first = firsts[key] {
        reading.complain(
          at: place, "\(path.appending(key))", "is given twice, first in line \(first.line)",
          do: "keep one of them")
        continue
      }
      firsts[key] = place
      entries.append(.init(key: key, keyLocation: place, value: value))
    }
    return entries
  }

  private func location(_ node: Node, _ fallback: Position) -> SourceLocation {
    let mark = node.mark.map(Position.init) ?? fallback
    return SourceLocation(source: source, line: mark.line, column: mark.column, rank: rank)
  }
}

/// A line and a column from 1, as Yams marks them.
struct Position {
  var line: Int
  var column: Int

  init(line: Int, column: Int) {
    self.line = line
    self.column = column
  }

  init(_ mark: Mark) { self.init(line: mark.line, column: mark.column) }

  /// The place of the character at `offset`.
  init(offset: Int, in text: String) {
    var line = 1
    var column = 1
    for character in text.prefix(offset) {
      if character.isNewline {
        line += 1
        column = 1
      } else {
        column += character.unicodeScalars.count
      }
    }
    self.init(line: line, column: column)
  }
}
