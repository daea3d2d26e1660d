public import Quantities

/// A custom error with its arguments.
///
/// - Source: OpenZeppelin 5.0.2, `IERC20Errors`, `Ownable`, `ReentrancyGuard`.
public enum CustomError: BitwiseCopyable, Hashable, Sendable {
  case none
  case ownableUnauthorizedAccount(AccountID)
  case ownableInvalidOwner(AccountID)
  case reentrancyGuardReentrantCall
  case erc20InsufficientBalance(sender: AccountID, balance: UInt256, needed: UInt256)
  case erc20InsufficientAllowance(spender: AccountID, allowance: UInt256, needed: UInt256)
  case erc20InvalidSender(AccountID)
  case erc20InvalidReceiver(AccountID)
  case erc20InvalidApprover(AccountID)
  case erc20InvalidSpender(AccountID)

  public var name: String {
    switch self {
    case .none: ""
    case .ownableUnauthorizedAccount: "OwnableUnauthorizedAccount"
    case .ownableInvalidOwner: "OwnableInvalidOwner"
    case .reentrancyGuardReentrantCall: "ReentrancyGuardReentrantCall"
    case .erc20InsufficientBalance: "ERC20InsufficientBalance"
    case .erc20InsufficientAllowance: "ERC20InsufficientAllowance"
    case .erc20InvalidSender: "ERC20InvalidSender"
    case .erc20InvalidReceiver: "ERC20InvalidReceiver"
    case .erc20InvalidApprover: "ERC20InvalidApprover"
    case .erc20InvalidSpender: "ERC20InvalidSpender"
    }
  }

  /// What its selector hashes.
  public var signature: String {
    let types = arguments.map { if case .address = $0.value { "address" } else { "uint256" } }
    return "\(name)(\(types.joined(separator: ",")))"
  }

  /// In declaration order, with the parameter names of the declaration.
  public var arguments: [ABIValue.Field] {
    switch self {
    case .none, .reentrancyGuardReentrantCall: []
    case .ownableUnauthorizedAccount(let account): [.init("account", .address(account))]
    case .ownableInvalidOwner(let owner): [.init("owner", .address(owner))]
    case .erc20InsufficientBalance(let sender, let balance, let needed):
      [
        .init("sender", .address(sender)), .init("balance", .uint(balance)),
        .init("needed", .uint(needed)),
      ]
    case .erc20InsufficientAllowance(let spender, let allowance, let needed):
      [
        .init("spender", .address(spender)), .init("allowance", .uint(allowance)),
        .init("needed", .uint(needed)),
      ]
    case .erc20InvalidSender(let sender): [.init("sender", .address(sender))]
    case .erc20InvalidReceiver(let receiver): [.init("receiver", .address(receiver))]
    case .erc20InvalidApprover(let approver): [.init("approver", .address(approver))]
    case .erc20InvalidSpender(let spender): [.init("spender", .address(spender))]
    }
  }
}
