/// A number exactly as written: `digits × 10^exponent`.
///
/// Amounts that become whole ticks, wei or basis points go through this and never through binary
/// fractions, so `0.1 gwei` is 100,000,000 wei and nothing else.
struct DecimalNumber: Sendable, Equatable {
  var isNegative = false
  var digits: UInt128 = 0
  var exponent = 0
  /// Without underscores, as `Double` reads it.
  private var plainText = ""
  /// Power of ten on top of `plainText`.
  private var power = 0

  /// More digits than any quantity needs and than 128 bits always hold.
  static let digitLimit = 30

  /// Reads the number that `text` starts with and what follows it.
  ///
  /// Underscores may stand between digits. Nil: no number, or one with too many digits.
  static func prefix(of text: Substring) -> (number: DecimalNumber, rest: Substring)? {
    var number = DecimalNumber()
    var rest = text
    if let sign = rest.first, sign == "-" || sign == "+" {
      number.isNegative = sign == "-"
      number.plainText = sign == "-" ? "-" : ""
      rest.removeFirst()
    }
    guard number.takeDigits(&rest, afterPoint: false) else { return nil }
    if rest.first == "." {
      rest.removeFirst()
      number.plainText += "."
      guard number.takeDigits(&rest, afterPoint: true) else { return nil }
    }
    number.takeExponent(&rest)
    return (number, rest)
  }

  private mutating func takeDigits(_ rest: inout Substring, afterPoint: Bool) -> Bool {
    var count = 0
    while let character = rest.first {
      if character == "_", count > 0, let next = rest.dropFirst().first, next.isASCIIDigit {
        rest.removeFirst()
        continue
      }
      guard character.isASCIIDigit, let digit = character.wholeNumberValue else { break }
      guard plainText.utf8.count < Self.digitLimit else { return false }
      digits = digits * 10 + UInt128(digit)
      if afterPoint { exponent -= 1 }
      plainText.append(character)
      rest.removeFirst()
      count += 1
    }
    return count > 0
  }

  /// Takes `e6` or `E-3`; leaves an `e` that starts a unit.
  private mutating func takeExponent(_ rest: inout Substring) {
    guard rest.first == "e" || rest.first == "E" else { return }
    var tail = rest.dropFirst()
    var sign = 1
    if let character = tail.first, character == "-" || character == "+" {
      sign = character == "-" ? -1 : 1
      tail.removeFirst()
    }
    let written = tail.prefix { $0.isASCIIDigit }
    guard (1...3).contains(written.count), let power = Int(written) else { return }
    shiftPoint(by: sign * power)
    rest = tail.dropFirst(written.count)
  }

  /// The nearest binary fraction; may be infinite.
  var double: Double { Double(plainText + "e\(power)") ?? .nan }

  /// Multiplies by a power of ten, exactly.
  mutating func shiftPoint(by places: Int) {
    exponent += places
    power += places
  }

  /// This number × `scale` when that is whole and below 10³⁷, else nil. The sign is left out.
  func magnitude(times scale: UInt128 = 1) -> UInt128? {
    var (value, overflow) = digits.multipliedReportingOverflow(by: scale)
    if overflow { return nil }
    if value == 0 { return 0 }
    guard abs(exponent) <= 40 else { return nil }
    for _ in 0..<abs(exponent) {
      if exponent < 0 {
        guard value % 10 == 0 else { return nil }
        value /= 10
      } else {
        (value, overflow) = value.multipliedReportingOverflow(by: 10)
        if overflow { return nil }
      }
    }
    return value < 10_000_000_000_000_000_000_000_000_000_000_000_000 ? value : nil
  }

  /// As `magnitude(times:)`, with the sign, when it fits.
  func integer(times scale: UInt128 = 1) -> Int? {
    guard let magnitude = magnitude(times: scale), let value = Int(exactly: magnitude) else {
      return nil
    }
    return isNegative ? -value : value
  }
}

extension Character {
  var isASCIIDigit: Bool { isASCII && isNumber }
  var isASCIILetter: Bool { isASCII && isLetter }
}
