internal import Market
internal import Quantities

/// `accounts:`, contract wallets and who sponsors them.
enum AccountsKeys {
  static let bundleSize = Key(
    "bundleSize", .integer(in: 1...1_000), optional: "the protocol's bundleSize",
    "User operations that a bundler puts into one transaction at most.")
  static let verificationGas = Key(
    "verificationGas", .gas(in: 0...5_000_000), standard: "20000 gas",
    "Gas of a wallet's check of one user operation.")
  static let paymasterGas = Key(
    "paymasterGas", .gas(in: 0...5_000_000), standard: "15000 gas",
    "Gas of a paymaster's check of one user operation.")
  static let paymasters = Key(
    "paymasters", Kind<[AccountsConfiguration.Paymaster]>.list(of: paymaster.kind, count: 1...255),
    optional: "nobody sponsors", "Who pays for other people's operations.")

  private static let name = Key("name", .name, "Name of the paymaster, as wallets name it.")
  private static let deposit = Key(
    "deposit", .amount("ETH", in: .from(0, to: 1e9), example: "2 ETH"),
    "Deposited at the start; operations that it cannot cover are refused.")
  private static let paymaster = SectionShape<AccountsConfiguration.Paymaster>(
    declaration: SectionDeclaration(
      name: "paymaster", doc: "Somebody who pays for user operations out of a deposit.",
      keys: [name.declaration, deposit.declaration])
  ) { section in
    let name = section.required(name)
    let deposit = section.required(deposit)
    guard let name, let deposit else { return nil }
    if section.reading.paymasterNames.contains(name) {
      section.complain(
        "name", "is \"\(name)\", which another paymaster has", do: "give each its own name")
    }
    section.reading.paymasterNames.append(name)
    return AccountsConfiguration.Paymaster(name: name, deposit: deposit)
  }

  static let shape = SectionShape<AccountsConfiguration>(
    declaration: SectionDeclaration(
      name: "accounts", doc: "ERC-4337: contract wallets, their checks and their sponsors.",
      keys: [
        bundleSize.declaration, verificationGas.declaration, paymasterGas.declaration,
        paymasters.declaration,
      ])
  ) { section in
    AccountsConfiguration(
      bundleSize: section.optional(bundleSize),
      verificationGas: section.standard(verificationGas),
      paymasterGas: section.standard(paymasterGas),
      paymasters: section.optional(paymasters) ?? [])
  }
}

/// `wallet:` of a cohort: `ownAccount`, `smart` or `{sponsored: NAME}`.
enum WalletKeys {
  static let wallet = Key(
    "wallet", kind, standard: "ownAccount",
    "ownAccount: pays for its own transactions; smart: a contract wallet that sends user "
      + "operations; {sponsored: NAME}: one for which a paymaster pays.")

  private static let sponsored = Key(
    "sponsored", .name, "The paymaster, one of accounts.paymasters.")

  private static let kind = Kind<WalletConfiguration>.either(
    scalar: .word([("ownAccount", .ownAccount), ("smart", .smart)]),
    section: SectionShape<WalletConfiguration>(
      declaration: SectionDeclaration(
        name: "wallet", doc: "A contract wallet and who pays for it.",
        keys: [sponsored.declaration])
    ) { section in
      guard let name = section.required(sponsored) else { return nil }
      let known = section.reading.paymasterNames
      guard known.contains(name) else {
        section.complain(
          "sponsored", "is \"\(name)\", which is no paymaster",
          do: known.isEmpty
            ? "describe it under accounts.paymasters"
            : "name one of accounts.paymasters: \(Nearest.list(known))")
        return nil
      }
      return .sponsored(by: name)
    }.kind)
}
