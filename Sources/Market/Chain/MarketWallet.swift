/// How one cohort's calls reach the chain and who pays, as every transaction asks it; plain words.
struct MarketWallet: BitwiseCopyable {
  /// Calls travel as user operations.
  var isSmart: Bool
  /// 0: the wallet itself; n: the n-th paymaster.
  var payer: UInt8

  static let ownAccount = MarketWallet(.ownAccount, paymasters: [])

  /// - Parameter paymasters: Names in the order of the scenario.
  init(_ wallet: WalletConfiguration, paymasters: [String]) {
    switch wallet {
    case .ownAccount: (isSmart, payer) = (false, 0)
    case .smart: (isSmart, payer) = (true, 0)
    case .sponsored(let name):
      guard let index = paymasters.firstIndex(of: name) else {
        preconditionFailure("\(name) is no paymaster of the scenario")
      }
      (isSmart, payer) = (true, UInt8(index + 1))
    }
  }
}

/// Whose transaction it is.
enum MarketParty: BitwiseCopyable {
  case renter(RenterID)
  case host(HostID)
  case verifier(UInt16)
  /// Arbiter, governor, guardian.
  case official
  case challenger(UInt16)
}
