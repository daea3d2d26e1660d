/// A map of a document, read key by key against its declaration.
struct Section {
  let tree: DocumentTree
  let path: DocumentPath
  let reading: Reading
  private let declaration: SectionDeclaration

  /// Complains about every key that the declaration lacks; nil when `tree` is no map.
  init?(
    _ tree: DocumentTree, _ declaration: SectionDeclaration, _ path: DocumentPath,
    _ reading: Reading
  ) {
    guard let entries = tree.entries else {
      let names = declaration.keys.map(\.name)
      reading.complain(
        at: tree.location, "\(path)", "is \(tree.kindName), not a map of keys",
        do: "give it keys of \(Nearest.list(names))")
      return nil
    }
    self.tree = tree
    self.path = path
    self.reading = reading
    self.declaration = declaration
    for entry in entries { judge(entry) }
  }

  private func judge(_ entry: DocumentTree.Entry) {
    let names = declaration.keys.map(\.name)
    if names.contains(entry.key) { return }
    let key = "\(path.appending(entry.key))"
    if let place = declaration.misplaced[entry.key] {
      reading.complain(
        at: entry.keyLocation, key, "is a key of another place", do: "write \(place)")
    } else {
      reading.complain(
        at: entry.keyLocation, key, "is not a known key",
        do: Nearest.advice(for: entry.key, among: names, what: "one of the keys here"))
    }
  }

  func has(_ name: String) -> Bool { tree.entry(name) != nil }

  /// Where the key's value stands, or the section when it is not given.
  func location(of name: String) -> SourceLocation {
    tree.entry(name)?.value.location ?? tree.location
  }

  func complain(_ name: String, _ whatHappened: String, do whatToDo: String) {
    reading.complain(
      at: location(of: name), "\(path.appending(name))", whatHappened, do: whatToDo)
  }

  /// The value of a key that must be given; nil after a complaint.
  func required<Value>(_ key: Key<Value>) -> Value? {
    guard has(key.declaration.name) else {
      reading.complain(
        at: tree.location, "\(path.appending(key.declaration.name))", "is missing",
        do: "give \(key.declaration.notation.phrase)")
      return nil
    }
    return optional(key)
  }

  /// The value of a key that may be left out; nil when it is, or after a complaint.
  func optional<Value>(_ key: Key<Value>) -> Value? {
    precondition(
      declaration.keys.contains { $0.name == key.declaration.name },
      "\(declaration.name) does not declare \(key.declaration.name)")
    guard let value = tree.entry(key.declaration.name)?.value else { return nil }
    return key.kind.read(value, path.appending(key.declaration.name), reading)
  }

  /// The value of a key with a standard value, which also stands in after a complaint.
  func standard<Value>(_ key: Key<Value>) -> Value {
    if let value = optional(key) { return value }
    guard case .standard(let text) = key.declaration.presence,
      let value = key.kind.read(
        DocumentTree(content: .scalar(text), location: tree.location),
        path.appending(key.declaration.name), reading)
    else {
      preconditionFailure("the standard value of \(key.declaration.name) cannot be read")
    }
    return value
  }
}
