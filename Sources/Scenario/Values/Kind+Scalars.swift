extension Kind {
  /// A kind that reads text; refuses lists, maps and empty values before `parse` sees them.
  static func scalar(
    _ notation: Notation,
    _ parse: @escaping @Sendable (String, DocumentTree, DocumentPath, Reading) -> Value?
  ) -> Kind {
    Kind(notation: notation) { tree, path, reading in
      guard let text = tree.text, !text.isEmpty || tree.isQuoted else {
        let state = tree.text == nil ? "is \(tree.kindName)" : "has no value"
        reading.complain(at: tree.location, "\(path)", state, do: "give \(notation.phrase)")
        return nil
      }
      return parse(text, tree, path, reading)
    }
  }
}

extension Kind where Value == String {
  /// Any text.
  static func text(limit: Int) -> Kind {
    scalar(.text) { text, tree, path, reading in
      if text.utf8.count <= limit { return text }
      reading.complain(
        at: tree.location, "\(path)", "has \(text.utf8.count) bytes",
        do: "use at most \(limit)")
      return nil
    }
  }

  /// A path of a file; not empty.
  static var path: Kind {
    scalar(.path) { text, tree, path, reading in
      if !text.isEmpty { return text }
      reading.complain(at: tree.location, "\(path)", "is empty", do: "give the path of a file")
      return nil
    }
  }

  /// A name that can be part of a file's path and of a table's header.
  static var name: Kind {
    scalar(.name) { text, tree, path, reading in
      let isPlain = text.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
          true
        default: false
        }
      }
      if isPlain, (1...100).contains(text.utf8.count) { return text }
      reading.complain(
        at: tree.location, "\(path)", "is \(text.quotedForMessage), which is not a name",
        do: "use 1 to 100 letters, digits, - and _")
      return nil
    }
  }
}

extension Kind where Value == Bool {
  static var flag: Kind {
    scalar(.flag) { text, tree, path, reading in
      switch text {
      case "true": return true
      case "false": return false
      default:
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage)", do: "write true or false")
        return nil
      }
    }
  }
}

extension Kind {
  /// One of a few words, each standing for a value.
  ///
  /// - Parameters:
  ///   - misplaced: Words of other keys, with how those are written.
  ///   - wanting: Words that do not say enough alone, with how they are written.
  static func word(
    _ values: [(word: String, value: Value)], misplaced: [String: String] = [:],
    wanting: [String: String] = [:]
  ) -> Kind {
    let words = values.map(\.word)
    return scalar(.word(words)) { text, tree, path, reading in
      if let match = values.first(where: { $0.word == text }) { return match.value }
      if let place = misplaced[text] {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage), which belongs to another key",
          do: "write \(place)")
      } else if let whole = wanting[text] {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage), which needs keys",
          do: "write \(whole)")
      } else {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage)",
          do: Nearest.advice(for: text, among: words, what: "one of"))
      }
      return nil
    }
  }
}

extension Kind where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of an enumeration's cases, by raw value.
  static var choice: Kind { word(Value.allCases.map { ($0.rawValue, $0) }) }
}

extension Kind where Value: FixedWidthInteger & Sendable {
  /// A whole number ≥ 0 without a unit; underscores may group its digits.
  static func integer(in range: ClosedRange<Value>) -> Kind {
    let limits = "\(range.lowerBound.grouped) to \(range.upperBound.grouped)"
    let notation = Notation.integer(
      lower: UInt64(range.lowerBound), upper: UInt64(range.upperBound))
    return scalar(notation) { text, tree, path, reading in
      guard let (number, rest) = DecimalNumber.prefix(of: text[...]), rest.isEmpty,
        let magnitude = number.magnitude()
      else {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage), not a whole number",
          do: "write a whole number from \(limits)")
        return nil
      }
      let value = Value(exactly: magnitude)
      if let value, range.contains(value), !number.isNegative || value == 0 { return value }
      reading.complain(
        at: tree.location, "\(path)", "is \(text), which is out of range",
        do: "write a whole number from \(limits)")
      return nil
    }
  }
}

extension Kind where Value == Double {
  /// A plain number.
  static func number(in bounds: Bounds) -> Kind {
    scalar(.number(bounds)) { text, tree, path, reading in
      guard let (number, rest) = DecimalNumber.prefix(of: text[...]), rest.isEmpty else {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage), not a number",
          do: "write a number without a unit, \(bounds)")
        return nil
      }
      if bounds.contains(number.double) { return number.double }
      reading.complain(
        at: tree.location, "\(path)", "is \(text), which is out of range",
        do: bounds.instruction())
      return nil
    }
  }

  /// A share: `2.5%` or `0.025`.
  static func fraction(in bounds: Bounds) -> Kind {
    scalar(.fraction(bounds)) { text, tree, path, reading in
      let number = DecimalNumber.fraction(text)
      guard let number else {
        reading.complain(
          at: tree.location, "\(path)", "is \(text.quotedForMessage), not a share",
          do: "write a percentage as 2.5%, or a plain number as 0.025")
        return nil
      }
      if bounds.contains(number.double) { return number.double }
      let percent = Bounds(
        lower: bounds.lower * 100, upper: bounds.upper * 100, excludesLower: bounds.excludesLower)
      reading.complain(
        at: tree.location, "\(path)", "is \(text), which is out of range",
        do: "\(bounds.instruction()), or in percent \(percent)%")
      return nil
    }
  }
}

extension Kind where Value == Int {
  /// A share that is a whole number of basis points.
  static var basisPoints: Kind {
    let bounds = Bounds.from(0, to: 1)
    return scalar(.fraction(bounds)) { text, tree, path, reading in
      guard Kind<Double>.fraction(in: bounds).read(tree, path, reading) != nil else { return nil }
      if let points = DecimalNumber.fraction(text)?.integer(times: 10_000) { return points }
      reading.complain(
        at: tree.location, "\(path)",
        "is \(text), not a whole number of basis points",
        do: "write a multiple of 0.01%")
      return nil
    }
  }
}

extension DecimalNumber {
  /// A share as written, in hundredths when it says so.
  static func fraction(_ text: String) -> DecimalNumber? {
    guard var (number, rest) = prefix(of: text[...]) else { return nil }
    let unit = rest.drop { $0 == " " }
    if unit == "%" {
      number.shiftPoint(by: -2)
      rest = ""
    }
    return rest.isEmpty ? number : nil
  }
}
