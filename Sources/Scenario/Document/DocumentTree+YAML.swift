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
        var converter = NodeConverter(text: text, source: source, rank: rank, reading: reading)
        return converter.convert(node)
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
