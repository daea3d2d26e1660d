public import Quantities

/// How a cohort's transactions reach the chain, and who pays for them.
public enum WalletConfiguration: Sendable, Equatable {
  /// An externally owned account sends and pays for its own transactions.
  case ownAccount
  /// A contract wallet: its calls travel as ERC-4337 user operations, for which it pays.
  case smart
  /// A contract wallet for which the paymaster of that name pays while its deposit lasts.
  case sponsored(by: String)
}

/// ERC-4337: paymasters, and the parts of an operation's gas that depend on their contracts.
public struct AccountsConfiguration: Sendable, Equatable {
  /// Somebody who pays for other people's operations out of a deposit.
  public struct Paymaster: Sendable, Equatable {
    public var name: String
    /// ETH deposited with the entry point at the start, ≥ 0; operations that it cannot pay for at
    /// their limit are refused.
    public var deposit: Double

    public init(name: String, deposit: Double) {
      self.name = name
      self.deposit = deposit
    }
  }

  /// Operations in a bundle at most, ≥ 1; nil takes the protocol's `bundleSize`.
  public var bundleSize: Int?
  /// Gas of a wallet's check of an operation.
  public var verificationGas: Gas
  /// Gas of a paymaster's check of an operation.
  public var paymasterGas: Gas
  /// At most 255.
  public var paymasters: [Paymaster]

  public init(
    bundleSize: Int? = nil, verificationGas: Gas = Gas(20_000), paymasterGas: Gas = Gas(15_000),
    paymasters: [Paymaster] = []
  ) {
    self.bundleSize = bundleSize
    self.verificationGas = verificationGas
    self.paymasterGas = paymasterGas
    self.paymasters = paymasters
  }
}
