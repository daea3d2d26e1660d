public import EVM
public import Quantities

/// The contracts of the `reference-fab` profile, deployed and wired.
///
/// - Source: conformance case JMF-complete-reputation.
public struct FABDeployment: BitwiseCopyable, Sendable {
  public let deployer: AccountID
  public let arbiter: AccountID
  public let governor: AccountID
  public let fab: AccountID
  public let usdc: AccountID
  /// Read by the reputation system, which cannot see hosts of the FAB registry in it.
  public let nodeRegistry: AccountID
  public let hostRegistry: AccountID
  public let marketplace: AccountID
  public let escrow: AccountID
  public let reputation: AccountID

  /// Deploys and wires everything at derived addresses, by real transactions.
  ///
  /// - Parameter feeBasisPoints: The escrow's fee in hundredths of a percent; 100 in the profile.
  public init(
    in world: inout World, feeBasisPoints: UInt64 = 100, block: BlockEnvironment
  ) {
    var accounts: [AccountID] = []
    for _ in 0..<10 { accounts.append(world.evm.addSyntheticAccount()) }
    deployer = accounts[0]
    arbiter = accounts[1]
    governor = accounts[2]
    fab = accounts[3]
    usdc = accounts[4]
    nodeRegistry = accounts[5]
    hostRegistry = accounts[6]
    marketplace = accounts[7]
    escrow = accounts[8]
    reputation = accounts[9]

    func deploy(_ type: String, at account: AccountID, _ arguments: [ABIValue]) {
      let outcome = world.deploy(
        type: type, at: account, from: accounts[0], arguments: arguments, value: .zero,
        block: block)
      precondition(outcome.result == .success([]), "\(type) cannot be deployed")
    }
    func send(_ signature: String, to account: AccountID, _ argument: AccountID) {
      let outcome = world.transact(
        from: accounts[0], to: account, signature: signature, arguments: [.address(argument)],
        value: .zero, block: block, gasLimit: 30_000_000)
      precondition(outcome.result == .success([]), "\(signature) fails in the wiring")
    }
    func text(_ string: String) -> ABIValue { .string(Array(string.utf8)) }
    deploy("TestToken", at: fab, [text("FAB Token"), text("FAB"), .uint(18)])
    deploy("TestToken", at: usdc, [text("USD Coin"), text("USDC"), .uint(6)])
    deploy(
      "NodeRegistry", at: nodeRegistry, [.uint(UInt256(100_000_000_000_000_000_000 as UInt128))])
    deploy("NodeRegistryFAB", at: hostRegistry, [.address(fab)])
    deploy("JobMarketplaceFAB", at: marketplace, [.address(hostRegistry)])
    deploy("PaymentEscrow", at: escrow, [.address(arbiter), .uint(UInt256(feeBasisPoints))])
    deploy(
      "ReputationSystem", at: reputation,
      [.address(nodeRegistry), .address(marketplace), .address(governor)])
    send("setPaymentEscrow(address)", to: marketplace, escrow)
    send("setJobMarketplace(address)", to: escrow, marketplace)
    send("setUsdcAddress(address)", to: marketplace, usdc)
    send("setReputationSystem(address)", to: marketplace, reputation)
    // The deployed contracts know no treasury; where fees have one, it is the governor.
    if world.rules.feeOnce { send("setTreasury(address)", to: escrow, governor) }
  }
}

/// State at genesis: what exists before the first transaction, without gas or logs.
extension World {
  /// A new account with a derived address.
  public mutating func addAccount(eth: UInt256) -> AccountID {
    let account = evm.addSyntheticAccount()
    if !eth.isZero { evm.mintETH(eth, to: account) }
    return account
  }

  /// Creates tokens in an account, as `mint` does.
  ///
  /// - Precondition: `token` is a token contract and the supply stays below 2²⁵⁶.
  public mutating func mintAtGenesis(_ amount: UInt256, of token: AccountID, to account: AccountID)
  {
    precondition(code(of: token) == .testToken, "only a token contract has a supply to add to")
    tokens[evm.instance(of: token)].mintAtGenesis(amount, to: account, &self)
  }

  /// Moves a fee between accounts outside any transaction.
  ///
  /// - Returns: false, with nothing moved, when `payer` has less.
  public mutating func payFee(
    _ amount: UInt256, from payer: AccountID, to receiver: AccountID
  ) -> Bool { evm.transferOutsideTransaction(amount, from: payer, to: receiver) }
}
