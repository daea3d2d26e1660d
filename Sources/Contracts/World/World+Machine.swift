import EVM
import Quantities

/// The machine's operations under the names that contract code uses.
extension World {
  @inline(__always) mutating func load<Value>(_ slot: Slot<Value>) throws(CallFailure) -> Value {
    try evm.load(slot)
  }
  @inline(__always) mutating func load(_ slot: WideSlot) throws(CallFailure) -> UInt256 {
    try evm.load(slot)
  }
  @inline(__always) mutating func load(_ slot: StringSlot) throws(CallFailure) -> StringID {
    try evm.load(slot)
  }
  /// Reads a string that is copied on, word by word.
  @inline(__always) mutating func load(
    _ slot: StringSlot, computing wordCost: Int64
  ) throws(CallFailure) -> StringID {
    try evm.load(slot, computing: wordCost)
  }
  /// Reads a value kept compactly.
  @inline(__always) mutating func load(_ slot: Slot<Compact>) throws(CallFailure) -> UInt256 {
    evm.words.value(try evm.load(slot))
  }

  @inline(__always) mutating func store<Value>(
    _ value: Value, _ slot: Slot<Value>
  ) throws(CallFailure) { try evm.store(value, slot) }
  @inline(__always) mutating func store(_ value: UInt256, _ slot: WideSlot) throws(CallFailure) {
    try evm.store(value, slot)
  }
  @inline(__always) mutating func store(_ value: UInt256, _ slot: Slot<Compact>) throws(CallFailure)
  {
    try evm.store(evm.words.compact(value), slot)
  }
  @inline(__always) mutating func store(_ value: StringID, _ slot: StringSlot) throws(CallFailure) {
    try evm.store(value, slot)
  }

  /// SLOAD and SSTORE of a slot of which the value is a part, or an address, as solc writes them.
  @inline(__always) mutating func update<Value>(
    _ value: Value, _ slot: Slot<Value>
  ) throws(CallFailure) {
    _ = try evm.load(slot)
    try evm.store(value, slot)
  }

  @inline(__always) mutating func compute(_ units: Int64) throws(CallFailure) {
    try evm.compute(units)
  }

  @inline(__always) func require(_ condition: Bool, else reason: RevertReason) throws(CallFailure) {
    if !condition { throw .reverted(reason) }
  }

  /// A token transfer's answer: the reference ignores it.
  @inline(__always) func requireMoved(_ moved: Bool) throws(CallFailure) {
    if !moved, rules.checksTokenTransfers { throw .reverted(.transferFailed) }
  }

  /// Logs an event at the price of its layout.
  @inline(__always) mutating func emit(_ event: Event, from contract: AccountID) throws(CallFailure)
  {
    let (topics, bytes) = layout(of: event)
    try evm.chargeLog(topics: topics, bytes: bytes)
    logs.append(Log(contract: contract, event: event))
  }

  @inline(__always) func length(of string: StringID) -> Int { evm.strings.length(of: string) }

  /// Data slots that a string in storage takes besides its head.
  @inline(__always) func dataWords(of string: StringID) -> Int {
    evm.strings.dataWords(of: string)
  }

  /// Bytes of a string in the ABI encoding, after its length word.
  @inline(__always) func paddedLength(of string: StringID) -> Int {
    (length(of: string) + 31) & ~31
  }
}

extension UInt256 {
  /// Solidity 0.8's addition: panics instead of wrapping.
  @inline(__always) func adding(_ other: UInt256) throws(CallFailure) -> UInt256 {
    let (sum, overflow) = addingReportingOverflow(other)
    if overflow { throw .panic(.arithmetic) }
    return sum
  }
  @inline(__always) func subtracting(_ other: UInt256) throws(CallFailure) -> UInt256 {
    let (difference, overflow) = subtractingReportingOverflow(other)
    if overflow { throw .panic(.arithmetic) }
    return difference
  }
  func multiplied(by other: UInt256) throws(CallFailure) -> UInt256 {
    let (product, overflow) = multipliedReportingOverflow(by: other)
    if overflow { throw .panic(.arithmetic) }
    return product
  }
}
