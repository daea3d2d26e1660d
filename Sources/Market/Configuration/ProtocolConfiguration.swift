public import Contracts

/// The contracts that a market runs on and the rules that they follow.
public struct ProtocolConfiguration: Sendable, Equatable {
  public var profile: ProtocolProfile
  /// The profile's rules with what the scenario changed.
  public var values: ProtocolRules

  public init(profile: ProtocolProfile) {
    self.profile = profile
    values = profile.rules
  }

  /// The deployed contracts of `reference-fab` with another fee or whole prompts.
  public init(feeBasisPoints: UInt64 = 100, promptByHash: Bool = true) {
    self.init(profile: .referenceFAB)
    values.fee = feeBasisPoints
    values.promptByHash = promptByHash
  }
}
