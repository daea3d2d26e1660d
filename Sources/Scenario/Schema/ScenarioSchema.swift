/// Says what a scenario file may hold, from the declarations that the reader uses.
public enum ScenarioSchema {
  /// A JSON Schema, draft 2020-12, for completion and checks in editors.
  ///
  /// It accepts every file that the reader accepts, and refuses unknown keys and most wrong
  /// values; what needs several keys or other files is left to the reader.
  public static func json() -> String {
    let top = ScenarioKeys.shape.declaration
    var definitions = SchemaDefinitions()
    let body = definitions.body(of: top, isWhole: false)
    let members: [JSONValue.Member] =
      [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
        ("title", .text("marketsim scenario")),
      ] + body + requirements(of: top) + [("$defs", .object(definitions.sections))]
    return JSONValue.object(members).rendered() + "\n"
  }

  /// A file that extends another may leave to it what it must otherwise give.
  private static func requirements(of top: SectionDeclaration) -> [JSONValue.Member] {
    [
      ("required", .texts([ScenarioKeys.marketsim.declaration.name])),
      ("if", .object([("required", .texts([ScenarioKeys.extends.declaration.name]))])),
      ("then", .flag(true)),
      ("else", .object([("required", .texts(top.requiredKeys))])),
    ]
  }

  /// The same for sweep files.
  public static func sweepJSON() -> String {
    let top = SweepKeys.shape.declaration
    var definitions = SchemaDefinitions()
    let body = definitions.body(of: top, isWhole: true)
    let members: [JSONValue.Member] =
      [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
        ("title", .text("marketsim sweep")),
      ] + body + [("$defs", .object(definitions.sections))]
    return JSONValue.object(members).rendered() + "\n"
  }

  /// The key reference in Markdown: a table for each section.
  public static func keyReference() -> String { reference(of: ScenarioKeys.shape.declaration) }

  /// The same for sweep files.
  public static func sweepKeyReference() -> String { reference(of: SweepKeys.shape.declaration) }

  private static func reference(of top: SectionDeclaration) -> String {
    var sections: [SectionDeclaration] = []
    top.collect(into: &sections)
    return sections.map(\.reference).joined(separator: "\n")
  }
}

extension SectionDeclaration {
  var requiredKeys: [String] {
    keys.compactMap { if case .required = $0.presence { $0.name } else { nil } }
  }

  /// This section and those below it, each once, from the top.
  func collect(into sections: inout [SectionDeclaration]) {
    if sections.contains(where: { $0.name == name }) { return }
    sections.append(self)
    for key in keys {
      for section in key.notation.sections { section.collect(into: &sections) }
    }
  }

  fileprivate var reference: String {
    var lines = ["### \(name)", "", doc]
    if !keys.isEmpty {
      lines += ["", "| key | value | without it | meaning |", "|---|---|---|---|"]
    }
    for key in keys {
      let absence =
        switch key.presence {
        case .required: "required"
        case .optional(let meaning): meaning
        case .standard(let text): "`\(text)`"
        }
      lines.append("| `\(key.name)` | \(key.notation.reference) | \(absence) | \(key.doc) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Notation {
  /// The sections that a value may be or hold.
  var sections: [SectionDeclaration] {
    switch self {
    case .section(let declaration): [declaration]
    case .either(let notations): notations.flatMap(\.sections)
    case .list(let element, _): element.sections
    default: []
    }
  }

  /// As `phrase`, with sections by name.
  fileprivate var reference: String {
    switch self {
    case .section(let declaration):
      "[\(declaration.name)](#\(declaration.name.asAnchor))"
    case .list(let element, let range) where range.lowerBound == range.upperBound:
      "\(range.lowerBound) values, each \(element.reference)"
    case .list(let element, _): "list of \(element.reference)"
    case .either(let notations): notations.map(\.reference).joined(separator: "; or ")
    case .word(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    default: phrase
    }
  }
}

extension String {
  /// As headings are turned into anchors.
  fileprivate var asAnchor: String {
    split(separator: " ").joined(separator: "-").lowercased()
  }
}
