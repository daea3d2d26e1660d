internal import Quantities

extension Kind where Value == SimDuration {
  /// `90 s`, `2min`, `1.5h`; whole nanoseconds.
  static func duration(
    from lower: SimDuration, to upper: SimDuration, example: String = "20h"
  ) -> Kind {
    let range = "\(lower.written) to \(upper.written)"
    let notation = Notation.quantity(
      units: Unit.duration.map(\.name), range: range, example: example)
    return scalar(notation) { text, tree, path, reading in
      guard
        let quantity = Quantity(
          text, units: Unit.duration, example: example, at: tree.location, path, reading)
      else { return nil }
      guard (lower.seconds * 1e9 * 0.999...upper.seconds * 1e9 * 1.001).contains(quantity.double),
        let ticks = quantity.number.integer(times: quantity.unit.scale)
      else {
        let isInside = (Double(lower.nanoseconds)...Double(upper.nanoseconds))
          .contains(quantity.double)
        reading.complain(
          at: tree.location, "\(path)",
          "is \(text), which is \(isInside ? "no whole number of nanoseconds" : "out of range")",
          do: isInside ? "use fewer decimals" : "write a value from \(range)")
        return nil
      }
      let value = SimDuration(nanoseconds: Int64(ticks))
      if value >= lower, value <= upper { return value }
      reading.complain(
        at: tree.location, "\(path)", "is \(text), which is out of range",
        do: "write a value from \(range)")
      return nil
    }
  }
}

extension SimDuration {
  /// In the largest unit that gives a whole number.
  var written: String {
    let ticks = UInt128(nanoseconds.magnitude)
    let unit = Unit.duration.last { $0.name != "w" && ticks % $0.scale == 0 } ?? Unit.duration[0]
    return ticks == 0 ? "0 s" : "\(Int(ticks / unit.scale).grouped) \(unit.name)"
  }
}

extension Kind where Value == Double {
  /// Events per second, written per second, minute, hour or day.
  static func rate(in bounds: Bounds) -> Kind {
    quantity(Unit.rate, in: bounds, boundsUnit: "/s", example: "5/s") {
      $0.number.double / Double($0.unit.scale)
    }
  }

  /// An amount with one unit, as `3000 USD`.
  static func amount(_ unit: String, in bounds: Bounds, example: String) -> Kind {
    quantity(Unit.only(unit), in: bounds, boundsUnit: unit, example: example) { $0.number.double }
  }

  fileprivate static func quantity(
    _ units: [Unit], in bounds: Bounds, boundsUnit: String, example: String,
    value: @escaping @Sendable (Quantity) -> Double
  ) -> Kind {
    let range = bounds.described(unit: boundsUnit)
    let notation = Notation.quantity(units: units.map(\.name), range: range, example: example)
    return scalar(notation) { text, tree, path, reading in
      guard
        let quantity = Quantity(
          text, units: units, example: example, at: tree.location, path, reading)
      else { return nil }
      let result = value(quantity)
      if bounds.contains(result) { return result }
      reading.complain(
        at: tree.location, "\(path)", "is \(text), which is out of range",
        do: bounds.instruction(unit: boundsUnit))
      return nil
    }
  }
}

/// A number and which of its units it was written with.
struct WrittenAmount: Sendable, Equatable {
  var number: Double
  var unit: String
}

extension Kind where Value == WrittenAmount {
  /// An amount in one of several tokens, as `1000 USDC` or `0.5 ETH`.
  static func amount(inOneOf units: [String], in bounds: Bounds, example: String) -> Kind {
    let known = units.map { Unit(name: $0, scale: 1) }
    let number = Kind<Double>.quantity(known, in: bounds, boundsUnit: "", example: example) {
      $0.number.double
    }
    return Kind(notation: number.notation) { tree, path, reading in
      guard let amount = number.read(tree, path, reading) else { return nil }
      let unit = units.first { tree.text?.hasSuffix($0) == true } ?? units[0]
      return WrittenAmount(number: amount, unit: unit)
    }
  }
}

extension Kind where Value == Int {
  /// A whole amount of the smallest of `units`.
  static func wholeAmount(_ units: [Unit], in range: ClosedRange<Int>, example: String) -> Kind {
    let smallest = units[0].name
    let limits = "\(range.lowerBound.grouped) to \(range.upperBound.grouped) \(smallest)"
    let notation = Notation.quantity(units: units.map(\.name), range: limits, example: example)
    return scalar(notation) { text, tree, path, reading in
      guard
        let quantity = Quantity(
          text, units: units, example: example, at: tree.location, path, reading)
      else { return nil }
      guard let amount = quantity.number.integer(times: quantity.unit.scale) else {
        reading.complain(
          at: tree.location, "\(path)",
          "is \(text), which is no whole number of \(smallest) or out of range",
          do: "write a whole number from \(limits)")
        return nil
      }
      if range.contains(amount) { return amount }
      reading.complain(
        at: tree.location, "\(path)", "is \(text), which is out of range",
        do: "write a value from \(limits)")
      return nil
    }
  }
}

extension Kind where Value == Wei {
  /// A price of gas, `0.5 gwei`; exact to the wei, at most a million gwei.
  static var gasPrice: Kind {
    Kind<Int>.wholeAmount(Unit.gasPrice, in: 0...1_000_000_000_000_000, example: "0.5 gwei")
      .map { Wei(UInt128($0)) }
  }
}

extension Kind where Value == Gas {
  static func gas(in range: ClosedRange<Int>) -> Kind {
    Kind<Int>.wholeAmount(Unit.gas, in: range, example: "150 Mgas").map { Gas(UInt64($0)) }
  }
}
