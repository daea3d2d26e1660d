public import Quantities

/// Accounts: address, ETH, code, and their warmth.
///
/// Row layout after the header: balance (32 bytes), instance of the contract (4), kind of code (1),
/// zero bytes of the address (1), nonce (4). Slot 0 of the masks is the account itself.
extension Machine {
  static var accountStride: Int { Row.headerSize + 32 + 4 + 1 + 1 + 4 }
  @usableFromInline static var balanceOffset: Int { Row.headerSize }
  @usableFromInline static var codeOffset: Int { Row.headerSize + 32 }

  /// The ledger of ETH.
  public static var ethLedger: UInt8 { 1 }

  /// Number of accounts, the zero address included.
  public var accountCount: Int { addresses.count / 20 }

  /// Adds an account without code or ETH, or finds the one that has the address.
  ///
  /// - Parameter address: 20 bytes.
  /// - Complexity: O(1) for addresses given here before; else O(accounts) on a chain with derived
  ///   addresses, of which no index is kept.
  public mutating func account(at address: [UInt8]) -> AccountID {
    if let number = accountNumbers[address] { return AccountID(number) }
    if let derived = derivedAccount(at: address) { return derived }
    accountNumbers[address] = UInt32(accountCount)
    return addAccount(address: address)
  }

  /// Adds an account whose address is derived from its number, so that nothing but the number
  /// need be stored to find it again.
  public mutating func addSyntheticAccount() -> AccountID {
    hasDerivedAddresses = true
    return addAccount(address: AccountID(UInt32(accountCount)).syntheticAddress)
  }

  private func derivedAccount(at address: [UInt8]) -> AccountID? {
    guard hasDerivedAddresses, address.count == 20 else { return nil }
    for number in 0..<accountCount
    where addresses[number * 20] == address[0]
      && addresses[number * 20..<number * 20 + 20] == address[...]
    {
      return AccountID(UInt32(number))
    }
    return nil
  }

  mutating func addAccount(address: [UInt8]) -> AccountID {
    precondition(address.count == 20, "an address has 20 bytes")
    let id = AccountID(UInt32(accountCount))
    addresses.append(contentsOf: address)
    if id.isZero { accountNumbers[address] = 0 }
    let row = accounts.row(Int(id.index))
    row.setZeroBytes(UInt8(address.count { $0 == 0 }))
    return id
  }

  /// 20 bytes.
  public func address(of account: AccountID) -> [UInt8] {
    let start = Int(account.index) * 20
    return Array(addresses[start..<start + 20])
  }

  /// Zero bytes among the 20 of the address, for the price of calldata.
  @inlinable @inline(__always) public func zeroBytes(of account: AccountID) -> Int {
    Int(truncatingIfNeeded: (code(of: account) >> 40) & 0xFF)
  }

  /// Kind of code and instance; kind 0 is an account without code.
  @inlinable @inline(__always) public func codeKind(of account: AccountID) -> UInt8 {
    UInt8(truncatingIfNeeded: code(of: account) >> 32)
  }
  @inlinable @inline(__always) public func instance(of account: AccountID) -> Int {
    Int(UInt32(truncatingIfNeeded: code(of: account)))
  }
  @inlinable @inline(__always) func code(of account: AccountID) -> UInt64 {
    accounts.row(Int(account.index)).bits(at: Machine.codeOffset)
  }

  /// Puts code at an account; not journalled, because deployment is not undone.
  public mutating func setCode(_ kind: UInt8, instance: Int, at account: AccountID) {
    accounts.row(Int(account.index)).setCode(kind, instance: UInt32(instance))
  }

  /// Transactions that the account has sent.
  @inlinable @inline(__always) public func nonce(of account: AccountID) -> UInt32 {
    UInt32(
      truncatingIfNeeded: accounts.row(Int(account.index)).bits(at: Machine.codeOffset + 4) >> 16)
  }

  /// Counts a transaction of the account, whether it succeeds or not.
  @inlinable @inline(__always) public func countTransaction(of account: AccountID) {
    accounts.row(Int(account.index)).incrementNonce()
  }

  /// Whether sending value there makes a new account: no code, no ETH, no transaction sent.
  @inlinable @inline(__always) public func isUnused(_ account: AccountID) -> Bool {
    codeKind(of: account) == 0 && ethBalance(of: account).isZero && nonce(of: account) == 0
  }

  @inlinable @inline(__always) public func ethSlot(_ account: AccountID) -> WideSlot {
    WideSlot(
      accounts.row(Int(account.index)), slot: 1, offset: Machine.balanceOffset,
      ledger: Machine.ethLedger)
  }

  @inlinable @inline(__always) public func ethBalance(of account: AccountID) -> UInt256 {
    peek(ethSlot(account))
  }

  /// Creates ETH at genesis.
  public mutating func mintETH(_ amount: UInt256, to account: AccountID) {
    let slot = ethSlot(account)
    slot.row.setWord(peek(slot) + amount, at: Machine.balanceOffset)
    ledgers[0].mintAtGenesis(amount)
  }

  /// Makes an account warm without a charge, as sender and target are from the start.
  @inlinable @inline(__always) public mutating func warm(_ account: AccountID) {
    let row = accounts.row(Int(account.index))
    row.header = currentHeader(row) | Machine.warmBit(0)
  }

  /// Pays for touching an account: cold or warm.
  @inlinable @inline(__always) public mutating func chargeAccount(_ account: AccountID)
    throws(CallFailure)
  {
    let row = accounts.row(Int(account.index))
    let header = currentHeader(row)
    if header & Machine.warmBit(0) != 0 { return try charge(GasSchedule.warmAccess) }
    row.header = header | Machine.warmBit(0)
    if catchDepth > 0 { journalWarmth(row, 0) }
    try charge(GasSchedule.coldAccount)
  }

  /// Moves ETH, journalled and without a charge.
  ///
  /// - Returns: false, with nothing moved, when `from` has less.
  @inlinable @inline(__always) public mutating func moveETH(
    _ amount: UInt256, from: AccountID, to: AccountID
  ) -> Bool {
    if amount.isZero { return true }
    return moveSomeETH(amount, from: from, to: to)
  }

  @usableFromInline @inline(never) mutating func moveSomeETH(
    _ amount: UInt256, from: AccountID, to: AccountID
  ) -> Bool {
    let balance = ethBalance(of: from)
    if balance < amount { return false }
    write(balance - amount, ethSlot(from))
    write(ethBalance(of: to) + amount, ethSlot(to))
    return true
  }

  /// A journalled write that is not an SSTORE.
  mutating func write(_ value: UInt256, _ slot: WideSlot) {
    let header = currentHeader(slot.row)
    let dirty = Machine.dirtyBit(slot.slot)
    let old = peek(slot)
    if old == value { return }
    journal.touchesLedger = true
    journal.append(
      JournalEntry(
        row: slot.row, offset: slot.offset, width: 32, slot: slot.slot, ledger: slot.ledger,
        isFirst: header & dirty == 0, old: old))
    slot.row.header = header | dirty
    slot.row.setWord(value, at: Int(slot.offset))
  }
}

extension Row {
  @inlinable @inline(__always) func incrementNonce() {
    let offset = Machine.codeOffset + 6
    let nonce = unsafe base.loadUnaligned(fromByteOffset: offset, as: UInt32.self)
    unsafe base.storeBytes(of: nonce &+ 1, toByteOffset: offset, as: UInt32.self)
  }
  func setZeroBytes(_ count: UInt8) {
    unsafe base.storeBytes(of: count, toByteOffset: Machine.codeOffset + 5, as: UInt8.self)
  }
  func setCode(_ kind: UInt8, instance: UInt32) {
    unsafe base.storeBytes(of: instance, toByteOffset: Machine.codeOffset, as: UInt32.self)
    unsafe base.storeBytes(of: kind, toByteOffset: Machine.codeOffset + 4, as: UInt8.self)
  }
}

extension Machine {
  /// Moves ETH for good, between transactions.
  ///
  /// - Returns: false, with nothing moved, when `from` has less.
  public mutating func transferOutsideTransaction(
    _ amount: UInt256, from: AccountID, to: AccountID
  ) -> Bool {
    let payer = ethSlot(from)
    let balance = peek(payer)
    if balance < amount { return false }
    payer.row.setWord(balance - amount, at: Machine.balanceOffset)
    let receiver = ethSlot(to)
    receiver.row.setWord(peek(receiver) + amount, at: Machine.balanceOffset)
    return true
  }

  /// Adds a balance and its supply to a token's books at genesis.
  public mutating func mintAtGenesis(
    _ amount: UInt256, balance: WideSlot, supply: WideSlot
  ) {
    balance.row.initialize(balance, to: peek(balance) + amount)
    supply.row.initialize(supply, to: peek(supply) + amount)
    ledgers[Int(balance.ledger) - 1].mintAtGenesis(amount)
  }
}
