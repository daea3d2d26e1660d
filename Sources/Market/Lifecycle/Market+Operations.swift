import EVM
import Quantities

/// ERC-4337: calls of contract wallets, bundled, and paid for by themselves or by paymasters.
extension Market {
  /// Executes a call as a user operation of the bundle that is being filled.
  ///
  /// Its own gas is charged here; the bundle's base and L1 data are shared out when the bundle is
  /// full or the block ends. Whoever could not pay for a bundle of its own at the gas limit is
  /// refused, as the entry point demands the prefund.
  mutating func executeOperation(
    _ transaction: MarketTransaction, from sender: AccountID, of party: MarketParty,
    wallet: MarketWallet, tip: Wei, at time: SimTime
  ) {
    let textLength = chain.textLength(
      of: transaction.function, promptTokens: transaction.promptTokens)
    let isSponsored = wallet.payer > 0
    let payer = isSponsored ? chain.bundler.paymasters[Int(wallet.payer) - 1] : sender
    let envelope = chain.bundler.envelope(
      of: transaction.function, textLength: textLength, isSponsored: isSponsored)
    let rules = chain.bundler.rules
    let limit =
      UserOperationRules.bundleGas
      + rules.gas(
        callGas: chain.gasLimit(of: transaction), in: envelope, isSponsored: isSponsored)
    let alone = chain.l1Fees.price.fee(
      fastLZSize: envelope.bundleFastLZSize + envelope.fastLZSize)
    let value = value(of: transaction)
    guard
      chain.canPay(
        limit, from: payer, tip: tip, l1Fee: alone + chain.bundledDebt(of: payer),
        value: isSponsored ? .zero : value)
    else {
      measured.operationsRefused += 1
      return conclude(transaction, .unpaid(by: sender), at: time)
    }
    var receipt = call(transaction, from: sender)
    if value > .zero { receipt.gasUsed += UserOperationRules.valueGas }
    receipt.gasUsed = rules.gas(
      callGas: receipt.gasUsed, in: envelope, isSponsored: isSponsored)
    let fee = chain.producer.charge(receipt.gasUsed, tip: tip, l1Fee: .zero)
    chain.collect(fee, from: payer)
    measured.operations += 1
    chain.bundler.append(
      BundledOperation(
        transaction: transaction, receipt: receipt, fee: fee, party: party, payer: wallet.payer,
        payerAccount: payer, tip: tip, envelope: envelope, jobNumber: jobNumber(of: transaction)))
    conclude(transaction, receipt, at: time)
    if chain.bundler.isFull { closeBundle(at: time) }
  }

  /// Shares out what the bundle costs beyond its operations, and books them.
  mutating func closeBundle(at time: SimTime) {
    let count = chain.bundler.bundle.count
    guard count > 0 else { return }
    measured.bundles += 1
    let shares = chain.chargeBundle()
    for index in 0..<count {
      var operation = chain.bundler.bundle[index]
      let isFirst = index == 0
      let fee = isFirst ? shares.first : shares.other
      chain.collect(fee, from: operation.payerAccount)
      operation.fee += fee
      operation.receipt.gasUsed += isFirst ? shares.firstGas : shares.otherGas
      account(
        for: operation.transaction, operation.receipt, operation.fee, of: operation.party,
        payer: operation.payer, jobNumber: operation.jobNumber, at: time)
    }
    chain.bundler.removeAll()
  }

  func payerName(_ payer: UInt8) -> String {
    payer == 0 ? "sender" : configuration.accounts.paymasters[Int(payer) - 1].name
  }
}

extension MarketChain {
  /// Equal shares of a bundle's base; the first operation bears what does not divide.
  struct BundleShares {
    var first: FeeBreakdown
    var other: FeeBreakdown
    var firstGas: Gas
    var otherGas: Gas
  }

  /// Charges the base of the open bundle: its gas at the first operation's tip, and the L1 data of
  /// the whole bundle, which weighs one transaction's envelope and each operation.
  mutating func chargeBundle() -> BundleShares {
    let operations = bundler.bundle
    let count = UInt64(operations.count)
    let size = operations.reduce(operations[0].envelope.bundleFastLZSize) {
      $0 + $1.envelope.fastLZSize
    }
    let gas = UserOperationRules.bundleGas
    let whole = producer.charge(
      gas, tip: operations[0].tip, l1Fee: l1Fees.price.fee(fastLZSize: size))
    let other = FeeBreakdown(
      base: whole.base.share(count), tip: whole.tip.share(count), l1: whole.l1.share(count),
      operator: whole.operator.share(count))
    let rest = FeeBreakdown(
      base: whole.base - other.base.times(Gas(count - 1)),
      tip: whole.tip - other.tip.times(Gas(count - 1)),
      l1: whole.l1 - other.l1.times(Gas(count - 1)),
      operator: whole.operator - other.operator.times(Gas(count - 1)))
    let otherGas = Gas(gas.units / count)
    return BundleShares(
      first: rest, other: other, firstGas: gas - otherGas * (count - 1), otherGas: otherGas)
  }

  /// The most that a payer may still owe for operations in the open bundle: each might be the only
  /// one of its bundle.
  mutating func bundledDebt(of payer: AccountID) -> Wei {
    var debt = Wei.zero
    for operation in bundler.bundle where operation.payerAccount == payer {
      debt +=
        (producer.baseFee + operation.tip).times(UserOperationRules.bundleGas)
        + l1Fees.price.fee(
          fastLZSize: operation.envelope.bundleFastLZSize + operation.envelope.fastLZSize)
    }
    return debt
  }
}

extension Wei {
  fileprivate func share(_ count: UInt64) -> Wei { Wei(rawValue / UInt128(count)) }
}
