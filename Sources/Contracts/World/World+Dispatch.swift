import EVM
import Quantities

/// From a signature to the contract's function.
extension World {
  /// Runs one call of a contract or wallet: who has no such function, or is sent value that the
  /// function does not take, fails without data.
  mutating func run(
    _ signature: String, _ values: [ABIValue], at callee: AccountID, from caller: AccountID,
    value: UInt256
  ) throws(CallFailure) -> [ABIValue] {
    let kind = code(of: callee)
    if !value.isZero, !Self.accepts(signature, kind) { throw .empty }
    let arguments = Arguments(values: values)
    let instance = evm.instance(of: callee)
    switch kind {
    case .none: return []
    case .accepting, .rejecting, .expensive, .reentrant:
      guard signature == "receive()" else { throw .empty }
      try receiveETH(value, at: callee, from: caller)
      return []
    case .testToken: return try tokens[instance].invoke(signature, arguments, by: caller, &self)
    case .nodeRegistry:
      return try nodeRegistries[instance].invoke(
        signature, arguments, by: caller, value: value, &self)
    case .nodeRegistryFAB:
      return try fabRegistries[instance].invoke(signature, arguments, by: caller, &self)
    case .jobMarketplace:
      return try marketplaces[instance].invoke(
        signature, arguments, by: caller, value: value, &self)
    case .jobMarketplaceFAB:
      return try fabMarketplaces[instance].invoke(signature, arguments, by: caller, &self)
    case .paymentEscrow:
      return try escrows[instance].invoke(
        signature, arguments, by: caller, value: value, &self)
    case .reputationSystem:
      return try reputationSystems[instance].invoke(signature, arguments, by: caller, &self)
    case .accountIntegration:
      return try accountIntegrations[instance].invoke(
        signature, arguments, by: caller, value: value, &self)
    case .governanceToken:
      return try governanceTokens[instance].invoke(signature, arguments, by: caller, &self)
    case .proofSystem:
      return try proofSystems[instance].invoke(signature, arguments, by: caller, &self)
    case .governance:
      return try governances[instance].invoke(signature, arguments, by: caller, &self)
    case .proofJobSource:
      return try jobSources[instance].invoke(signature, arguments, &self)
    case .pausableTarget:
      return try pausableTargets[instance].invoke(signature, arguments, by: caller, &self)
    case .callbackToken:
      return try callbackTokens[instance].invoke(signature, arguments, by: caller, &self)
    }
  }

  private static func accepts(_ signature: String, _ kind: CodeKind) -> Bool {
    switch kind {
    case .none, .accepting, .rejecting, .expensive, .reentrant: true
    case .nodeRegistry: NodeRegistry.payable.contains(signature)
    case .jobMarketplace: JobMarketplace.payable.contains(signature)
    case .accountIntegration: BaseAccountIntegration.payable.contains(signature)
    case .paymentEscrow: PaymentEscrow.payable.contains(signature)
    case .testToken, .nodeRegistryFAB, .jobMarketplaceFAB, .reputationSystem, .governanceToken,
      .proofSystem, .governance, .proofJobSource, .pausableTarget, .callbackToken:
      false
    }
  }

  /// Contract types that `deploy` knows, each with the signatures of its constructor and functions.
  static let interfaces: [ContractInterface] = [
    ContractInterface("TestToken", .testToken, TestToken.signatures),
    ContractInterface(
      "NodeRegistry", .nodeRegistry, NodeRegistry.signatures + NodeRegistry.addedSignatures),
    ContractInterface("NodeRegistryFAB", .nodeRegistryFAB, NodeRegistryFAB.signatures),
    ContractInterface(
      "JobMarketplace", .jobMarketplace,
      JobMarketplace.signatures + JobMarketplace.addedSignatures),
    ContractInterface(
      "JobMarketplaceFAB", .jobMarketplaceFAB,
      JobMarketplaceFAB.signatures + JobMarketplaceFAB.addedSignatures),
    ContractInterface(
      "PaymentEscrow", .paymentEscrow, PaymentEscrow.signatures + PaymentEscrow.addedSignatures),
    ContractInterface("ReputationSystem", .reputationSystem, ReputationSystem.signatures),
    ContractInterface(
      "BaseAccountIntegration", .accountIntegration,
      BaseAccountIntegration.signatures + BaseAccountIntegration.addedSignatures),
    ContractInterface("GovernanceToken", .governanceToken, GovernanceToken.signatures),
    ContractInterface("ProofSystem", .proofSystem, ProofSystem.signatures),
    ContractInterface("Governance", .governance, Governance.signatures),
    ContractInterface("ProofJobSource", .proofJobSource, ProofJobSource.signatures),
    ContractInterface("PausableTarget", .pausableTarget, PausableTarget.signatures),
    ContractInterface("CallbackToken", .callbackToken, CallbackToken.signatures),
  ]

  /// Contract types that `deploy` knows.
  public static var supportedTypes: [String] { interfaces.map(\.type) }

  /// Parameter types of a function, nil when the type lacks it; `"constructor"` names the
  /// constructor.
  public static func parameterTypes(of signature: String, in type: String) -> [String]? {
    guard let interface = interfaces.first(where: { $0.type == type }) else { return nil }
    let known = interface.signatures.first {
      $0 == signature || (signature == "constructor" && $0.hasPrefix("constructor("))
    }
    guard let known, let types = ABIType.parameters(ofSignature: known) else { return nil }
    return types.map(\.description)
  }
}
