import EVM
import Quantities

/// Keeping what contracts owe, and noticing when they cannot pay it.
extension World {
  /// The contract owes more.
  @inline(__always) mutating func owe(
    _ amount: UInt256, _ debts: Debts, in token: AccountID,
    because cause: ShortfallCause = .unbackedRecord
  ) {
    changeDebt(of: debts, in: token, by: amount, because: cause)
  }

  /// The contract owes less, most often because it pays.
  @inline(__always) mutating func settle(
    _ amount: UInt256, _ debts: Debts, in token: AccountID,
    because cause: ShortfallCause = .payment
  ) {
    changeDebt(
      of: debts, in: token, by: UInt256.zero.subtractingReportingOverflow(amount).partialValue,
      because: cause)
  }

  /// The contract pays without owing, so that its book must be looked at.
  mutating func spend(_ debts: Debts, in token: AccountID, because cause: ShortfallCause) {
    changeDebt(of: debts, in: token, by: .zero, because: cause)
  }

  /// - Parameter change: Modulo 2²⁵⁶: amounts that nobody can have wrap and come back.
  @inline(__always) mutating func changeDebt(
    of debts: Debts, in token: AccountID, by change: UInt256, because cause: ShortfallCause
  ) {
    let ledger = ledger(of: token)
    if ledger == 0 { return }
    let row = debts.row(of: ledger)
    var book = Debts.book(row).current
    if book == 0 { book = openBook(of: debts, in: token, ledger) }
    suspectBooks |= 1 &<< UInt64(min(book &- 1, 63))
    lastMoneyMove = cause
    if change.isZero { return }
    let owed = Debts.owed(row)
    evm.note(owed.current.addingReportingOverflow(change).partialValue, at: owed)
  }

  /// 0 for what is no token.
  @inline(__always) private mutating func ledger(of token: AccountID) -> UInt8 {
    if token.isZero { return Machine.ethLedger }
    let instance = evm.instance(of: token)
    return switch code(of: token) {
    case .testToken: tokens[instance].ledger
    case .governanceToken: governanceTokens[instance].ledger
    case .callbackToken: callbackTokens[instance].token.ledger
    default: 0
    }
  }

  @inline(never) private mutating func openBook(
    of debts: Debts, in token: AccountID, _ ledger: UInt8
  ) -> UInt16 {
    let instance = evm.instance(of: token)
    let balance =
      switch token.isZero ? .none : code(of: token) {
      case .testToken: tokens[instance].balance(of: debts.account)
      case .governanceToken: governanceTokens[instance].balance(of: debts.account)
      case .callbackToken: callbackTokens[instance].token.balance(of: debts.account)
      default: evm.ethSlot(debts.account)
      }
    let row = debts.row(of: ledger)
    let book = SolvencyBook(
      contract: debts.account, token: token, debt: Debts.owed(row), balance: balance)
    solvencyBooks.append(book)
    watchedBooks.append(WatchedBook(book: book))
    let number = UInt16(solvencyBooks.count)
    // Stays open whatever becomes of the transaction: an empty book says nothing.
    let slot = Debts.book(row)
    row.initialize(slot, to: number)
    return number
  }

  /// What a contract owes; nil for accounts that keep nobody's money.
  mutating func debts(of account: AccountID) -> Debts? {
    let instance = evm.instance(of: account)
    return switch code(of: account) {
    case .paymentEscrow: escrows[instance].debts
    case .jobMarketplace: marketplaces[instance].debts
    default: nil
    }
  }

  /// Ends a transaction: compares the books that it may have changed.
  @inline(__always) mutating func auditSolvency() {
    if suspectBooks != 0 { lookAtBooks() }
  }

  @inline(never) private mutating func lookAtBooks() {
    var suspects = suspectBooks
    suspectBooks = 0
    while suspects != 0 {
      let index = suspects.trailingZeroBitCount
      suspects &= suspects &- 1
      lookAtBook(index)
      // The last bit stands for every book from there on.
      if index == 63 {
        for further in 64..<max(64, watchedBooks.count) { lookAtBook(further) }
      }
    }
  }

  @inline(__always) private mutating func lookAtBook(_ index: Int) {
    let (owes, holds) = (watchedBooks[index].book.owes, watchedBooks[index].book.holds)
    let (missing, isSolvent) = owes.subtractingReportingOverflow(holds)
    let known = watchedBooks[index].knownShortfall
    if isSolvent || missing.isZero {
      if !known.isZero { watchedBooks[index].knownShortfall = .zero }
      return
    }
    watchedBooks[index].knownShortfall = missing
    let (more, isLess) = missing.subtractingReportingOverflow(known)
    if isLess || more.isZero { return }
    let entry = Int(watchedBooks[index].entries[Int(lastMoneyMove.rawValue)])
    if entry == 0 { return recordInsolvency(index, missing: more) }
    insolvencyList[entry - 1].add(more)
  }

  @inline(never) private mutating func recordInsolvency(_ index: Int, missing: UInt256) {
    let book = watchedBooks[index].book
    let cause = lastMoneyMove
    if rules.guaranteesSolvency {
      let names = "account \(book.contract.index), token \(book.token.index)"
      preconditionFailure(
        "\(names): \(missing) short by \(cause) in block \(evm.block.number), transaction "
          + "\(evm.transactionNumber), though the rules keep every contract solvent")
    }
    insolvencyList.append(
      Insolvency(
        contract: book.contract, token: book.token, cause: cause,
        timestamp: evm.block.timestamp, block: evm.block.number,
        transaction: evm.transactionNumber, firstShortfall: missing, totalShortfall: missing,
        transactions: 1))
    watchedBooks[index].entries[Int(cause.rawValue)] = UInt16(insolvencyList.count)
  }
}

extension ProtocolRules {
  /// Whether no sequence of calls leaves a contract with less than it owes: every rule that closes
  /// one of the ways there is in force.
  ///
  /// - Source: conformance/FINDINGS.md F3–F7, F32, F34–F40, F55, F56.
  public var guaranteesSolvency: Bool {
    escrowPerJob && paysOnce && batchPaysOnce && disputesAct && abandonedStaysEnded && feeOnce
      && releaseNeedsEscrow && marketplaceSetOnce && lockedFunds && checksTokenTransfers
      && challengeStakeInFAB && registrationGuarded && operationsFunded && batchesActAsWallet
      && jobsBelongToWallet
  }
}
