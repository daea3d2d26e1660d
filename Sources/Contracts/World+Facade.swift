public import EVM
public import Quantities

/// The decoded interface: values in, values out, for conformance vectors and tools.
extension World {
  /// Adds an account that is not a contract of the system.
  ///
  /// - Parameter address: 20 bytes, not yet used.
  public mutating func addAccount(
    address: [UInt8], kind: AccountKind, eth: UInt256
  ) -> AccountID { fatalError() }

  /// The identifier of an address, new or known; the account has no code until something is
  /// deployed there.
  public mutating func reserve(address: [UInt8]) -> AccountID { fatalError() }

  /// Deploys a contract at a reserved address; `arguments` may name accounts deployed later.
  public mutating func deploy(
    type: String, at account: AccountID, from: AccountID, arguments: [ABIValue], value: UInt256,
    block: BlockEnvironment
  ) -> TransactionOutcome { fatalError() }

  /// Contract types that `deploy` knows.
  public static var supportedTypes: [String] { [] }

  /// Parameter types of a function, nil when the type lacks it; `"constructor"` names the
  /// constructor.
  public static func parameterTypes(of signature: String, in type: String) -> [String]? { nil }

  public mutating func transact(
    from: AccountID, to: AccountID, signature: String, arguments: [ABIValue], value: UInt256,
    block: BlockEnvironment, gasLimit: UInt64
  ) -> TransactionOutcome { fatalError() }

  /// `eth_call` from the zero address: whatever it writes is rolled back.
  public mutating func view(
    to: AccountID, signature: String, arguments: [ABIValue], block: BlockEnvironment
  ) -> TransactionOutcome { fatalError() }

  /// Sets what a `reentrant` account does on its next `times` receipts of ETH.
  public mutating func arm(
    _ account: AccountID, times: Int, target: AccountID, signature: String,
    arguments: [ABIValue], value: UInt256, bubble: Bool
  ) { fatalError() }

  public func ethBalance(of account: AccountID) -> UInt256 { fatalError() }

  /// Zero when `token` is not a token contract.
  public func tokenBalance(of account: AccountID, token: AccountID) -> UInt256 { fatalError() }

  /// 20 bytes.
  public func address(of account: AccountID) -> [UInt8] { fatalError() }
}
