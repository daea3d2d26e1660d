import Contracts
import EVM
import Quantities

/// The balances that a case asserts: every known account, in ETH and in each token of the case.
struct BalanceWatch {
  private(set) var accounts: [AccountID] = []
  /// Keys of the format: `eth`, and the lower-case names of the token contracts that exist.
  private(set) var assets: [Asset] = [Asset(key: "eth", token: nil)]
  /// What each should hold by now, by account and asset.
  private var expected: [UInt256] = []

  struct Asset {
    var key: String
    var token: AccountID?
  }

  struct Difference {
    var account: AccountID
    var asset: Asset
    var expected: UInt256
    var got: UInt256
  }

  mutating func watch(_ account: AccountID) {
    if !accounts.contains(account) { accounts.append(account) }
  }

  mutating func addToken(named name: String, at token: AccountID) {
    if ["FAB", "USDC", "GOV"].contains(name) {
      assets.append(Asset(key: name.lowercased(), token: token))
    }
  }

  /// Takes what the world holds now as the start.
  mutating func begin(in world: borrowing World) {
    expected = []
    for account in accounts {
      for asset in assets { expected.append(Self.balance(of: account, in: asset, world)) }
    }
  }

  /// What the account should hold before the next change; nil when it is not watched.
  func expected(of account: AccountID, in key: String) -> UInt256? {
    position(of: account, in: key).map { expected[$0] }
  }

  /// Records a change that the vector asserts; false when nobody watches that balance.
  mutating func expect(_ amount: UInt256, of account: AccountID, in key: String) -> Bool {
    guard let position = position(of: account, in: key) else { return false }
    expected[position] = amount
    return true
  }

  /// Every watched balance that is not what it should be, changed by the step or not.
  func differences(in world: borrowing World) -> [Difference] {
    var differences: [Difference] = []
    var position = 0
    for account in accounts {
      for asset in assets {
        let got = Self.balance(of: account, in: asset, world)
        if got != expected[position] {
          differences.append(
            Difference(account: account, asset: asset, expected: expected[position], got: got))
        }
        position += 1
      }
    }
    return differences
  }

  private func position(of account: AccountID, in key: String) -> Int? {
    guard let row = accounts.firstIndex(of: account),
      let column = assets.firstIndex(where: { $0.key == key })
    else { return nil }
    return row * assets.count + column
  }

  static func balance(of account: AccountID, in asset: Asset, _ world: borrowing World) -> UInt256 {
    guard let token = asset.token else { return world.ethBalance(of: account) }
    return world.tokenBalance(of: account, token: token)
  }
}
