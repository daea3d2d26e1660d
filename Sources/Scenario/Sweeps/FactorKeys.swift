internal import Experiments

/// One element of `factors:`.
enum FactorKeys {
  static let path = Key(
    "path", .text(limit: 1000), "Place in the scenario, as hosts.home.count.")
  static let values = Key(
    "values", Kind<[String]>.list(of: .anyValue, count: 1...10_000),
    optional: "from and to are given", "Values to take, of any kind.")
  static let from = Key(
    "from", .text(limit: 100), optional: "values are given",
    "Smallest value, with its unit.")
  static let to = Key(
    "to", .text(limit: 100), optional: "values are given", "Largest value, in the same unit.")
  static let scale = Key(
    "scale", Kind<SweepFactor.Scale>.choice, standard: "linear",
    "linear; log: equal ratios; integer: whole numbers, ends included.")
  static let step = Key(
    "step", .text(limit: 100), optional: "values are rounded to six significant digits",
    "Values are from plus a multiple of this, in the same unit.")
  static let levels = Key(
    "levels", .integer(in: 2...10_000), optional: "that of the grid",
    "Values that a grid takes of the range, both ends included.")

  static let shape = SectionShape<Located<SweepFactor>>(
    declaration: SectionDeclaration(
      name: "factor", doc: "What a sweep varies, by values or by a range.",
      keys: [
        path.declaration, values.declaration, from.declaration, to.declaration,
        scale.declaration, step.declaration, levels.declaration,
      ])
  ) { section in
    let path = section.required(path)
    let values = section.optional(values)
    let from = section.optional(from)
    let to = section.optional(to)
    let scale = section.standard(scale)
    let step = section.optional(step)
    let levels = section.optional(levels)
    guard let path, DocumentPath(parsing: path) != nil else {
      if path != nil {
        section.complain("path", "is not a path", do: "write it as in hosts.home.count")
      }
      return nil
    }
    let factor: SweepFactor.Values?
    if section.has("values") {
      for key in ["from", "to", "scale", "step", "levels"] where section.has(key) {
        section.complain(key, "is given beside values", do: "keep values, or from and to")
      }
      factor = values.flatMap { listed($0, section) }
    } else {
      factor = range(from, to, scale, step, section)
    }
    return factor.map {
      Located(
        value: SweepFactor(path: path, values: $0, levels: levels), location: section.tree.location)
    }
  }

  private static func listed(_ values: [String], _ section: Section) -> SweepFactor.Values? {
    for (index, value) in values.enumerated() where values[..<index].contains(value) {
      section.complain(
        "values", "holds \(value.quotedForMessage) twice", do: "give each value once")
      return nil
    }
    return .listed(values)
  }

  private static func range(
    _ from: String?, _ to: String?, _ scale: SweepFactor.Scale, _ step: String?, _ section: Section
  ) -> SweepFactor.Values? {
    guard section.has("from"), section.has("to") else {
      let has = section.has("from") ? "from alone" : section.has("to") ? "to alone" : "no values"
      section.reading.complain(
        at: section.tree.location, "\(section.path)", "has \(has)",
        do: "give values, or both from and to")
      return nil
    }
    guard let from, let to, let low = number(from, "from", section),
      let high = number(to, "to", section)
    else { return nil }
    let unit = unitText(from)
    guard unitText(to) == unit else {
      section.complain(
        "to", "is \(to), in another unit than from, \(from)", do: "write both in one unit")
      return nil
    }
    guard low < high else {
      section.complain(
        "to", "is \(to), which leaves nothing above from, \(from)",
        do: "write the smaller value as from")
      return nil
    }
    var width: Double?
    if let step {
      guard let value = number(step, "step", section) else { return nil }
      guard value > 0, value <= high - low, unitText(step) == unit else {
        section.complain(
          "step", "is \(step), which is no step from \(from) to \(to)",
          do: "write a positive number in the same unit, at most the whole range")
        return nil
      }
      width = value
    }
    switch scale {
    case .linear: break
    case .log:
      guard low > 0 else {
        section.complain(
          "from", "is \(from), which has no logarithm", do: "start above 0, or write scale: linear")
        return nil
      }
    case .integer:
      guard low == low.rounded(), high == high.rounded(), width == nil, high - low < 1e15 else {
        section.complain(
          "scale", "is integer, but from, to or step is not for whole numbers",
          do: "write whole numbers and no step, or scale: linear with a step")
        return nil
      }
    }
    return .range(from: low, to: high, scale: scale, step: width, unit: unit)
  }

  private static func number(_ text: String, _ key: String, _ section: Section) -> Double? {
    if let number = SweepFactor.number(of: text), number.isFinite { return number }
    section.complain(
      key, "is \(text.quotedForMessage), which does not start with a number",
      do: "write a number with its unit, as in 5/s")
    return nil
  }

  /// What follows the number, a space before it included, so that values are written alike.
  private static func unitText(_ text: String) -> String {
    let unit = SweepFactor.unit(of: text)
    return unit.isEmpty || unit.hasPrefix("/") || unit == "%" ? unit : " " + unit
  }
}

/// A value and where it was written.
struct Located<Value: Sendable>: Sendable {
  var value: Value
  var location: SourceLocation
}
