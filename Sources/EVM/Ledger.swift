public import Quantities

/// Running account of one token, or of ETH: what its balances add up to.
///
/// Kept up at the end of each transaction from the journal, and compared with what was minted less
/// what was burned; a full recount checks the running sum itself.
public struct Ledger: BitwiseCopyable {
  /// The table whose rows hold the balances, numbered by account.
  public let table: Table
  let balanceOffset: Int
  /// Σ balances, modulo 2²⁵⁶.
  public internal(set) var sum = UInt256.zero
  /// Minted less burned, modulo 2²⁵⁶.
  public internal(set) var supply = UInt256.zero

  init(table: Table, balanceOffset: Int) {
    self.table = table
    self.balanceOffset = balanceOffset
  }

  mutating func mintAtGenesis(_ amount: UInt256) {
    sum = sum.addingReportingOverflow(amount).partialValue
    supply = supply.addingReportingOverflow(amount).partialValue
  }

  /// Σ balances, from the rows.
  public func recount() -> UInt256 {
    var total = UInt256.zero
    unsafe table.forEachWrittenRow { _, bytes in
      let offset = balanceOffset - Row.headerSize
      total =
        total.addingReportingOverflow(
          unsafe bytes.loadUnaligned(fromByteOffset: offset, as: UInt256.self)
        ).partialValue
    }
    return total
  }
}

/// The audit's first finding: whose balance changed in the transaction that made or lost money.
public struct AuditFinding: Hashable, Sendable {
  /// Number of the transaction since the chain began, from 1.
  public let transaction: UInt32
  /// 1 for ETH, then tokens in the order of their deployment.
  public let ledger: UInt8
  public let account: AccountID
  public let sum: UInt256
  public let supply: UInt256
}

extension Machine {
  /// Opens the books of a token. `supply` changes must be told by `recordSupplyChange`.
  public mutating func openLedger(balances: Table, balanceOffset: Int) -> UInt8 {
    ledgers.append(Ledger(table: balances, balanceOffset: balanceOffset))
    return UInt8(ledgers.count)
  }

  /// Moves the running sums by what the transaction changed, and compares them with the supplies.
  ///
  /// - Parameter supplyChange: Minted less burned in this transaction, modulo 2²⁵⁶, by ledger.
  /// - Complexity: O(changes of the transaction).
  @inlinable @inline(__always) public mutating func audit() -> AuditFinding? {
    if !journal.touchesLedger { return nil }
    let ledger = postChanges()
    return ledger == 0 ? nil : finding(ledger)
  }

  /// Posts what the transaction changed.
  ///
  /// - Returns: The first ledger that does not balance, 0 when all do.
  @usableFromInline @inline(never) mutating func postChanges() -> UInt8 {
    var touched: UInt64 = 0
    // A transaction mostly changes one ledger, so changes in a row are posted together.
    var posting: UInt8 = 0
    var change = UInt256.zero
    for index in 0..<journal.count {
      let marks = journal.marks(of: index)
      if marks.ledger == 0 || !marks.isFirst { continue }
      let entry = journal[index]
      touched |= 1 &<< UInt64(entry.ledger & 63)
      if entry.ledger != posting {
        post(change, to: posting)
        posting = entry.ledger
        change = .zero
      }
      let current = entry.row.word(at: Int(entry.offset))
      change = change.addingReportingOverflow(current).partialValue
      change = change.subtractingReportingOverflow(entry.old).partialValue
    }
    post(change, to: posting)
    while touched != 0 {
      let ledger = UInt8(truncatingIfNeeded: touched.trailingZeroBitCount)
      touched &= touched &- 1
      let books = Int(ledger) - 1
      if ledgers[books].sum != ledgers[books].supply { return ledger }
    }
    return 0
  }

  @inline(__always) private mutating func post(_ change: UInt256, to ledger: UInt8) {
    if change.isZero { return }
    let index = Int(ledger & 63) - 1
    if ledger & Machine.supplyFlag != 0 {
      ledgers[index].supply = ledgers[index].supply.addingReportingOverflow(change).partialValue
    } else {
      ledgers[index].sum = ledgers[index].sum.addingReportingOverflow(change).partialValue
    }
  }

  /// Marks a slot that holds a ledger's supply rather than a balance.
  public static var supplyFlag: UInt8 { 64 }

  @usableFromInline @inline(never) func finding(_ ledger: UInt8) -> AuditFinding {
    let books = ledgers[Int(ledger) - 1]
    var account = AccountID.zero
    for index in 0..<journal.count
    where journal[index].ledger == ledger && journal[index].isFirst {
      if let number = books.table.number(of: journal[index].row) {
        account = AccountID(UInt32(number))
        break
      }
    }
    return AuditFinding(
      transaction: epoch, ledger: ledger, account: account, sum: books.sum, supply: books.supply)
  }

  /// Compares every running sum with a full recount and with the supply.
  ///
  /// - Returns: The first ledger that differs, nil when all agree.
  public func recount() -> UInt8? {
    for index in 0..<ledgers.count {
      let ledger = ledgers[index]
      if ledger.recount() != ledger.sum || ledger.sum != ledger.supply { return UInt8(index + 1) }
    }
    return nil
  }
}
