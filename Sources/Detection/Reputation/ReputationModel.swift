/// How experiences with a host become its score, 0 … 1.
public enum ReputationModel: Hashable, Sendable {
  /// The score that the contract holds, set from outside, over the highest it can be.
  case contract(initial: Double)
  /// Mean of a Beta posterior with an even prior, (α + 1)/(α + β + 2), where every new experience
  /// weakens the old ones by the factor `memory`, above 0 and at most 1.
  ///
  /// Effective memory is 1/(1 − `memory`) experiences.
  /// - Source: Jøsang, Ismail, "The Beta Reputation System", Bled 2002.
  case beta(memory: Double)
  /// Exponentially weighted mean: s ← s + `weight` · (quality − s), 0 < `weight` ≤ 1.
  case ewma(weight: Double, initial: Double)
  /// EigenTrust over the public record, refreshed in batches; newcomers have 0.
  case eigenTrust(EigenTrust)

  /// Hosts that it trusts from the start.
  public var known: [Int] {
    guard case .eigenTrust(let model) = self else { return [] }
    return model.seeds
  }

  /// As scenarios and result files call it.
  public var name: String {
    switch self {
    case .contract: "contract"
    case .beta: "beta"
    case .ewma: "ewma"
    case .eigenTrust: "eigenTrust"
    }
  }
}
