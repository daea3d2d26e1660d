/// Ways to make a score of what anyone can see, kept beside each other and measured against the truth.
public enum ReputationChoice: Sendable, Equatable {
  /// The score that the contract holds.
  case contract
  /// Mean of a Beta posterior that forgets; `memory` in (0, 1].
  case beta(memory: Double)
  /// Exponentially weighted mean; `weight` in (0, 1], `initial` in 0 … 1.
  case ewma(weight: Double, initial: Double)
  /// Trust that flows from known hosts through payments and ratings; `weight` of the known, in (0, 1].
  case eigenTrust(weight: Double)

  public enum Name: String, Sendable, CaseIterable {
    case contract, beta, ewma, eigenTrust

    /// Whether a score is meant as the chance of a good experience.
    var scoresAreChances: Bool { self == .beta || self == .ewma }
  }

  public var name: Name {
    switch self {
    case .contract: .contract
    case .beta: .beta
    case .ewma: .ewma
    case .eigenTrust: .eigenTrust
    }
  }
}
