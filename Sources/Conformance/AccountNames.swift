import EVM

/// The symbolic names of one case and the accounts behind them.
struct AccountNames {
  private var accounts: [String: AccountID] = ["ZERO": .zero]
  private var names: [AccountID: String] = [.zero: "ZERO"]

  /// The first name of an account is the one that messages show.
  mutating func bind(_ name: String, to account: AccountID) {
    accounts[name] = account
    if names[account] == nil { names[account] = name }
  }

  subscript(name: String) -> AccountID? { accounts[name] }

  /// The account that `node` names.
  func account(_ node: JSONNode) throws(JSONProblem) -> AccountID {
    let name = try node.text()
    guard let account = accounts[name] else { throw node.expected("an account of this case") }
    return account
  }

  func name(of account: AccountID) -> String { names[account] ?? "account \(account.index)" }
}
