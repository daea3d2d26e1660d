public import EVM
import Quantities

/// The registry of hosts that stake ETH: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/node_registry.
public struct NodeRegistry: BitwiseCopyable {
  public let account: AccountID
  let debts: Debts
  let state: Row
  let nodes: Table
  let models: Mapping<UInt64>
  let list: Table
  let controllers: Table
  let controlled: Mapping<UInt64>

  var ownable: Ownable { Ownable(owner: Slot(state, slot: 0, offset: Row.headerSize)) }
  var minStake: WideSlot { WideSlot(state, slot: 1, offset: Row.headerSize + 4) }
  var governance: Slot<AccountID> { Slot(state, slot: 2, offset: Row.headerSize + 36) }
  /// `nodeList.length`.
  var nodeCount: Slot<UInt32> { Slot(state, slot: 3, offset: Row.headerSize + 40) }
  var registrationCount: Slot<Compact> { Slot(state, slot: 4, offset: Row.headerSize + 44) }
  var windowStart: Slot<Compact> { Slot(state, slot: 5, offset: Row.headerSize + 48) }
  var isPaused: Slot<Bool> { Slot(state, slot: 6, offset: Row.headerSize + 52) }
  var migrationHelper: Slot<AccountID> { Slot(state, slot: 7, offset: Row.headerSize + 53) }
  // What the reference lacks: who else the registry deals with when hosts stake FAB, leave, or
  // lose their stake.
  var stakeToken: Slot<AccountID> { Slot(state, slot: 8, offset: Row.headerSize + 57) }
  var jobMarketplace: Slot<AccountID> { Slot(state, slot: 9, offset: Row.headerSize + 61) }
  var treasury: Slot<AccountID> { Slot(state, slot: 10, offset: Row.headerSize + 65) }

  func node(_ account: AccountID) -> StoredNode {
    StoredNode(row: nodes.row(Int(account.index)))
  }
  /// `nodes[account].models[index]`.
  func model(_ index: Int, of account: AccountID) -> StringSlot {
    StringSlot(
      models.row(UInt64(account.index) << 32 | UInt64(index)), slot: 0, dataSlot: 1,
      offset: Mapping<UInt64>.valueOffset)
  }
  func listedNode(_ index: Int) -> Slot<AccountID> {
    Slot(list.row(index), slot: 0, offset: Row.headerSize)
  }
  /// `nodeController[node]`.
  func controller(of node: AccountID) -> Slot<AccountID> {
    Slot(controllers.row(Int(node.index)), slot: 0, offset: Row.headerSize)
  }
  /// `controllerNodes[controller].length`.
  func controlledCount(of controller: AccountID) -> Slot<UInt32> {
    Slot(controllers.row(Int(controller.index)), slot: 1, offset: Row.headerSize + 4)
  }
  /// `controllerNodes[controller][index]`.
  func controlledNode(_ index: Int, of controller: AccountID) -> Slot<AccountID> {
    Slot(
      controlled.row(UInt64(controller.index) << 32 | UInt64(index)), slot: 0,
      offset: Mapping<UInt64>.valueOffset)
  }

  init(at account: AccountID, minStake stake: UInt256, owner: AccountID, _ world: inout World) {
    self.account = account
    debts = Debts(of: account, &world)
    state = world.evm.makeRow(size: 69)
    nodes = world.evm.makeTable(size: StoredNode.size, chunkShift: 10)
    models = world.evm.makeMapping(UInt64.self, size: 4)
    list = world.evm.makeTable(size: 4, chunkShift: 10)
    controllers = world.evm.makeTable(size: 8, chunkShift: 10)
    controlled = world.evm.makeMapping(UInt64.self, size: 4, chunkShift: 4)
    state.initialize(ownable.owner, to: owner)
    state.initialize(minStake, to: stake)
  }
}

/// `struct Node`: six slots and the models.
struct StoredNode: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 4 + 32 + 8 + 4 + 4 }

  var operatorAccount: Slot<AccountID> { Slot(row, slot: 0, offset: Row.headerSize) }
  var peerID: StringSlot { StringSlot(row, slot: 1, dataSlot: 6, offset: Row.headerSize + 4) }
  var stake: WideSlot { WideSlot(row, slot: 2, offset: Row.headerSize + 8) }
  var isActive: Slot<Bool> { Slot(row, slot: 3, offset: Row.headerSize + 40, width: 8) }
  // The reference has `active` alone in its slot, and these are then zero.
  /// Stays true when the host leaves, so that coming back does not list it twice.
  var isListed: Slot<Bool> {
    Slot(row, slot: 3, offset: Row.headerSize + 40, width: 8, position: 1)
  }
  /// GB.
  var gpuMemory: Slot<UInt16> {
    Slot(row, slot: 3, offset: Row.headerSize + 40, width: 8, position: 2)
  }
  /// Second from which a leaving host may take its stake; 0 while it is not leaving.
  var leavesAt: Slot<UInt32> {
    Slot(row, slot: 3, offset: Row.headerSize + 40, width: 8, position: 4)
  }
  var modelCount: Slot<UInt32> { Slot(row, slot: 4, offset: Row.headerSize + 48) }
  var region: StringSlot { StringSlot(row, slot: 5, dataSlot: 7, offset: Row.headerSize + 52) }
}
