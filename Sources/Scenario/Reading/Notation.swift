/// How a value is written: what the JSON Schema and the key reference say about it.
indirect enum Notation: Sendable {
  case text
  /// Letters, digits, `-` and `_`.
  case name
  case path
  case flag
  case integer(lower: UInt64, upper: UInt64)
  case number(Bounds)
  /// A plain number or a percentage.
  case fraction(Bounds)
  /// A number with one of `units`.
  case quantity(units: [String], range: String, example: String)
  /// One of these words.
  case word([String])
  /// A name that the Inference catalogues know.
  case known(CatalogueList)
  /// `model@precision`.
  case servedModel
  /// A name, a list of names, or a map from names to weights.
  case shares(of: String)
  /// A map from names to shares of 0 … 1, each by itself.
  case probabilities(by: String)
  /// A map from paths in the scenario to values.
  case pathValues
  /// Whatever the scenario takes at that place.
  case anyValue
  case list(Notation, range: ClosedRange<Int>)
  case section(SectionDeclaration)
  case either([Notation])
}

/// What is said about one key, in one place: the reader, the schema and the reference use it.
struct KeyDeclaration: Sendable {
  enum Presence: Sendable {
    case required
    /// The meaning of leaving it out.
    case optional(String)
    /// What leaving it out means, as it would be written.
    case standard(String)
  }

  var name: String
  var notation: Notation
  var presence: Presence
  /// One sentence.
  var doc: String
}

/// A map with known keys.
struct SectionDeclaration: Sendable {
  /// One or two words, unique: names the section in the schema and the reference.
  var name: String
  var doc: String
  var keys: [KeyDeclaration]
  /// Keys that people look for here, with how they are written where they stand.
  var misplaced: [String: String] = [:]
}

extension SectionDeclaration {
  /// Whether the section declares the key at a path below it, whatever the elements of lists.
  func holds(_ steps: ArraySlice<DocumentPath.Step>) -> Bool {
    guard case .key(let name)? = steps.first else { return false }
    return keys.contains { $0.name == name && $0.notation.holds(steps.dropFirst()) }
  }
}

extension Notation {
  fileprivate func holds(_ steps: ArraySlice<DocumentPath.Step>) -> Bool {
    if steps.isEmpty { return true }
    switch self {
    case .list(let element, _): return element.holds(steps.dropFirst())
    case .section(let declaration): return declaration.holds(steps)
    case .either(let notations): return notations.contains { $0.holds(steps) }
    default: return false
    }
  }
}
