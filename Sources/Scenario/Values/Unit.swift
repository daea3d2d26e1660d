/// A unit and how many of the quantity's smallest unit it holds.
struct Unit: Sendable, Equatable {
  var name: String
  var scale: UInt128

  static let duration = [
    Unit(name: "ns", scale: 1), Unit(name: "us", scale: 1_000),
    Unit(name: "ms", scale: 1_000_000), Unit(name: "s", scale: 1_000_000_000),
    Unit(name: "min", scale: 60_000_000_000), Unit(name: "h", scale: 3_600_000_000_000),
    Unit(name: "d", scale: 86_400_000_000_000), Unit(name: "w", scale: 604_800_000_000_000),
  ]
  /// The scale divides: seconds in the unit's denominator.
  static let rate = [
    Unit(name: "/s", scale: 1), Unit(name: "/min", scale: 60), Unit(name: "/h", scale: 3_600),
    Unit(name: "/d", scale: 86_400),
  ]
  static let gasPrice = [Unit(name: "wei", scale: 1), Unit(name: "gwei", scale: 1_000_000_000)]
  static let gas = [Unit(name: "gas", scale: 1), Unit(name: "Mgas", scale: 1_000_000)]

  /// A quantity with one unit only.
  static func only(_ name: String) -> [Unit] { [Unit(name: name, scale: 1)] }
}

/// A number with its unit, as written.
struct Quantity {
  var number: DecimalNumber
  var unit: Unit

  /// Complains when `text` is not a number followed by one of `units`.
  init?(
    _ text: String, units: [Unit], example: String, at location: SourceLocation,
    _ path: DocumentPath, _ reading: Reading
  ) {
    let names = units.map(\.name)
    let listed = names.count == 1 ? names[0] : "one of \(names.joined(separator: ", "))"
    guard let (number, rest) = DecimalNumber.prefix(of: text[...]) else {
      reading.complain(
        at: location, "\(path)", "is \(text.quotedForMessage), which does not start with a number",
        do: "write a number with the unit \(listed), as in \(example)")
      return nil
    }
    let written = String(rest.drop { $0 == " " })
    if let unit = units.first(where: { $0.name == written }) {
      self.number = number
      self.unit = unit
      return
    }
    guard !written.isEmpty else {
      reading.complain(
        at: location, "\(path)", "is \(text.quotedForMessage), which has no unit",
        do: "add the unit \(listed), as in \(example)")
      return nil
    }
    let advice =
      Nearest.name(to: written, among: names)
      .map { "did you mean \"\($0)\"?" } ?? "write the unit \(listed), as in \(example)"
    reading.complain(
      at: location, "\(path)",
      "is \(text.quotedForMessage), whose unit \(written.quotedForMessage) is not known here",
      do: advice)
    return nil
  }

  /// The quantity in the smallest unit.
  var double: Double { number.double * Double(unit.scale) }
}
