internal import Experiments

/// Reads `hosts.home.count <= renters.chat.count`.
enum ConstraintText {
  static func read(
    _ line: Located<String>, factors: [SweepFactor], _ reading: Reading
  ) -> SweepConstraint? {
    func refuse(_ whatHappened: String) -> SweepConstraint? {
      reading.complain(
        at: line.location, "the constraint \(line.value.quotedForMessage)", whatHappened,
        do: "compare factors or numbers, as in hosts.home.count <= 500; the factors are "
          + Nearest.list(factors.map(\.path)))
      return nil
    }
    // Two-letter relations come first, so that <= is not taken for <.
    for relation in SweepConstraint.Relation.allCases {
      let parts = line.value.split(separator: relation.rawValue, omittingEmptySubsequences: false)
      guard parts.count == 2 else { continue }
      let texts = parts.map { String($0).trimmed }
      let operands = texts.map { operand($0, factors) }
      guard let left = operands[0] else { return refuse("has no factor or number on the left") }
      guard let right = operands[1] else { return refuse("has no factor or number on the right") }
      guard units(texts, operands, factors) else { return refuse("compares different units") }
      return SweepConstraint(left, relation, right)
    }
    return refuse("has none of <= >= == != < >")
  }

  private static func operand(_ text: String, _ factors: [SweepFactor]) -> SweepConstraint.Operand?
  {
    if let index = factors.firstIndex(where: { $0.path == text }) { return .factor(index) }
    return SweepFactor.number(of: text).map { .number($0) }
  }

  private static func units(
    _ texts: [String], _ operands: [SweepConstraint.Operand?], _ factors: [SweepFactor]
  ) -> Bool {
    let units = zip(texts, operands).map { text, operand in
      if case .factor(let index)? = operand {
        return SweepFactor.unit(of: factors[index].text(at: 0))
      }
      return SweepFactor.unit(of: text)
    }
    return units[0] == units[1]
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
