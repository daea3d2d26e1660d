/// A set of contracts with a value for each of their rules.
public enum ProtocolProfile: String, BitwiseCopyable, CaseIterable, Sendable {
  /// NodeRegistryFAB, JobMarketplaceFAB, PaymentEscrow and ReputationSystem as deployed on Base
  /// Sepolia, bug for bug.
  case referenceFAB = "reference-fab"
  /// The full original system, which stakes ETH, bug for bug.
  case referenceETH = "reference-eth"
  /// The full system as the documentation promises it; hosts stake FAB.
  case documented

  public var rules: ProtocolRules {
    switch self {
    case .referenceFAB: .referenceFAB
    case .referenceETH: .referenceETH
    case .documented: .documented
    }
  }

  /// Contracts whose rules the profile's market experiences, in the order of deployment.
  ///
  /// `reference-fab` deploys a NodeRegistry too, but only for the reputation system to read.
  public var contracts: [ContractType] {
    switch self {
    case .referenceFAB: [.nodeRegistryFAB, .jobMarketplaceFAB, .paymentEscrow, .reputationSystem]
    case .referenceETH, .documented:
      [
        .nodeRegistry, .jobMarketplace, .paymentEscrow, .reputationSystem, .proofSystem,
        .governance, .governanceToken, .baseAccountIntegration,
      ]
    }
  }
}

/// A contract of the reference revision.
public enum ContractType: String, CaseIterable, Sendable {
  case nodeRegistry = "NodeRegistry"
  case nodeRegistryFAB = "NodeRegistryFAB"
  case jobMarketplace = "JobMarketplace"
  case jobMarketplaceFAB = "JobMarketplaceFAB"
  case paymentEscrow = "PaymentEscrow"
  case reputationSystem = "ReputationSystem"
  case proofSystem = "ProofSystem"
  case governance = "Governance"
  case governanceToken = "GovernanceToken"
  case baseAccountIntegration = "BaseAccountIntegration"
}
