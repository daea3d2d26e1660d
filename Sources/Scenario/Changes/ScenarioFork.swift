/// A change at one moment of a run, given beside a scenario file.
public struct ScenarioFork: Sendable, Equatable {
  /// As `changes[].at` is written: `2h`.
  public var at: String
  /// `KEY=VALUE` each: a key that may change during a run, or one of a change's own, as
  /// `demand.factor=3`, `outage=sequencer` or `for=1h`.
  public var settings: [String]

  public init(at: String, settings: [String]) {
    self.at = at
    self.settings = settings
  }
}

extension DocumentTree {
  /// Adds the fork behind the changes that the scenario has.
  mutating func apply(_ fork: ScenarioFork, _ reading: Reading) {
    let place = SourceLocation(
      source: "--fork-at \(fork.at)", line: 0, column: 0, rank: reading.nextRank())
    var change = DocumentTree(
      content: .map([
        Entry(
          key: "at", keyLocation: place,
          value: DocumentTree(content: .scalar(fork.at), location: place))
      ]), location: place)
    var settings: [Entry] = []
    for text in fork.settings {
      let place = SourceLocation(
        source: "--set \(text)", line: 0, column: 0, rank: reading.nextRank())
      let own = ChangeKeys.shape.declaration.keys.map(\.name)
      guard let equals = Self.firstEqualsSign(in: text),
        let path = DocumentPath(parsing: text[..<equals]), case .key(let first)? = path.steps.first
      else {
        // Says how an override is written.
        change.apply(override: text, reading)
        continue
      }
      if own.contains(first) {
        change.apply(override: text, reading)
      } else if let value = Self.value(
        String(text[text.index(after: equals)...]), at: place, reading)
      {
        settings.append(Entry(key: String(text[..<equals]), keyLocation: place, value: value))
      }
    }
    if !settings.isEmpty {
      let map = DocumentTree(content: .map(settings), location: place)
      change.content = .map(
        (change.entries ?? []) + [Entry(key: "set", keyLocation: place, value: map)])
    }
    var entries = self.entries ?? []
    if let index = entries.firstIndex(where: { $0.key == "changes" }) {
      let list = (entries[index].value.items ?? []) + [change]
      entries[index].value.content = .list(list)
    } else {
      let list = DocumentTree(content: .list([change]), location: place)
      entries.append(Entry(key: "changes", keyLocation: place, value: list))
    }
    content = .map(entries)
  }
}
