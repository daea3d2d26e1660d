/// What one step of a job costs in a profile, beside the figure that the documentation calls typical.
public struct TypicalGas: Hashable, Sendable {
  /// A step for which the documentation states a cost.
  ///
  /// - Source: reference revision fc5683c, docs/technical/README.md, section "Gas Costs".
  public enum Step: String, CaseIterable, Sendable {
    case registration
    case creation
    case claim
    /// The documentation's figure is that with proof.
    case completion

    /// Gas units.
    public var documentedGas: Int64 {
      switch self {
      case .registration: 150_000
      case .creation: 200_000
      case .claim: 100_000
      case .completion: 250_000
      }
    }
  }

  public let step: Step
  public let profile: ProtocolProfile
  /// The function, and what is special about the call.
  public let call: String
  /// Charged to the sender after the refund, calldata included, L1 data fee apart.
  public let gasUsed: Int64

  /// Measured over documented, less 1.
  public var deviation: Double { Double(gasUsed) / Double(step.documentedGas) - 1 }

  /// Runs the steps in every profile, each call of a job for the third time between the same two
  /// parties, so that no first use of their storage is in the figures; a host registers once.
  ///
  /// Texts are as in practice: a model's name below 32 bytes, prompt and result as content ids of
  /// 46 bytes, metadata of 40 bytes.
  public static func measure() -> [TypicalGas] {
    var rows: [TypicalGas] = []
    for profile in ProtocolProfile.allCases { rows += GasRehearsal(profile).run() }
    return rows
  }
}
