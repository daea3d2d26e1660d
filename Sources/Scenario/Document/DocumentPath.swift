/// The way from the top of a document to one of its parts, as `renters[0].arrivals.trace`.
struct DocumentPath: Sendable, Equatable, CustomStringConvertible {
  enum Step: Sendable, Equatable {
    case key(String)
    case index(Int)
  }

  var steps: [Step] = []

  static let top = DocumentPath()

  func appending(_ key: String) -> Self { Self(steps: steps + [.key(key)]) }
  func appending(_ index: Int) -> Self { Self(steps: steps + [.index(index)]) }

  var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .key(let key):
        text += (text.isEmpty ? "" : ".") + (key.isPlainKey ? key : key.quotedForMessage)
      case .index(let index): text += "[\(index)]"
      }
    }
    return text.isEmpty ? "the scenario" : text
  }

  /// Reads a path as a person writes it; nil when it is malformed.
  ///
  /// A key that holds a dot is quoted: `renters.chat.models."qwen2.5-14b"`.
  init?(parsing text: some StringProtocol) {
    var rest = text[...]
    while !rest.isEmpty {
      if rest.first == "[" {
        guard let close = rest.firstIndex(of: "]"),
          let index = Int(rest[rest.index(after: rest.startIndex)..<close]), index >= 0
        else { return nil }
        steps.append(.index(index))
        rest = rest[rest.index(after: close)...]
        continue
      }
      if !steps.isEmpty {
        guard rest.first == "." else { return nil }
        rest.removeFirst()
      }
      let key: String
      if rest.first == "\"" {
        rest.removeFirst()
        guard let close = rest.firstIndex(of: "\"") else { return nil }
        key = String(rest[..<close])
        rest = rest[rest.index(after: close)...]
      } else {
        let end = rest.firstIndex { $0 == "." || $0 == "[" } ?? rest.endIndex
        key = String(rest[..<end])
        rest = rest[end...]
      }
      guard !key.isEmpty else { return nil }
      steps.append(.key(key))
    }
    if steps.isEmpty { return nil }
  }

  init(steps: [Step] = []) { self.steps = steps }
}

extension String {
  /// Short, and without signs that mean something in a path or break a line of output.
  fileprivate var isPlainKey: Bool {
    !isEmpty && utf8.count <= 60
      && unicodeScalars.allSatisfy {
        $0.value > 0x20 && $0.value != 0x7F && !".[=\"".unicodeScalars.contains($0)
      }
  }
}

extension DocumentTree {
  /// The part at `path`, if there is one.
  func part(at path: DocumentPath) -> DocumentTree? {
    let (part, isWhole) = nearestPart(to: path)
    return isWhole ? part : nil
  }

  /// Where the part at `path` stands, or the nearest part above it that exists.
  func location(of path: DocumentPath) -> SourceLocation { nearestPart(to: path).part.location }

  private func nearestPart(to path: DocumentPath) -> (part: DocumentTree, isWhole: Bool) {
    var tree = self
    for step in path.steps {
      switch (step, tree.content) {
      case (.key(let key), .map):
        guard let entry = tree.entry(key) else { return (tree, false) }
        tree = entry.value
      case (.index(let index), .list(let items)) where items.indices.contains(index):
        tree = items[index]
      default:
        return (tree, false)
      }
    }
    return (tree, true)
  }
}
