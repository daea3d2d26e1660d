/// A document's content with the place of every part: what is left of YAML once it is parsed.
struct DocumentTree: Sendable {
  enum Content: Sendable {
    case scalar(String)
    case list([DocumentTree])
    /// In the order of the text; keys are unique.
    case map([Entry])
  }

  struct Entry: Sendable {
    var key: String
    var keyLocation: SourceLocation
    var value: DocumentTree
  }

  var content: Content
  var location: SourceLocation
  /// A scalar that was quoted, and so is text even when empty.
  var isQuoted = false

  /// What a person would call this kind of content.
  var kindName: String {
    switch content {
    case .scalar(let text) where text.isEmpty && !isQuoted: "empty"
    case .scalar(let text): text.quotedForMessage
    case .list: "a list"
    case .map: "a map"
    }
  }

  var entries: [Entry]? { if case .map(let entries) = content { entries } else { nil } }
  var items: [DocumentTree]? { if case .list(let items) = content { items } else { nil } }
  var text: String? { if case .scalar(let text) = content { text } else { nil } }

  func entry(_ key: String) -> Entry? { entries?.first { $0.key == key } }

  /// This document's parts laid over `base`: maps merge key by key, all else is replaced.
  func merged(over base: DocumentTree) -> DocumentTree {
    guard let own = entries, var entries = base.entries else { return self }
    for entry in own {
      if let index = entries.firstIndex(where: { $0.key == entry.key }) {
        if entry.value.text == "~" {
          entries.remove(at: index)
          continue
        }
        entries[index] = Entry(
          key: entry.key, keyLocation: entry.keyLocation,
          value: entry.value.merged(over: entries[index].value))
      } else {
        entries.append(entry)
      }
    }
    return DocumentTree(content: .map(entries), location: location)
  }
}

extension String {
  /// Whether a person meant a word: numbers and their units start otherwise.
  var startsAsWord: Bool { first?.isASCIILetter == true }

  /// In quotes, cut to a length that fits a line of output, control characters escaped.
  var quotedForMessage: String {
    let limit = 60
    let shown = count <= limit ? self : prefix(limit) + "…"
    return String(shown).debugDescription
  }
}
