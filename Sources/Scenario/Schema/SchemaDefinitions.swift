/// Collects the schemas of sections while the values that refer to them are described.
struct SchemaDefinitions {
  private(set) var sections: [JSONValue.Member] = []

  /// The members of a section's schema.
  ///
  /// - Parameter isWhole: False for a section whose missing keys another file may supply: maps
  ///   merge under `extends`, elements of lists do not.
  mutating func body(of section: SectionDeclaration, isWhole: Bool) -> [JSONValue.Member] {
    var properties: [JSONValue.Member] = []
    for key in section.keys {
      var members = schema(of: key.notation, isWhole: isWhole)
      // `~` takes back what an extended file says, where maps merge.
      if !isWhole || section.name == "scenario", !section.requiredKeys.contains(key.name) {
        members = [("anyOf", .list([.object(members), .object([("type", .text("null"))])]))]
      }
      members.append(("description", .text(key.doc)))
      if case .standard(let text) = key.presence {
        members.append(("default", Self.standard(text, key.notation)))
      }
      properties.append((key.name, .object(members)))
    }
    var members: [JSONValue.Member] = [
      ("description", .text(section.doc)), ("type", .text("object")),
      ("properties", .object(properties)), ("additionalProperties", .flag(false)),
    ]
    if isWhole, !section.requiredKeys.isEmpty {
      members.append(("required", .texts(section.requiredKeys)))
    }
    return members
  }

  private mutating func reference(to section: SectionDeclaration, isWhole: Bool) -> JSONValue {
    if !sections.contains(where: { $0.key == section.name }) {
      // Holds the place, so that definitions stand in the order of their first use.
      let index = sections.count
      sections.append((section.name, .flag(true)))
      sections[index].value = .object(body(of: section, isWhole: isWhole))
    }
    return .text("#/$defs/\(section.name.split(separator: " ").joined(separator: "%20"))")
  }

  private mutating func schema(of notation: Notation, isWhole: Bool) -> [JSONValue.Member] {
    switch notation {
    case .text: return [("type", .texts(["string", "number"]))]
    case .name:
      return [
        ("type", .texts(["string", "integer"])), ("pattern", .text("^[A-Za-z0-9_-]{1,100}$")),
      ]
    case .path: return [("type", .text("string")), ("minLength", .number("1"))]
    case .flag: return [("type", .text("boolean"))]
    case .integer(let lower, let upper):
      return [
        ("type", .texts(["integer", "string"])), ("minimum", .number("\(lower)")),
        ("maximum", .number("\(upper)")), ("pattern", .text("^\(Self.numberPattern)$")),
      ]
    case .number(let bounds):
      return Self.number(bounds, suffix: "")
    case .fraction(let bounds):
      return Self.number(bounds, suffix: " *%?")
    case .quantity(let units, _, let example):
      return [
        ("type", .text("string")),
        ("pattern", .text("^\(Self.numberPattern) *(\(units.joined(separator: "|")))$")),
        ("examples", .texts([example])),
      ]
    case .word(let words): return [("enum", .texts(words))]
    case .known(let list): return [("enum", .texts(list.names))]
    case .servedModel:
      return [
        ("type", .text("string")),
        ("pattern", .text("^[^@]+@(\(CatalogueList.precision.names.joined(separator: "|")))$")),
        ("examples", .texts(["llama3-8b@q4_k_m"])),
      ]
    case .shares:
      let weight = JSONValue.object(Self.number(.above(0, to: 1e9), suffix: " *%?"))
      return [
        ("type", .texts(["string", "array", "object"])), ("minItems", .number("1")),
        ("items", .object([("type", .text("string"))])), ("minProperties", .number("1")),
        ("additionalProperties", weight),
      ]
    case .probabilities:
      return [
        ("type", .text("object")), ("minProperties", .number("1")),
        (
          "additionalProperties",
          .object(Self.number(.from(0, to: 1), suffix: " *%?"))
        ),
      ]
    case .pathValues: return [("type", .text("object"))]
    case .anyValue:
      return [("type", .texts(["string", "number", "boolean", "array", "object"]))]
    case .list(let element, let range):
      return [
        ("type", .text("array")), ("minItems", .number("\(range.lowerBound)")),
        ("maxItems", .number("\(range.upperBound)")),
        ("items", .object(schema(of: element, isWhole: true))),
      ]
    case .section(let declaration):
      return [("$ref", reference(to: declaration, isWhole: isWhole))]
    case .either(let notations):
      var choices: [JSONValue] = []
      for choice in notations { choices.append(.object(schema(of: choice, isWhole: isWhole))) }
      return [("anyOf", .list(choices))]
    }
  }

  /// As `DecimalNumber` reads it.
  private static let numberPattern =
    "[-+]?[0-9](_?[0-9])*(\\.[0-9](_?[0-9])*)?([eE][-+]?[0-9]{1,3})?"

  private static func number(_ bounds: Bounds, suffix: String) -> [JSONValue.Member] {
    [
      ("type", .texts(["number", "string"])),
      (bounds.excludesLower ? "exclusiveMinimum" : "minimum", .number(bounds.lower.json)),
      ("maximum", .number(bounds.upper.json)),
      ("pattern", .text("^\(numberPattern)\(suffix)$")),
    ]
  }

  private static func standard(_ text: String, _ notation: Notation) -> JSONValue {
    switch notation {
    case .flag: .flag(text == "true")
    case .integer, .number: .number(text.filter { $0 != "_" })
    default: .text(text)
    }
  }
}

extension Double {
  fileprivate var json: String {
    self == rounded() && magnitude < 1e15 ? "\(Int(self))" : "\(self)"
  }
}
