public import EVM
public import Quantities

/// The contracts that a market's people send transactions to, whichever profile deployed them.
public struct MarketDeployment: BitwiseCopyable, Sendable {
  public let profile: ProtocolProfile
  public let deployer: AccountID
  /// Decides disputes; in the reference it is sent every fee too.
  public let arbiter: AccountID
  /// May slash and change parameters.
  public let governor: AccountID
  /// May pause; `.zero` where nobody can.
  public let guardian: AccountID
  /// Receives slashed stakes and withdrawn fees; `.zero` in the reference.
  public let treasury: AccountID
  /// `.zero` where hosts stake ETH.
  public let fab: AccountID
  public let usdc: AccountID
  public let hostRegistry: AccountID
  public let marketplace: AccountID
  public let escrow: AccountID
  public let reputation: AccountID
  /// `.zero` where the marketplace knows no proofs.
  public let proofSystem: AccountID
  /// `.zero` where they are not deployed.
  public let governance: AccountID
  public let votes: AccountID
  public let accountIntegration: AccountID
  public let entryPoint: AccountID

  /// Deploys and wires the contracts of a profile by real transactions, under the world's rules.
  ///
  /// - Parameter unwired: Some of `leavable`, for the contracts of `reference-eth` and `documented`.
  public init(
    _ profile: ProtocolProfile, in world: inout World, unwired: [String] = [],
    block: BlockEnvironment
  ) {
    self.profile = profile
    let fee = world.rules.fee
    if profile == .referenceFAB {
      let contracts = FABDeployment(in: &world, feeBasisPoints: fee, block: block)
      deployer = contracts.deployer
      arbiter = contracts.arbiter
      governor = contracts.governor
      guardian = .zero
      treasury = .zero
      fab = contracts.fab
      usdc = contracts.usdc
      hostRegistry = contracts.hostRegistry
      marketplace = contracts.marketplace
      escrow = contracts.escrow
      reputation = contracts.reputation
      proofSystem = .zero
      governance = .zero
      votes = .zero
      accountIntegration = .zero
      entryPoint = .zero
      return
    }
    let contracts = ETHDeployment(
      in: &world, feeBasisPoints: fee, unwired: unwired, block: block)
    deployer = contracts.deployer
    arbiter = contracts.arbiter
    governor = contracts.governor
    guardian = contracts.guardian
    treasury = contracts.treasury
    fab = contracts.fab
    usdc = contracts.usdc
    hostRegistry = contracts.nodeRegistry
    marketplace = contracts.marketplace
    escrow = contracts.escrow
    reputation = contracts.reputation
    proofSystem = contracts.proofSystem
    governance = contracts.governance
    votes = contracts.votes
    accountIntegration = contracts.accountIntegration
    entryPoint = contracts.entryPoint
  }

  /// Who holds the platform's fees: whom the reference sends them to at every payment, or the escrow
  /// until somebody withdraws them.
  public func feeHolder(under rules: ProtocolRules) -> AccountID {
    rules.feeOnce ? escrow : arbiter
  }

  /// Contracts by the names of the reference's sources.
  public var marketplaceName: String {
    profile == .referenceFAB ? "JobMarketplaceFAB" : "JobMarketplace"
  }

  /// Contracts and tokens with their names, in the order of deployment.
  public var named: [(name: String, account: AccountID)] {
    let isFAB = profile == .referenceFAB
    let all: [(String, AccountID)] = [
      ("FAB", fab), ("USDC", usdc), (isFAB ? "NodeRegistryFAB" : "NodeRegistry", hostRegistry),
      (marketplaceName, marketplace), ("PaymentEscrow", escrow), ("ReputationSystem", reputation),
      ("ProofSystem", proofSystem), ("Governance", governance), ("GovernanceToken", votes),
      ("BaseAccountIntegration", accountIntegration),
    ]
    return all.filter { !$0.1.isZero }
  }

  /// Names that `named` will have under a profile.
  public static func names(in profile: ProtocolProfile) -> [String] {
    switch profile {
    case .referenceFAB:
      [
        "FAB", "USDC", "NodeRegistryFAB", "JobMarketplaceFAB", "PaymentEscrow", "ReputationSystem",
      ]
    case .referenceETH: Self.originals
    case .documented: ["FAB"] + Self.originals
    }
  }

  private static let originals = [
    "USDC", "NodeRegistry", "JobMarketplace", "PaymentEscrow", "ReputationSystem", "ProofSystem",
    "Governance", "GovernanceToken", "BaseAccountIntegration",
  ]

  /// Setters that a deployer may leave to somebody else.
  public static let leavable = [
    "JobMarketplace.setReputationSystem", "JobMarketplace.setGovernance",
    "NodeRegistry.setGovernance",
  ]

  /// Those who run the protocol, by name.
  public static let officials = [
    "deployer", "arbiter", "governor", "guardian", "treasury", "entryPoint",
  ]

  /// A contract, a token or an official; nil for other names, and for those whom the profile lacks.
  public func account(named name: String) -> AccountID? {
    if let contract = named.first(where: { $0.name == name }) { return contract.account }
    let official: AccountID? =
      switch name {
      case "deployer": deployer
      case "arbiter": arbiter
      case "governor": governor
      case "guardian": guardian
      case "treasury": treasury
      case "entryPoint": entryPoint
      default: nil
      }
    return official.flatMap { $0.isZero ? nil : $0 }
  }
}

extension World {
  /// Sends a registration at genesis, when any number of hosts may register.
  ///
  /// - Parameter block: At least a registration window before the first block of the run, so that
  ///   these registrations do not count in it.
  public mutating func registerAtGenesis(
    _ call: ContractCall, from sender: AccountID, to registry: AccountID, value: UInt256,
    block: BlockEnvironment
  ) -> Receipt {
    let limit = rules.registrationLimit
    rules.registrationLimit = .max
    defer { rules.registrationLimit = limit }
    return send(call, from: sender, to: registry, value: value, block: block)
  }

  /// Lets an account verify proofs.
  public mutating func grantVerifierRole(
    to account: AccountID, in deployment: MarketDeployment, block: BlockEnvironment
  ) {
    let outcome = transact(
      from: deployment.deployer, to: deployment.proofSystem,
      signature: "grantVerifierRole(address)", arguments: [.address(account)], value: .zero,
      block: block, gasLimit: 1_000_000)
    precondition(outcome.result == .success([]), "nobody may be made a verifier")
  }
}

extension World {
  /// Gives ETH to an account at genesis.
  public mutating func endow(_ account: AccountID, with amount: UInt256) {
    evm.mintETH(amount, to: account)
  }
}
