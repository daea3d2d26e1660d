public import Quantities

/// The EVM's side of one chain: accounts, storage, journal and gas meter, without any contract.
///
/// One transaction runs at a time. Its number is the epoch that makes slots and accounts cold;
/// the journal undoes failing frames; the gas meter counts down.
public struct Machine: ~Copyable {
  // The gas meter.

  /// Gas left to the running frame.
  public var gas: Int64 = 0
  /// Refund earned so far; may be negative within a transaction.
  public var refund: Int64 = 0
  /// Gas charged for plain computation in this transaction, for calibration.
  public var computeGas: Int64 = 0

  // The running transaction.

  /// Number of the transaction, from 1.
  @usableFromInline var epoch: UInt32 = 0
  @usableFromInline var journal = Journal()
  /// Open frames whose failure somebody may catch; only then must warmth be journalled.
  @usableFromInline var catchDepth = 0
  /// Calls open above the transaction itself.
  @usableFromInline var depth = 0
  public var block = BlockEnvironment(timestamp: 0, number: 0)
  public var origin = AccountID.zero
  /// Arguments of the last `CallFailure.custom`.
  public var customError = CustomError.none

  // The state.

  public var strings = StringTable()
  public var words = WideWords()
  @usableFromInline let accounts: Table
  @usableFromInline var addresses: [UInt8] = []
  @usableFromInline var accountNumbers: [[UInt8]: UInt32] = [:]
  var hasDerivedAddresses = false
  @usableFromInline var tables: [Table] = []
  @usableFromInline var freeIndexes: [() -> Void] = []
  @usableFromInline var ledgers = UniqueList<Ledger>()

  public init() {
    accounts = Table(stride: Machine.accountStride, chunkShift: 12)
    tables.append(accounts)
    ledgers.append(Ledger(table: accounts, balanceOffset: Machine.balanceOffset))
    // The zero address is account 0.
    _ = addAccount(address: [UInt8](repeating: 0, count: 20))
  }

  deinit {
    for free in freeIndexes { free() }
    for table in tables { table.deallocate() }
  }

  /// A table of rows whose values take `size` bytes after the header.
  ///
  /// - Parameter chunkShift: Binary logarithm of the rows made at a time.
  public mutating func makeTable(size: Int, chunkShift: Int) -> Table {
    let table = Table(stride: Row.headerSize + size, chunkShift: chunkShift)
    tables.append(table)
    return table
  }

  /// A single row, such as a contract's own variables.
  public mutating func makeRow(size: Int) -> Row { makeTable(size: size, chunkShift: 0).row(0) }

  public mutating func makeMapping<Key: MappingKey>(
    _ key: Key.Type, size: Int, chunkShift: Int = 8
  ) -> Mapping<Key> {
    let mapping = Mapping<Key>(valueSize: size, chunkShift: chunkShift)
    tables.append(mapping.rows)
    freeIndexes.append { mapping.deallocateIndex() }
    return mapping
  }

  /// Rows of the accounts, by number, for asking the cache ahead of use.
  public var accountRows: Table { accounts }

  /// Bytes of storage tables, without strings and indexes.
  public var tableMemory: Int { tables.reduce(0) { $0 + $1.memoryUsed } }
}
