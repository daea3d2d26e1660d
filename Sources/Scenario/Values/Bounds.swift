/// The numbers that a key accepts.
struct Bounds: Sendable, Equatable, CustomStringConvertible {
  var lower: Double
  var upper: Double
  /// True: the lower bound itself is refused.
  var excludesLower = false

  static func from(_ lower: Double, to upper: Double) -> Bounds {
    Bounds(lower: lower, upper: upper)
  }
  static func above(_ lower: Double, to upper: Double) -> Bounds {
    Bounds(lower: lower, upper: upper, excludesLower: true)
  }

  func contains(_ value: Double) -> Bool {
    value <= upper && (excludesLower ? value > lower : value >= lower)
  }

  var description: String { described() }

  /// The end of a complaint about a value that is out of range.
  func instruction(unit: String = "") -> String {
    "write a value \(excludesLower ? "" : "from ")\(described(unit: unit))"
  }

  /// `0 to 1 USD`, `above 0, at most 1 USD`.
  func described(unit: String = "") -> String {
    let unit = unit.isEmpty || unit.hasPrefix("/") ? unit : " " + unit
    return excludesLower
      ? "above \(lower.plain), at most \(upper.plain)\(unit)"
      : "\(lower.plain) to \(upper.plain)\(unit)"
  }
}

extension Double {
  /// Shortest decimals, whole numbers without a point, thousands separated.
  var plain: String {
    guard self == rounded(), magnitude < 1e18 else { return "\(self)" }
    return Int(self).grouped
  }
}

extension FixedWidthInteger {
  /// `1,000,000`.
  var grouped: String {
    let digits = Array(String(magnitude))
    var text = self < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { text += "," }
      text.append(digit)
    }
    return text
  }
}
