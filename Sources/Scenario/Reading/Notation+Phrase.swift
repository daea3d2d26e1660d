extension Notation {
  /// What to give, for the end of a sentence: `a whole number, 1 to 10`.
  var phrase: String {
    switch self {
    case .text: "a text"
    case .name: "a name of letters, digits, - and _"
    case .path: "the path of a file"
    case .flag: "true or false"
    case .integer(let lower, let upper): "a whole number, \(lower.grouped) to \(upper.grouped)"
    case .number(let bounds): "a number, \(bounds)"
    case .fraction(let bounds): "a share, \(bounds), or its percentage"
    case .quantity(let units, let range, let example):
      "a number with \(units.count == 1 ? "the unit" : "one of the units") "
        + "\(units.joined(separator: ", ")), as in \(example) (\(range))"
    case .word(let words): words.count == 1 ? words[0] : words.joined(separator: " or ")
    case .known(let list): "a \(list.what)"
    case .servedModel: "a model and its precision, as in llama3-8b@q4_k_m"
    case .shares(let what): "a \(what), a list of them, or a map from \(what)s to weights"
    case .probabilities(let what): "a map from \(what) to shares of 0 to 1"
    case .pathValues: "a map from paths of the scenario to values"
    case .anyValue: "a value of the scenario"
    case .list(let element, _): "a list of \(element.phrase)"
    case .section(let declaration):
      "a map of \(Nearest.list(declaration.keys.map(\.name)))"
    case .either(let notations): notations.map(\.phrase).joined(separator: ", or ")
    }
  }
}
