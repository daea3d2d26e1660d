import EVM
import Quantities

/// `mapping(bytes32 => mapping(address => bool))`: who has which role.
struct RoleTable: BitwiseCopyable {
  /// Numbers roles in the order of first use.
  let numbers: Mapping<UInt256>
  let members: Mapping<UInt64>

  /// - Parameter roles: Those that get the numbers 0, 1, …, so that checks need not look them up.
  init(numbering roles: [UInt256], _ world: inout World) {
    numbers = world.evm.makeMapping(UInt256.self, size: 0, chunkShift: 4)
    members = world.evm.makeMapping(UInt64.self, size: 1, chunkShift: 6)
    for role in roles { _ = numbers.row(role) }
  }

  func has(_ role: UInt256, _ account: AccountID) -> Slot<Bool> {
    has(number: numbers.number(of: role), account)
  }

  @inline(__always) func has(number: Int, _ account: AccountID) -> Slot<Bool> {
    let key = UInt64(truncatingIfNeeded: number) << 32 | UInt64(account.index)
    return Slot(members.row(key), slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  /// During deployment.
  func initialize(_ role: UInt256, _ account: AccountID) {
    let slot = has(role, account)
    slot.row.initialize(slot, to: true)
  }
}
