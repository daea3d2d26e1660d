internal import Statistics

/// How the factors of a sweep stand in its tables: a number with the unit in the header where all
/// values are numbers of one unit, the text as written where not.
struct SweepColumns {
  let columns: [Column]
  private let isNumeric: [Bool]

  init(_ design: SweepDesign) {
    var columns: [Column] = []
    var isNumeric: [Bool] = []
    for factor in design.factors {
      let unit = Self.commonUnit(of: factor)
      isNumeric.append(unit != nil)
      columns.append(
        Column(
          factor.path, unit == nil ? .text : .real,
          MeasureUnit(suffix: Self.suffix(of: unit ?? ""), symbol: unit ?? ""),
          "Factor of the sweep."))
    }
    self.columns = columns
    self.isNumeric = isNumeric
  }

  func append(_ texts: [String], to table: inout ResultTable) {
    for (text, isNumber) in zip(texts, isNumeric) {
      if isNumber {
        table.append(SweepFactor.number(of: text) ?? .nan)
      } else {
        table.append(text)
      }
    }
  }

  /// nil when values differ in unit or are no numbers.
  private static func commonUnit(of factor: SweepFactor) -> String? {
    switch factor.values {
    case .range(_, _, _, _, let unit): return unit.trimmed
    case .listed(let texts):
      guard let first = texts.first, SweepFactor.number(of: first) != nil else { return nil }
      let unit = SweepFactor.unit(of: first)
      let isCommon = texts.allSatisfy {
        SweepFactor.number(of: $0) != nil && SweepFactor.unit(of: $0) == unit
      }
      return isCommon ? unit : nil
    }
  }

  /// `USD/kWh` as `usd_per_kwh`.
  private static func suffix(of unit: String) -> String {
    var suffix = ""
    for character in unit.lowercased() {
      switch character {
      case "%": suffix += "percent"
      case "/": suffix += suffix.isEmpty ? "per_" : "_per_"
      case _ where character.isLetter || character.isNumber: suffix.append(character)
      default: suffix.append("_")
      }
    }
    return suffix
  }
}

extension String {
  fileprivate var trimmed: String { String(drop { $0 == " " }) }
}
