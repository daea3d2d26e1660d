extension DocumentTree {
  /// Sets what an override, `path=value`, names; complains to `reading` when it cannot.
  ///
  /// The value is text, or a list or map when it starts with a bracket. A key that the scenario
  /// does not have is added, so that the reader judges it like one in a file. Elements of a list
  /// are named by number or, where they have one, by name: `hosts.home.count=10`.
  mutating func apply(override text: String, _ reading: Reading) {
    let place = SourceLocation(
      source: "--set \(text)", line: 0, column: 0, rank: reading.nextRank())
    guard let equals = Self.firstEqualsSign(in: text),
      let path = DocumentPath(parsing: text[..<equals])
    else {
      reading.complain(
        at: place, "the override", "is not of the form path=value",
        do: "write it as in renters[0].arrivals.trace=requests.csv")
      return
    }
    let written = String(text[text.index(after: equals)...])
    apply(written, at: path, place: place, reading)
  }

  /// Sets the part at `path`, said to stand at `place`, to `written`, a value as in an override.
  mutating func apply(
    _ written: String, at path: DocumentPath, place: SourceLocation, _ reading: Reading
  ) {
    guard let value = Self.value(written, at: place, reading) else { return }
    set(value, at: path.steps[...], above: .top, place, reading)
  }

  /// Skips signs inside quoted keys.
  static func firstEqualsSign(in text: String) -> String.Index? {
    var isQuoted = false
    return text.indices.first { index in
      if text[index] == "\"" { isQuoted.toggle() }
      return text[index] == "=" && !isQuoted
    }
  }

  static func value(
    _ written: String, at place: SourceLocation, _ reading: Reading
  ) -> DocumentTree? {
    guard let first = written.first, "[{\"'".contains(first) else {
      return DocumentTree(content: .scalar(written), location: place)
    }
    let inner = Reading(files: reading.files)
    let parsed = parsing(written, source: place.source, rank: place.rank, inner)
    for error in inner.errors {
      reading.complain(at: place, error.key, error.whatHappened, do: error.whatToDo)
    }
    return inner.errors.isEmpty ? parsed?.placed(at: place) : nil
  }

  /// The same content, said to stand at one place.
  private func placed(at place: SourceLocation) -> DocumentTree {
    var copy = self
    copy.location = place
    switch content {
    case .scalar: break
    case .list(let items): copy.content = .list(items.map { $0.placed(at: place) })
    case .map(let entries):
      copy.content = .map(
        entries.map {
          Entry(key: $0.key, keyLocation: place, value: $0.value.placed(at: place))
        })
    }
    return copy
  }

  private mutating func set(
    _ value: DocumentTree, at steps: ArraySlice<DocumentPath.Step>, above: DocumentPath,
    _ place: SourceLocation, _ reading: Reading
  ) {
    guard let step = steps.first else {
      self = value
      return
    }
    switch step {
    case .key(let key) where items != nil:
      guard let index = index(named: key, above: above, place, reading) else { return }
      setItem(index, value, steps.dropFirst(), above, place, reading)
    case .key(let key):
      setEntry(key, value, steps.dropFirst(), above, place, reading)
    case .index(let index):
      guard let items, items.indices.contains(index) else {
        let has = items.map { "has \($0.count) elements, counted from 0" } ?? "is no list"
        reading.complain(
          at: place, "\(above)[\(index)]", "does not exist: \(above) \(has)",
          do: "name an element that the scenario has")
        return
      }
      setItem(index, value, steps.dropFirst(), above, place, reading)
    }
  }

  private func index(
    named name: String, above: DocumentPath, _ place: SourceLocation, _ reading: Reading
  ) -> Int? {
    let names = (items ?? []).map { $0.entry("name")?.value.text ?? "" }
    if let index = names.firstIndex(of: name) { return index }
    reading.complain(
      at: place, "\(above.appending(name))",
      "does not exist: no element of \(above) has this name",
      do: Nearest.advice(for: name, among: names.filter { !$0.isEmpty }, what: "one of"))
    return nil
  }

  private mutating func setItem(
    _ index: Int, _ value: DocumentTree, _ rest: ArraySlice<DocumentPath.Step>,
    _ above: DocumentPath, _ place: SourceLocation, _ reading: Reading
  ) {
    guard case .list(var items) = content else { return }
    items[index].set(value, at: rest, above: above.appending(index), place, reading)
    content = .list(items)
  }

  /// A scalar on the way, as `random` in `assignment.race.contenders=3`, gives way to a map.
  private mutating func setEntry(
    _ key: String, _ value: DocumentTree, _ rest: ArraySlice<DocumentPath.Step>,
    _ above: DocumentPath, _ place: SourceLocation, _ reading: Reading
  ) {
    var entries = self.entries ?? []
    if self.entries == nil { location = place }
    let index = entries.firstIndex { $0.key == key } ?? entries.count
    if index == entries.count {
      let empty = DocumentTree(content: .scalar(""), location: place)
      entries.append(Entry(key: key, keyLocation: place, value: empty))
    }
    entries[index].value.set(value, at: rest, above: above.appending(key), place, reading)
    content = .map(entries)
  }
}
