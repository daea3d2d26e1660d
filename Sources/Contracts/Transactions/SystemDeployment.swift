public import EVM
import Quantities

/// The full system, deployed and wired by the rules of its world: `reference-eth` and `documented`.
///
/// - Source: the setup of conformance/vectors/random-*; what the reference lacks is wired where a
///   switch brings it.
public struct SystemDeployment: BitwiseCopyable, Sendable {
  // People.
  public let deployer: AccountID
  public let arbiter: AccountID
  public let treasury: AccountID
  public let guardian: AccountID
  public let verifier: AccountID
  /// Runs user operations.
  public let entryPoint: AccountID
  // Contracts.
  public let fab: AccountID
  public let usdc: AccountID
  public let governanceToken: AccountID
  public let nodeRegistry: AccountID
  public let marketplace: AccountID
  public let escrow: AccountID
  public let reputation: AccountID
  public let proofs: AccountID
  public let governance: AccountID
  public let accounts: AccountID

  /// Deploys everything at derived addresses and wires it, by real transactions; the governance
  /// token's supply of a million is the deployer's.
  public init(in world: inout World, block: BlockEnvironment) {
    var made: [AccountID] = []
    for _ in 0..<16 { made.append(world.evm.addSyntheticAccount()) }
    deployer = made[0]
    arbiter = made[1]
    treasury = made[2]
    guardian = made[3]
    verifier = made[4]
    entryPoint = made[5]
    fab = made[6]
    usdc = made[7]
    governanceToken = made[8]
    nodeRegistry = made[9]
    marketplace = made[10]
    escrow = made[11]
    reputation = made[12]
    proofs = made[13]
    governance = made[14]
    accounts = made[15]
    deploy(in: &world, block)
    wire(in: &world, block)
  }

  private func deploy(in world: inout World, _ block: BlockEnvironment) {
    func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }
    let rules = world.rules
    let million = UInt256(1_000_000) * UInt256(1_000_000_000_000_000_000)
    let contracts: [(String, AccountID, [ABIValue])] = [
      ("TestToken", fab, [text("FAB Token"), text("FAB"), .uint(18)]),
      ("TestToken", usdc, [text("USD Coin"), text("USDC"), .uint(6)]),
      (
        "GovernanceToken", governanceToken,
        [text("Fabstir Governance"), text("FABGOV"), .uint(million)]
      ),
      ("NodeRegistry", nodeRegistry, [.uint(rules.minStake)]),
      ("JobMarketplace", marketplace, [.address(nodeRegistry)]),
      ("PaymentEscrow", escrow, [.address(arbiter), .uint(UInt256(rules.fee))]),
      (
        "ReputationSystem", reputation,
        [.address(nodeRegistry), .address(marketplace), .address(governance)]
      ),
      (
        "ProofSystem", proofs, [.address(marketplace), .address(escrow), .address(reputation)]
      ),
      (
        "Governance", governance,
        [
          .address(governanceToken), .address(nodeRegistry), .address(marketplace),
          .address(escrow), .address(reputation), .address(proofs),
        ]
      ),
      (
        "BaseAccountIntegration", accounts,
        [.address(entryPoint), .address(.zero), .address(marketplace), .address(nodeRegistry)]
      ),
    ]
    for (type, account, arguments) in contracts {
      let outcome = world.deploy(
        type: type, at: account, from: deployer, arguments: arguments, value: .zero,
        block: block)
      precondition(outcome.result == .success([]), "\(type) cannot be deployed")
    }
  }

  private func wire(in world: inout World, _ block: BlockEnvironment) {
    let rules = world.rules
    func send(_ signature: String, to account: AccountID, _ arguments: ABIValue...) {
      let outcome = world.transact(
        from: deployer, to: account, signature: signature, arguments: arguments,
        value: .zero, block: block, gasLimit: 30_000_000)
      precondition(outcome.result == .success([]), "\(signature) fails in the wiring")
    }
    func role(_ role: UInt256) -> ABIValue { .fixedBytes(role.bigEndianBytes) }

    send("setGovernance(address)", to: nodeRegistry, .address(governance))
    send("setPaymentEscrow(address)", to: marketplace, .address(escrow))
    send("setUsdcAddress(address)", to: marketplace, .address(usdc))
    send("setReputationSystem(address)", to: marketplace, .address(reputation))
    send("setGovernance(address)", to: marketplace, .address(governance))
    send(
      "grantRole(bytes32,address)", to: marketplace, role(JobMarketplace.guardianRole),
      .address(guardian))
    send("setJobMarketplace(address)", to: escrow, .address(marketplace))
    send("addAuthorizedContract(address)", to: reputation, .address(marketplace))
    send("addAuthorizedContract(address)", to: reputation, .address(proofs))
    send("grantVerifierRole(address)", to: proofs, .address(verifier))

    if rules.stakesInFAB { send("setStakeToken(address)", to: nodeRegistry, .address(fab)) }
    if rules.slashMovesStake || rules.hostsMayLeave {
      send("setJobMarketplace(address)", to: nodeRegistry, .address(marketplace))
    }
    if rules.slashMovesStake {
      send("setTreasury(address)", to: nodeRegistry, .address(treasury))
    }
    if rules.feeOnce { send("setTreasury(address)", to: escrow, .address(treasury)) }
    if rules.requirementsEnforced {
      send("setProofSystem(address)", to: marketplace, .address(proofs))
    }
    if rules.createGuarded || rules.claimForGuarded {
      send(
        "grantRole(bytes32,address)", to: marketplace, role(JobMarketplace.accountRole),
        .address(accounts))
    }
  }
}
