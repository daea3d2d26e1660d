import EVM
import Quantities

/// A test double of the conformance vectors: something that governance can pause and set.
///
/// - Source: conformance/README.md 1.2; slots from the recorded accesses.
public struct PausableTarget: BitwiseCopyable {
  let state: Row

  var governance: Slot<AccountID> { Slot(state, slot: 0, offset: Row.headerSize) }
  var isPaused: Slot<Bool> { Slot(state, slot: 1, offset: Row.headerSize + 4) }
  var value: WideSlot { WideSlot(state, slot: 2, offset: Row.headerSize + 5) }

  static let signatures = [
    "constructor(address)", "pause()", "unpause()", "setValue(uint256)", "governance()",
    "paused()", "value()",
  ]

  /// Plain computation of each path. Source: what governance computes with and without it.
  enum Compute {
    static var setPaused: Int64 { 317 }
    static var setValue: Int64 { 234 }
  }

  init(governance: AccountID, _ world: inout World) {
    state = world.evm.makeRow(size: 37)
    state.initialize(self.governance, to: governance)
  }

  private func requireGovernance(
    _ caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(try world.load(governance) == caller, else: .notGovernance)
  }

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "pause()", "unpause()":
      try world.compute(Compute.setPaused)
      try requireGovernance(caller, &world)
      try world.update(signature == "pause()", isPaused)
    case "setValue(uint256)":
      let new = try arguments.uint(0)
      try world.compute(Compute.setValue)
      try requireGovernance(caller, &world)
      try world.require(new != 13, else: .unlucky)
      try world.store(new, value)
    case "governance()": return [.address(try world.load(governance))]
    case "paused()": return [.bool(try world.load(isPaused))]
    case "value()": return [.uint(try world.load(value))]
    default: throw .empty
    }
    return []
  }
}
