public import Quantities

/// Running account of one token, or of ETH: what its balances add up to.
///
/// Kept up at the end of each transaction from the journal, and compared with what was minted less
/// what was burned; a full recount checks the running sum itself.
public struct Ledger {
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
  @inlinable public mutating func audit() -> AuditFinding? {
    var touched: UInt64 = 0
    for index in 0..<journal.count {
      let entry = journal[index]
      if entry.ledger == 0 || !entry.isFirst { continue }
      touched |= 1 << UInt64(entry.ledger & 63)
      post(entry)
    }
    while touched != 0 {
      let ledger = UInt8(truncatingIfNeeded: touched.trailingZeroBitCount)
      touched &= touched &- 1
      if unequal(ledger) { return finding(ledger) }
    }
    return nil
  }

  @usableFromInline mutating func post(_ entry: JournalEntry) {
    let current = entry.row.word(at: Int(entry.offset))
    let change = current.subtractingReportingOverflow(entry.old).partialValue
    let index = Int(entry.ledger & 63) - 1
    if entry.ledger & Machine.supplyFlag != 0 {
      ledgers[index].supply = ledgers[index].supply.addingReportingOverflow(change).partialValue
    } else {
      ledgers[index].sum = ledgers[index].sum.addingReportingOverflow(change).partialValue
    }
  }

  /// Marks a slot that holds a ledger's supply rather than a balance.
  public static var supplyFlag: UInt8 { 64 }

  @usableFromInline func unequal(_ ledger: UInt8) -> Bool {
    let ledger = ledgers[Int(ledger) - 1]
    return ledger.sum != ledger.supply
  }

  @usableFromInline func finding(_ ledger: UInt8) -> AuditFinding {
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
    for (index, ledger) in ledgers.enumerated() {
      if ledger.recount() != ledger.sum || ledger.sum != ledger.supply { return UInt8(index + 1) }
    }
    return nil
  }
}
