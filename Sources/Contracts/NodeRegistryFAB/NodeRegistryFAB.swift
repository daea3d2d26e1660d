public import EVM
import Quantities

/// The registry of hosts that stake FAB: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/node_registry_fab.
public struct NodeRegistryFAB: BitwiseCopyable {
  public let account: AccountID
  /// Immutable in the reference: part of the code, so reading it costs no storage access.
  public let fabToken: AccountID
  let debts: Debts
  let state: Row
  let nodes: Table
  let list: Table
  let positions: Table

  var ownable: Ownable { Ownable(owner: Slot(state, slot: 0, offset: Row.headerSize)) }
  var guardian: ReentrancyGuard {
    ReentrancyGuard(status: Slot(state, slot: 1, offset: Row.headerSize + 4))
  }
  /// `activeNodesList.length`.
  var listLength: Slot<UInt32> { Slot(state, slot: 2, offset: Row.headerSize + 5) }
  // The window of registrations, which the reference lacks.
  var registrationCount: Slot<Compact> { Slot(state, slot: 3, offset: Row.headerSize + 9) }
  var windowStart: Slot<Compact> { Slot(state, slot: 4, offset: Row.headerSize + 13) }
  /// `activeNodesList[index]`.
  func listElement(_ index: Int) -> Slot<AccountID> {
    Slot(list.row(index), slot: 0, offset: Row.headerSize)
  }
  /// `activeNodesIndex[node]`.
  func position(of node: AccountID) -> Slot<UInt32> {
    Slot(positions.row(Int(node.index)), slot: 0, offset: Row.headerSize)
  }
  @inline(__always) func node(_ account: AccountID) -> FABNode {
    FABNode(row: nodes.row(Int(account.index)))
  }

  init(at account: AccountID, fabToken: AccountID, owner: AccountID, _ world: inout World) {
    self.account = account
    debts = Debts(of: account, &world)
    self.fabToken = fabToken
    state = world.evm.makeRow(size: 17)
    nodes = world.evm.makeTable(size: FABNode.size, chunkShift: 10)
    list = world.evm.makeTable(size: 4, chunkShift: 10)
    positions = world.evm.makeTable(size: 4, chunkShift: 10)
    state.initialize(ownable.owner, to: owner)
    guardian.construct()
  }
}

/// `struct Node`: four slots.
struct FABNode: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 32 + 1 + 4 }

  var operatorAccount: Slot<AccountID> { Slot(row, slot: 0, offset: Row.headerSize) }
  var stakedAmount: WideSlot { WideSlot(row, slot: 1, offset: Row.headerSize + 4) }
  var isActive: Slot<Bool> { Slot(row, slot: 2, offset: Row.headerSize + 36) }
  var metadata: StringSlot { StringSlot(row, slot: 3, dataSlot: 4, offset: Row.headerSize + 37) }
}
