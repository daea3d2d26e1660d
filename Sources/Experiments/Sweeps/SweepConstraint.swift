/// What must hold between factors for a point to be looked at.
public struct SweepConstraint: Sendable, Equatable {
  public enum Relation: String, Sendable, CaseIterable {
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case equal = "=="
    case unequal = "!="
    case less = "<"
    case greater = ">"
  }

  public enum Operand: Sendable, Equatable {
    case factor(Int)
    case number(Double)
  }

  public let left: Operand
  public let relation: Relation
  public let right: Operand

  public init(_ left: Operand, _ relation: Relation, _ right: Operand) {
    self.left = left
    self.relation = relation
    self.right = right
  }

  /// - Parameter number: Of each factor, in its own unit; nil where it has none, which never holds.
  func holds(_ number: (Int) -> Double?) -> Bool {
    func value(_ operand: Operand) -> Double? {
      switch operand {
      case .factor(let index): number(index)
      case .number(let constant): constant
      }
    }
    guard let left = value(left), let right = value(right) else { return false }
    return switch relation {
    case .lessOrEqual: left <= right
    case .greaterOrEqual: left >= right
    case .equal: left == right
    case .unequal: left != right
    case .less: left < right
    case .greater: left > right
    }
  }
}
