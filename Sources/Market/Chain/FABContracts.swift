import Contracts
import EVM
import Quantities

/// The contracts of profile `reference-fab`, deployed and wired as the reference deployment is.
struct FABContracts: BitwiseCopyable {
  let deployer: AccountID
  /// Arbiter of the escrow, which also receives its fees.
  let treasury: AccountID
  let fab: AccountID
  let usdc: AccountID
  let nodeRegistry: AccountID
  let registry: AccountID
  let marketplace: AccountID
  let escrow: AccountID
  let reputation: AccountID

  init(in world: inout World, feeBasisPoints: Int, environment: BlockEnvironment) {
    func account(_ number: UInt8) -> AccountID {
      // Any 20 bytes that nobody else has; non-zero, as deployed addresses mostly are.
      world.reserve(address: (0..<20).map { 0xC0 &+ number &* 7 &+ UInt8($0) })
    }
    deployer = account(1)
    treasury = account(2)
    let governor = account(3)
    fab = account(4)
    usdc = account(5)
    nodeRegistry = account(6)
    registry = account(7)
    marketplace = account(8)
    escrow = account(9)
    reputation = account(10)
    let owner = deployer
    func deploy(_ type: String, _ account: AccountID, _ arguments: [ABIValue]) {
      let outcome = world.deploy(
        type: type, at: account, from: owner, arguments: arguments, value: .zero,
        block: environment)
      guard case .success = outcome.result else {
        preconditionFailure("deploying \(type) failed: \(outcome.result)")
      }
    }
    func call(_ target: AccountID, _ signature: String, _ argument: AccountID) {
      let outcome = world.transact(
        from: owner, to: target, signature: signature, arguments: [.address(argument)],
        value: .zero, block: environment, gasLimit: 30_000_000)
      guard case .success = outcome.result else {
        preconditionFailure("\(signature) failed: \(outcome.result)")
      }
    }
    deploy("TestToken", fab, [.text("FAB Token"), .text("FAB"), .uint(18)])
    deploy("TestToken", usdc, [.text("USD Coin"), .text("USDC"), .uint(6)])
    deploy("NodeRegistry", nodeRegistry, [.uint(UInt256(100) * Self.fabUnit)])
    deploy("NodeRegistryFAB", registry, [.address(fab)])
    deploy("JobMarketplaceFAB", marketplace, [.address(registry)])
    deploy("PaymentEscrow", escrow, [.address(treasury), .uint(UInt256(feeBasisPoints))])
    deploy(
      "ReputationSystem", reputation,
      [.address(nodeRegistry), .address(marketplace), .address(governor)])
    call(marketplace, "setPaymentEscrow(address)", escrow)
    call(escrow, "setJobMarketplace(address)", marketplace)
    call(marketplace, "setUsdcAddress(address)", usdc)
    call(marketplace, "setReputationSystem(address)", reputation)
  }

  /// 10¹⁸ base units.
  static let fabUnit = UInt256(1_000_000_000_000_000_000)
  /// Stake that registration takes.
  static let minStake = UInt256(1_000) * fabUnit
}

extension ABIValue {
  fileprivate static func text(_ text: String) -> ABIValue { .string(Array(text.utf8)) }
}
