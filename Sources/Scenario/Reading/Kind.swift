/// A kind of value: how it is written, and how it is read from a part of a document.
struct Kind<Value: Sendable>: Sendable {
  var notation: Notation
  /// Returns nil after complaining to the reading.
  var read: @Sendable (DocumentTree, DocumentPath, Reading) -> Value?

  /// The same notation for a value made from this one.
  func map<Other: Sendable>(_ transform: @escaping @Sendable (Value) -> Other) -> Kind<Other> {
    let read = read
    return Kind<Other>(notation: notation) { tree, path, reading in
      read(tree, path, reading).map(transform)
    }
  }
}

/// A key of a section with the kind of its value.
struct Key<Value: Sendable>: Sendable {
  var declaration: KeyDeclaration
  var kind: Kind<Value>

  /// A key that must be given.
  init(_ name: String, _ kind: Kind<Value>, _ doc: String) {
    self.init(name, kind, .required, doc)
  }

  /// A key that may be left out; `meaning` says what that means.
  init(_ name: String, _ kind: Kind<Value>, optional meaning: String, _ doc: String) {
    self.init(name, kind, .optional(meaning), doc)
  }

  /// A key that stands at `standard` when it is left out.
  init(_ name: String, _ kind: Kind<Value>, standard: String, _ doc: String) {
    self.init(name, kind, .standard(standard), doc)
  }

  private init(
    _ name: String, _ kind: Kind<Value>, _ presence: KeyDeclaration.Presence, _ doc: String
  ) {
    declaration = KeyDeclaration(name: name, notation: kind.notation, presence: presence, doc: doc)
    self.kind = kind
  }
}

/// A section's declaration and what is made of its values.
struct SectionShape<Value: Sendable>: Sendable {
  var declaration: SectionDeclaration
  /// Reads every key before it gives up, so that all problems are found in one pass.
  var make: @Sendable (Section) -> Value?

  func read(_ tree: DocumentTree, at path: DocumentPath = .top, _ reading: Reading) -> Value? {
    Section(tree, declaration, path, reading).flatMap(make)
  }

  var kind: Kind<Value> {
    Kind(notation: .section(declaration)) { tree, path, reading in read(tree, at: path, reading) }
  }
}
