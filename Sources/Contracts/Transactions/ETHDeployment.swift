public import EVM
public import Quantities

/// The contracts of the original system, which pays in ETH and USDC, deployed and wired.
///
/// Where the world's rules have stakes in FAB, treasuries and jobs that wait for proofs, the
/// contracts are told of them.
///
/// - Source: wiring of the cases of conformance/vectors/job_marketplace.
public struct ETHDeployment: BitwiseCopyable, Sendable {
  public let deployer: AccountID
  public let arbiter: AccountID
  /// Decides disputes and slashes.
  public let governor: AccountID
  /// May pause.
  public let guardian: AccountID
  /// Sends user operations.
  public let entryPoint: AccountID
  public let paymaster: AccountID
  public let verifier: AccountID
  public let usdc: AccountID
  public let nodeRegistry: AccountID
  public let marketplace: AccountID
  public let escrow: AccountID
  public let reputation: AccountID
  public let proofSystem: AccountID
  public let votes: AccountID
  public let governance: AccountID
  public let accountIntegration: AccountID
  /// `.zero` where hosts stake ETH, as is the treasury.
  public let fab: AccountID
  public let treasury: AccountID

  /// Deploys and wires everything at derived addresses, by real transactions.
  ///
  /// - Parameters:
  ///   - feeBasisPoints: The escrow's fee in hundredths of a percent.
  ///   - votes: Supply of the governance token, all of it the deployer's.
  ///   - unwired: Setters, as `JobMarketplace.setGovernance`, that are left to somebody else.
  public init(
    in world: inout World, feeBasisPoints: UInt64 = 100,
    votes supply: UInt256 = UInt256(1_000_000_000_000_000_000_000_000 as UInt128),
    unwired: [String] = [], block: BlockEnvironment
  ) {
    var accounts: [AccountID] = []
    for _ in 0..<16 { accounts.append(world.evm.addSyntheticAccount()) }
    deployer = accounts[0]
    arbiter = accounts[1]
    governor = accounts[2]
    guardian = accounts[3]
    entryPoint = accounts[4]
    paymaster = accounts[5]
    verifier = accounts[6]
    usdc = accounts[7]
    nodeRegistry = accounts[8]
    marketplace = accounts[9]
    escrow = accounts[10]
    reputation = accounts[11]
    proofSystem = accounts[12]
    votes = accounts[13]
    governance = accounts[14]
    accountIntegration = accounts[15]
    let isMended = world.rules.stakesInFAB
    fab = isMended ? world.evm.addSyntheticAccount() : .zero
    treasury = isMended ? world.evm.addSyntheticAccount() : .zero

    func deploy(_ type: String, at account: AccountID, _ arguments: [ABIValue]) {
      let outcome = world.deploy(
        type: type, at: account, from: accounts[0], arguments: arguments, value: .zero,
        block: block)
      precondition(outcome.result == .success([]), "\(type) cannot be deployed")
    }
    func send(_ signature: String, to account: AccountID, _ arguments: ABIValue...) {
      let outcome = world.transact(
        from: accounts[0], to: account, signature: signature, arguments: arguments,
        value: .zero, block: block, gasLimit: 30_000_000)
      precondition(outcome.result == .success([]), "\(signature) fails in the wiring")
    }
    // A contract that lacks the setter under these rules has no use for what it sets.
    func offer(_ signature: String, to account: AccountID, _ arguments: ABIValue...) {
      _ = world.transact(
        from: accounts[0], to: account, signature: signature, arguments: arguments,
        value: .zero, block: block, gasLimit: 30_000_000)
    }
    func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }

    deploy("TestToken", at: usdc, [text("USD Coin"), text("USDC"), .uint(6)])
    if isMended { deploy("TestToken", at: fab, [text("FAB Token"), text("FAB"), .uint(18)]) }
    deploy("NodeRegistry", at: nodeRegistry, [.uint(world.rules.minStake)])
    deploy("JobMarketplace", at: marketplace, [.address(nodeRegistry)])
    deploy("PaymentEscrow", at: escrow, [.address(arbiter), .uint(UInt256(feeBasisPoints))])
    deploy(
      "ReputationSystem", at: reputation,
      [.address(nodeRegistry), .address(marketplace), .address(governor)])
    deploy(
      "ProofSystem", at: proofSystem,
      [.address(marketplace), .address(escrow), .address(reputation)])
    deploy(
      "GovernanceToken", at: votes, [text("Fabstir Governance"), text("FABGOV"), .uint(supply)])
    deploy(
      "Governance", at: governance,
      [votes, nodeRegistry, marketplace, escrow, reputation, proofSystem].map { .address($0) })
    deploy(
      "BaseAccountIntegration", at: accountIntegration,
      [entryPoint, paymaster, marketplace, nodeRegistry].map { .address($0) })

    send("setPaymentEscrow(address)", to: marketplace, .address(escrow))
    send("setJobMarketplace(address)", to: escrow, .address(marketplace))
    send("setUsdcAddress(address)", to: marketplace, .address(usdc))
    if !unwired.contains("JobMarketplace.setReputationSystem") {
      send("setReputationSystem(address)", to: marketplace, .address(reputation))
    }
    send("addAuthorizedContract(address)", to: reputation, .address(marketplace))
    for (name, contract) in [("JobMarketplace", marketplace), ("NodeRegistry", nodeRegistry)]
    where !unwired.contains(name + ".setGovernance") {
      send("setGovernance(address)", to: contract, .address(governor))
    }
    send(
      "grantRole(bytes32,address)", to: marketplace,
      .fixedBytes(JobMarketplace.guardianRole.bigEndianBytes), .address(guardian))
    send("grantVerifierRole(address)", to: proofSystem, .address(verifier))
    guard isMended else { return }
    send("setStakeToken(address)", to: nodeRegistry, .address(fab))
    offer("setJobMarketplace(address)", to: nodeRegistry, .address(marketplace))
    offer("setTreasury(address)", to: nodeRegistry, .address(treasury))
    offer("setTreasury(address)", to: escrow, .address(treasury))
    offer("setProofSystem(address)", to: marketplace, .address(proofSystem))
    send("addAuthorizedContract(address)", to: reputation, .address(proofSystem))
  }
}
