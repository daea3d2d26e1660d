public import EVM
package import Quantities

/// Proposals, votes and time locks of the token's holders: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/governance.
public struct Governance: BitwiseCopyable {
  public let account: AccountID
  /// Immutables of the contract.
  let token: AccountID
  let nodeRegistry: AccountID
  let jobMarketplace: AccountID
  let paymentEscrow: AccountID
  let reputationSystem: AccountID
  let proofSystem: AccountID
  let state: Row
  let roles: RoleTable
  let proposals: Mapping<UInt256>
  let voters: Mapping<UInt64>

  package static let emergencyRole = UInt256(bigEndian: Keccak.hash("EMERGENCY_ROLE".utf8))

  var nextProposalID: Slot<UInt32> { Slot(state, slot: 0, offset: Row.headerSize) }

  func proposal(_ number: UInt256) -> StoredProposal {
    StoredProposal(row: proposals.row(number))
  }
  /// `proposals[number].hasVoted[voter]`.
  func hasVoted(_ number: UInt256, _ voter: AccountID) -> Slot<Bool> {
    let key = UInt64(proposals.number(of: number)) << 32 | UInt64(voter.index)
    return Slot(voters.row(key), slot: 0, offset: Mapping<UInt64>.valueOffset)
  }

  /// The contracts that a governance is told of, in the order of its constructor.
  struct Contracts {
    let token: AccountID
    let nodeRegistry: AccountID
    let jobMarketplace: AccountID
    let paymentEscrow: AccountID
    let reputationSystem: AccountID
    let proofSystem: AccountID
  }

  init(
    at account: AccountID, governing contracts: Contracts, deployer: AccountID,
    _ world: inout World
  ) {
    self.account = account
    token = contracts.token
    nodeRegistry = contracts.nodeRegistry
    jobMarketplace = contracts.jobMarketplace
    paymentEscrow = contracts.paymentEscrow
    reputationSystem = contracts.reputationSystem
    proofSystem = contracts.proofSystem
    state = world.evm.makeRow(size: 4)
    roles = RoleTable(numbering: [.zero, Self.emergencyRole], &world)
    proposals = world.evm.makeMapping(UInt256.self, size: StoredProposal.size, chunkShift: 4)
    voters = world.evm.makeMapping(UInt64.self, size: 1)
    state.initialize(nextProposalID, to: 1)
    roles.initialize(.zero, deployer)
  }
}

/// `struct Proposal`: eleven slots, two of them strings, and the mark of an executed upgrade.
struct StoredProposal: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 4 + 4 + 32 + 32 + 2 + 4 + 1 + 4 + 4 + 4 + 1 }
  private var start: Int { Mapping<UInt256>.valueOffset }

  var proposer: Slot<AccountID> { Slot(row, slot: 0, offset: start) }
  var startBlock: Slot<Compact> { Slot(row, slot: 1, offset: start + 4) }
  var endBlock: Slot<Compact> { Slot(row, slot: 2, offset: start + 8) }
  var forVotes: WideSlot { WideSlot(row, slot: 3, offset: start + 12) }
  var againstVotes: WideSlot { WideSlot(row, slot: 4, offset: start + 44) }
  var isExecuted: Slot<Bool> { Slot(row, slot: 5, offset: start + 76, width: 2) }
  var isCancelled: Slot<Bool> { Slot(row, slot: 5, offset: start + 76, width: 2, position: 1) }
  var executionTime: Slot<Compact> { Slot(row, slot: 6, offset: start + 78) }
  var kind: Slot<ProposalKind> { Slot(row, slot: 7, offset: start + 82) }
  var description: StringSlot { StringSlot(row, slot: 8, dataSlot: 11, offset: start + 83) }
  var callData: StringSlot { StringSlot(row, slot: 9, dataSlot: 12, offset: start + 87) }
  var targetContract: Slot<AccountID> { Slot(row, slot: 10, offset: start + 91) }
  /// `upgradeExecuted[number]`, a mapping of its own.
  var isUpgraded: Slot<Bool> { Slot(row, slot: 13, offset: start + 95) }
}

/// `enum ProposalType`.
public enum ProposalKind: UInt8, NarrowValue, Sendable {
  case parameterUpdate
  case contractUpgrade
  case emergency

  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) {
    // The slot holds only what this type's values wrote.
    self = ProposalKind(rawValue: UInt8(truncatingIfNeeded: slotBits)) ?? .parameterUpdate
  }
  @inlinable public var slotBits: UInt64 { UInt64(rawValue) }
}

/// `enum ProposalState`.
public enum ProposalState: UInt8, BitwiseCopyable, Sendable {
  case pending
  case active
  case succeeded
  case defeated
  case queued
  case executed
  case cancelled
}
