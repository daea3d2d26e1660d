public import EVM
import Quantities

/// The token that votes: ERC-20 with delegation and checkpoints of votes by block.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/governance_token.
public struct GovernanceToken: BitwiseCopyable {
  public let account: AccountID
  let state: Row
  let holders: Table
  let allowances: Mapping<UInt64>
  let checkpoints: Mapping<UInt64>
  let ledger: UInt8
  let name: StringID
  let symbol: StringID
  /// EIP-712 domain: name, version 1, chain and address; an immutable of the contract.
  let domainSeparator: Bytes32

  var totalSupply: WideSlot {
    WideSlot(state, slot: 0, offset: Row.headerSize, ledger: ledger | Machine.supplyFlag)
  }
  var owner: Slot<AccountID> { Slot(state, slot: 1, offset: Row.headerSize + 32) }
  /// `_totalSupplyCheckpoints`.
  var supplyHistory: CheckpointList {
    // No account has this number: it would be the last of 2³².
    CheckpointList(
      holder: .max, count: Slot(state, slot: 2, offset: Row.headerSize + 36), rows: checkpoints)
  }

  func balance(of account: AccountID) -> WideSlot {
    WideSlot(holder(account), slot: 0, offset: Row.headerSize, ledger: ledger)
  }
  /// `_delegates[account]`.
  func delegate(of account: AccountID) -> Slot<AccountID> {
    Slot(holder(account), slot: 1, offset: Row.headerSize + 32)
  }
  /// `_nonces[account]`.
  func nonce(of account: AccountID) -> Slot<UInt32> {
    Slot(holder(account), slot: 2, offset: Row.headerSize + 36)
  }
  /// `_checkpoints[account]`.
  func history(of account: AccountID) -> CheckpointList {
    CheckpointList(
      holder: account.index,
      count: Slot(holder(account), slot: 3, offset: Row.headerSize + 40), rows: checkpoints)
  }
  private func holder(_ account: AccountID) -> Row { holders.row(Int(account.index)) }

  func allowance(owner: AccountID, spender: AccountID) -> WideSlot {
    let key = UInt64(owner.index) << 32 | UInt64(spender.index)
    return WideSlot(allowances.row(key), slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  /// - Throws: when the block or the supply does not fit in a checkpoint.
  init(
    at account: AccountID, name: StringID, symbol: StringID, supply: UInt256, owner: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    let block = world.evm.block
    let first = try Checkpoint(block: block.number, votes: supply)
    self.account = account
    state = world.evm.makeRow(size: 40)
    holders = world.evm.makeTable(size: 44, chunkShift: 10)
    allowances = world.evm.makeMapping(UInt64.self, size: 32)
    checkpoints = world.evm.makeMapping(UInt64.self, size: 32)
    ledger = world.evm.openLedger(balances: holders, balanceOffset: Row.headerSize)
    self.name = name
    self.symbol = symbol
    domainSeparator = world.bytes32(
      GovernanceSignature.domainSeparator(
        name: Array(world.evm.strings.bytes(of: name)), chainID: block.chainID,
        contract: world.evm.address(of: account)))
    state.initialize(self.owner, to: owner)
    state.initialize(supplyHistory.count, to: 1)
    let slot = supplyHistory.checkpoint(0)
    slot.row.initialize(slot, to: first.word)
    world.evm.mintAtGenesis(supply, balance: balance(of: owner), supply: totalSupply)
  }
}
