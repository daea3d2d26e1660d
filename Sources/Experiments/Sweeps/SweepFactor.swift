/// One thing that a sweep varies: a place in the scenario and the values that it takes.
public struct SweepFactor: Sendable, Codable, Equatable {
  public enum Values: Sendable, Codable, Equatable {
    /// Texts as a scenario writes them, in the order given.
    case listed([String])
    /// Numbers with a unit, `unit` as written after the number.
    case range(from: Double, to: Double, scale: Scale, step: Double?, unit: String)
  }

  public enum Scale: String, Sendable, Codable, CaseIterable {
    case linear
    /// Equal ratios for equal distances.
    case log
    /// Whole numbers, ends included and all equally likely.
    case integer
  }

  /// As `--set` takes it: `renters.chat.arrivals.gamma.rate`.
  public let path: String
  public let values: Values
  /// Points of a grid along this factor, when the factor says.
  public let levels: Int?

  public init(path: String, values: Values, levels: Int? = nil) {
    self.path = path
    self.values = values
    self.levels = levels
  }

  /// The value at `place`, 0 … 1, as a scenario writes it.
  ///
  /// Numbers of a range without a step are rounded to six significant digits: a table that people
  /// read, and whole nanoseconds where times are meant.
  public func text(at place: Double) -> String {
    switch values {
    case .listed(let texts): return texts[Self.index(of: place, among: texts.count)]
    case .range(let from, let to, let scale, let step, let unit):
      return Self.written(Self.number(at: place, from, to, scale, step)) + unit
    }
  }

  /// The number at `place` in the factor's own unit; nil for values that are no numbers.
  public func number(at place: Double) -> Double? {
    switch values {
    case .listed(let texts): Self.number(of: texts[Self.index(of: place, among: texts.count)])
    case .range(let from, let to, let scale, let step, _):
      Self.number(at: place, from, to, scale, step)
    }
  }

  /// Where in the factor's whole range the value at `place` really lies, 0 … 1: values are listed or
  /// rounded, and no level need hit its place. Listed words, and values in several units, lie evenly in
  /// the order given.
  func realised(at place: Double) -> Double {
    switch values {
    case .listed(let texts):
      let index = Self.index(of: place, among: texts.count)
      let numbers = texts.compactMap(Self.number(of:))
      let units = Set(texts.map(Self.unit(of:)))
      guard numbers.count == texts.count, units.count == 1, let low = numbers.min(),
        let high = numbers.max(), high > low
      else { return texts.count > 1 ? Double(index) / Double(texts.count - 1) : 0 }
      return (numbers[index] - low) / (high - low)
    case .range(let from, let to, let scale, let step, _):
      let number = Self.number(at: place, from, to, scale, step)
      guard to != from else { return 0 }
      return scale == .log
        ? Logarithm.decimal(number / from) / Logarithm.decimal(to / from)
        : (number - from) / (to - from)
    }
  }

  /// The number that a value starts with; nil when it starts with none.
  public static func number(of text: String) -> Double? {
    Double(text.prefix(numberLength(of: text)).filter { $0 != "_" })
  }

  /// What follows the number; the whole text when there is none.
  public static func unit(of text: String) -> String {
    String(text.dropFirst(numberLength(of: text)).drop { $0 == " " })
  }

  /// Characters of the longest prefix that is a number; an exponent's letter may start a unit.
  private static func numberLength(of text: String) -> Int {
    let plain = text.prefix { $0.isASCII && ($0.isNumber || "+-._eE".contains($0)) }
    for length in stride(from: plain.count, to: 0, by: -1) {
      let part = plain.prefix(length)
      guard part.last?.isNumber == true else { continue }
      if Double(part.filter { $0 != "_" }) != nil { return length }
    }
    return 0
  }

  /// Where each of the levels of a grid lies.
  public func place(ofLevel level: Int, among count: Int) -> Double {
    if case .listed = values { return (Double(level) + 0.5) / Double(count) }
    return count == 1 ? 0 : Double(level) / Double(count - 1)
  }

  /// Levels of a grid that leaves the number open: every listed value, `standard` of a range.
  public func gridLevels(standard: Int) -> Int {
    switch values {
    case .listed(let texts): texts.count
    case .range(let from, let to, .integer, _, _):
      Swift.min(levels ?? standard, Int(to - from) + 1)
    case .range: levels ?? standard
    }
  }

  private static func index(of place: Double, among count: Int) -> Int {
    Swift.min(Int(place * Double(count)), count - 1)
  }

  private static func number(
    at place: Double, _ from: Double, _ to: Double, _ scale: Scale, _ step: Double?
  ) -> Double {
    if scale == .integer {
      // Both ends exactly, and in between boxes of equal width.
      return from + Swift.min((place * (to - from + 1)).rounded(.down), to - from)
    }
    let exact =
      scale == .log
      ? from * Logarithm.power(to / from, place) : from + place * (to - from)
    if let step {
      return Swift.min(sixDigits(from + ((exact - from) / step).rounded() * step), to)
    }
    return sixDigits(exact)
  }

  private static func sixDigits(_ number: Double) -> Double {
    guard number != 0, number.isFinite else { return number }
    let exponent = 5 - Int(Logarithm.decimal(number.magnitude).rounded(.down))
    let power = Logarithm.powerOfTen(exponent.magnitude)
    return exponent >= 0
      ? (number * power).rounded() / power : (number / power).rounded() * power
  }

  private static func written(_ number: Double) -> String {
    if number == number.rounded(), number.magnitude < 1e15 { return String(Int(number)) }
    return "\(number)"
  }
}

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// The library's functions under names that do not clash with the scale `log`.
private enum Logarithm {
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
  static func decimal(_ value: Double) -> Double { log10(value) }
  static func powerOfTen(_ exponent: UInt) -> Double { pow(10, Double(exponent)) }
}
