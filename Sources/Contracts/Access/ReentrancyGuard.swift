import EVM

/// OpenZeppelin 5.0.2's `ReentrancyGuard`: one slot, 1 when open and 2 when entered.
struct ReentrancyGuard: BitwiseCopyable {
  let status: Slot<UInt8>

  func construct() { status.row.initialize(status, to: 1) }

  @inline(__always) func enter(_ world: inout World) throws(CallFailure) {
    if try world.load(status) == 2 { throw world.evm.failure(.reentrancyGuardReentrantCall) }
    try world.store(2, status)
  }

  @inline(__always) func leave(_ world: inout World) throws(CallFailure) {
    try world.store(1, status)
  }
}
