/// The contracts that a market runs on and the numbers that may be set in them.
public struct ProtocolConfiguration: Sendable, Equatable {
  public enum Profile: String, Sendable, CaseIterable {
    /// NodeRegistryFAB, JobMarketplaceFAB, PaymentEscrow and ReputationSystem as deployed.
    case referenceFAB = "reference-fab"
  }

  public var profile: Profile
  /// Platform fee in basis points, 0 … 10,000 (constructor argument of `PaymentEscrow`).
  public var feeBasisPoints: Int
  /// A 46-byte content identifier stands for the prompt on chain; else the prompt itself
  /// (4 bytes a token) is stored.
  public var promptByHash: Bool

  public init(
    profile: Profile = .referenceFAB, feeBasisPoints: Int = 100, promptByHash: Bool = true
  ) {
    self.profile = profile
    self.feeBasisPoints = feeBasisPoints
    self.promptByHash = promptByHash
  }
}
