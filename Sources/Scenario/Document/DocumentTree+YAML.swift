internal import Yams

extension DocumentTree {
  /// Deepest nesting that is read; a scenario needs about eight.
  static let depthLimit = 64
  /// Most parts that are read, counting what aliases repeat.
  static let partLimit = 200_000

  /// Parses one YAML document; every problem goes to `reading`, nil when nothing could be parsed.
  static func parsing(_ text: String, source: String, rank: Int, _ reading: Reading)
    -> DocumentTree?
  {
    var text = YAMLText(text)
    while true {
      do throws(any Error) {
        guard let node = try Yams.compose(yaml: text.padded, .default, .default, .utf8) else {
          return nil
        }
        var converter = NodeConverter(
          text: text, source: source, rank: rank, reading: reading, partCount: 0)
        return converter.convert(node, depth: 0, fallback: Position(line: 1, column: 1))
      } catch let YamlError.duplicatedKeysInMapping(_, context)
        where text.disguiseKey(line: context.mark.line, column: context.mark.column)
      {
        continue
      } catch {
        let (place, problem) = explain(error, in: text.string)
        let (line, column) = text.clamped(line: place.line, column: place.column)
        reading.complain(
          at: SourceLocation(source: source, line: line, column: column, rank: rank),
          "the text", "is not valid YAML: \(problem)", do: "mend the syntax here")
        return nil
      }
    }
  }

  private static func explain(_ error: any Error, in text: String) -> (Position, String) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let about = context.map { "\($0.text) from \($0.mark.line):\($0.mark.column), " } ?? ""
      return (Position(mark), about + problem)
    case .reader(let problem, let offset, _, _):
      return (Position(offset: offset ?? 0, in: text), problem)
    case .duplicatedKeysInMapping(let duplicates, let context):
      return (Position(context.mark), "a key is given twice: \(duplicates.joined(separator: ", "))")
    default:
      return (Position(line: 1, column: 1), "\(error)")
    }
  }
}

/// A line and a column from 1, as Yams marks them.
private struct Position {
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

/// Turns Yams' nodes into a tree and complains about what a scenario cannot contain.
private struct NodeConverter {
  let text: YAMLText
  let source: String
  let rank: Int
  let reading: Reading
  var partCount: Int

  mutating func convert(_ node: Node, depth: Int, fallback: Position) -> DocumentTree? {
    let place = location(node, fallback)
    partCount += 1
    guard partCount <= DocumentTree.partLimit, depth <= DocumentTree.depthLimit else {
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
      for child in sequence {
        guard let item = convert(child, depth: depth + 1, fallback: mark) else { return nil }
        items.append(item)
      }
      return DocumentTree(content: .list(items), location: place)
    case .mapping(let mapping):
      guard let entries = convert(mapping, depth: depth, mark) else { return nil }
      return DocumentTree(content: .map(entries), location: place)
    case .alias:
      preconditionFailure("the parser resolves aliases")
    }
  }

  private mutating func convert(
    _ mapping: Node.Mapping, depth: Int, _ mark: Position
  ) -> [DocumentTree.Entry]? {
    var entries: [DocumentTree.Entry] = []
    var firsts: [String: SourceLocation] = [:]
    for (keyNode, valueNode) in mapping {
      let place = location(keyNode, mark)
      guard case .scalar(let scalar) = keyNode else {
        reading.complain(
          at: place, "a key", "is not text",
          do: "write a plain name before the colon")
        continue
      }
      let key = text.revealed(scalar.string)
      let value = convert(
        valueNode, depth: depth + 1, fallback: keyNode.mark.map(Position.init) ?? mark)
      guard let value else { return nil }
      if let first = firsts[key] {
        reading.complain(
          at: place, key, "is given twice, first in line \(first.line)",
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
