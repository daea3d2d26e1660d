internal import Market
internal import Quantities

/// `behaviour: {lazy: {probability: 10%}, milking: {from: 150}}`: the keys are those that the parts of
/// conduct declare.
enum ConductKeys {
  static let kind = Kind<HostConduct>.either(
    scalar: .word(words, misplaced: MisplacedKeys.behaviours, wanting: wantingKeys),
    section: shape.kind)

  /// Parts that their name alone does not say enough of, with how they begin.
  private static let wantingKeys: [String: String] = {
    let names = words.map(\.word)
    return Dictionary(
      uniqueKeysWithValues: HostConduct.parts.map(\.declaration).filter {
        !names.contains($0.name)
      }.map { part in
        let key = part.keys.first { if case .required = $0.presence { true } else { false } }
        return (part.name, "{\(part.name): {\(key.map { $0.name + ": …" } ?? "")}}")
      })
  }()

  /// A part that needs no keys can be named alone.
  private static let words: [(word: String, value: HostConduct)] =
    [("honest", .honest)]
    + zip(HostConduct.parts, parts).compactMap { part, key in
      guard part.declaration.isWord, part.declaration.name != "learning" else { return nil }
      let empty = DocumentTree(content: .map([]), location: SourceLocation(source: "standard"))
      guard let values = key.kind.read(empty, .top, Reading(files: { _, _ in .failure(.missing) }))
      else { return nil }
      var conduct = HostConduct()
      part.set(values, &conduct)
      return (part.declaration.name, conduct)
    }

  private static let honest = Key(
    "honest",
    SectionShape<Bool>(
      declaration: SectionDeclaration(
        name: "honest", doc: "Serves every job as promised.", keys: []),
      make: { _ in true }
    ).kind, optional: "what the other parts say", "Serves every job as promised.")

  private static let parts = HostConduct.parts.map { key(of: $0.declaration) }

  static let shape = SectionShape<HostConduct>(
    declaration: SectionDeclaration(
      name: "behaviour", doc: "Parts of a host's conduct, which compose.",
      keys: [honest.declaration] + parts.map(\.declaration), misplaced: MisplacedKeys.behaviours)
  ) { section in
    _ = section.optional(honest)
    var conduct = HostConduct()
    for (part, key) in zip(HostConduct.parts, parts) {
      if let values = section.optional(key) { part.set(values, &conduct) }
    }
    return conduct
  }

  private static func key(of part: ConductDeclaration) -> Key<ConductValues> {
    let keys = part.keys.map { ($0, Self.key(of: $0)) }
    let shape = SectionShape<ConductValues>(
      declaration: SectionDeclaration(
        name: part.sectionName, doc: part.doc, keys: keys.map(\.1.declaration))
    ) { section in
      var values = ConductValues()
      var isWhole = true
      for (declared, key) in keys {
        switch declared.presence {
        case .required:
          if let value = section.required(key) {
            values.set(declared, value)
          } else {
            isWhole = false
          }
        case .optional: if let value = section.optional(key) { values.set(declared, value) }
        case .standard: values.set(declared, section.standard(key))
        }
      }
      return isWhole ? values : nil
    }
    return Key(part.name, shape.kind, optional: part.absence, part.doc)
  }

  private static func key(of declared: ConductKey) -> Key<Double> {
    let kind = kind(of: declared.notation)
    return switch declared.presence {
    case .required: Key(declared.name, kind, declared.doc)
    case .optional(let meaning): Key(declared.name, kind, optional: meaning, declared.doc)
    case .standard(let text): Key(declared.name, kind, standard: text, declared.doc)
    }
  }

  private static func kind(of notation: ConductKey.Notation) -> Kind<Double> {
    switch notation {
    case .share: .fraction(in: .from(0, to: 1))
    case .number(let range): .number(in: .from(range.lowerBound, to: range.upperBound))
    case .count(let range): Kind<Int>.integer(in: range).map { Double($0) }
    case .rate(let limit): .rate(in: .above(0, to: limit))
    case .amount(let unit, let limit):
      .amount(unit, in: .above(0, to: limit), example: "0.05 \(unit)")
    case .span(let range):
      Kind<SimDuration>.duration(
        from: SimDuration(rounding: range.lowerBound), to: SimDuration(rounding: range.upperBound),
        example: "20h"
      ).map(\.seconds)
    case .word(let words):
      .word(words.enumerated().map { ($1, Double($0)) })
    }
  }
}

extension ConductDeclaration {
  /// `sybilRing` -> `sybil ring`; unique among the sections of a scenario.
  fileprivate var sectionName: String {
    name.reduce(into: "") { words, letter in
      words += letter.isUppercase ? " " + letter.lowercased() : String(letter)
    }
  }
}
