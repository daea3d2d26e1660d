public import EVM
import Quantities

/// The account contract: user operations, batches, session keys and payment streams.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/base_account.
public struct BaseAccountIntegration: BitwiseCopyable {
  public let account: AccountID
  // Immutables: part of the code, not of storage.
  let entryPoint: AccountID
  let paymaster: AccountID
  let jobMarketplace: AccountID
  let nodeRegistry: AccountID

  let debts: Debts
  let state: Row
  let keys: Mapping<UInt64>
  let streams: Mapping<UInt256>

  var nextStreamID: Slot<Compact> { Slot(state, slot: 0, offset: Row.headerSize) }

  /// `sessionKeys[wallet][key]`.
  func sessionKey(_ key: AccountID, of wallet: AccountID) -> SessionKey {
    SessionKey(row: keys.row(UInt64(wallet.index) << 32 | UInt64(key.index)))
  }

  /// `paymentStreams[id]`.
  func stream(_ id: UInt256) -> PaymentStream { PaymentStream(row: streams.row(id)) }

  init(
    at account: AccountID, entryPoint: AccountID, paymaster: AccountID,
    jobMarketplace: AccountID, nodeRegistry: AccountID, _ world: inout World
  ) {
    self.account = account
    debts = Debts(of: account, &world)
    self.entryPoint = entryPoint
    self.paymaster = paymaster
    self.jobMarketplace = jobMarketplace
    self.nodeRegistry = nodeRegistry
    state = world.evm.makeRow(size: 4)
    keys = world.evm.makeMapping(UInt64.self, size: SessionKey.size)
    streams = world.evm.makeMapping(UInt256.self, size: PaymentStream.size)
  }
}

/// `struct SessionKey`: two slots.
struct SessionKey: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 1 }
  private var start: Int { Mapping<UInt64>.valueOffset }

  /// Seconds since 1970; the key is good at this second still.
  var expires: Slot<Compact> { Slot(row, slot: 0, offset: start) }
  var isActive: Slot<Bool> { Slot(row, slot: 1, offset: start + 4) }
}

/// `struct PaymentStream`: seven slots.
struct PaymentStream: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 4 + 32 + 4 + 4 + 32 + 1 }
  private var start: Int { Mapping<UInt256>.valueOffset }

  var from: Slot<AccountID> { Slot(row, slot: 0, offset: start) }
  var to: Slot<AccountID> { Slot(row, slot: 1, offset: start + 4) }
  var totalAmount: WideSlot { WideSlot(row, slot: 2, offset: start + 8) }
  var startTime: Slot<Compact> { Slot(row, slot: 3, offset: start + 40) }
  /// Seconds.
  var duration: Slot<Compact> { Slot(row, slot: 4, offset: start + 44) }
  var withdrawn: WideSlot { WideSlot(row, slot: 5, offset: start + 48) }
  var isActive: Slot<Bool> { Slot(row, slot: 6, offset: start + 80) }
}
