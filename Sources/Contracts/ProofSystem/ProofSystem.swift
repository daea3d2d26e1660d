public import EVM
import Quantities

/// Proofs of work done, their verification and their challenges: storage layout.
///
/// - Source: reference revision fc5683c, as executed in conformance/vectors/proof_system.
public struct ProofSystem: BitwiseCopyable {
  public let account: AccountID
  /// Immutables of the contract.
  let jobMarketplace: AccountID
  let paymentEscrow: AccountID
  let reputationSystem: AccountID
  let debts: Debts
  let state: Row
  let roles: RoleTable
  let proofs: Table
  /// Jobs under numbers beyond any dense table; the mapping only numbers their rows.
  let distantProofs: Table
  let distantNumbers: Mapping<UInt256>
  let challenges: Table

  /// Numbers below this one have rows of their own.
  static var denseLimit: UInt64 { 1 << 26 }
  /// Declared by the reference and used nowhere.
  static var penalty: UInt256 { UInt256(20_000_000_000_000_000_000 as UInt128) }

  static var defaultAdmin: UInt256 { .zero }
  static let admin = UInt256(bigEndian: Keccak.hash("ADMIN_ROLE".utf8))
  static let verifier = UInt256(bigEndian: Keccak.hash("VERIFIER_ROLE".utf8))
  /// The verifier's number in the role table, after those of the two administrators.
  static var verifierNumber: Int { 2 }

  var entered: Slot<UInt8> { Slot(state, slot: 0, offset: Row.headerSize) }
  var nextChallengeID: Slot<UInt32> { Slot(state, slot: 1, offset: Row.headerSize + 1) }

  @inline(__always) func proof(_ job: UInt256) -> StoredProof {
    if let dense = job.narrow, dense < Self.denseLimit {
      return StoredProof(row: proofs.row(Int(truncatingIfNeeded: dense)))
    }
    return distantProof(job)
  }

  @inline(never) private func distantProof(_ job: UInt256) -> StoredProof {
    StoredProof(row: distantProofs.row(distantNumbers.number(of: job)))
  }

  /// Challenges have the numbers from 1; row 0 stands for every number that was never given.
  @inline(__always) func challenge(
    _ number: UInt256, _ world: borrowing World
  ) -> StoredChallenge {
    let next = UInt64(world.evm.peek(nextChallengeID))
    guard let dense = number.narrow, dense < next else {
      return StoredChallenge(row: challenges.row(0))
    }
    return StoredChallenge(row: challenges.row(Int(dense)))
  }

  init(
    at account: AccountID, jobMarketplace: AccountID, paymentEscrow: AccountID,
    reputationSystem: AccountID, deployer: AccountID, _ world: inout World
  ) {
    self.account = account
    debts = Debts(of: account, &world)
    self.jobMarketplace = jobMarketplace
    self.paymentEscrow = paymentEscrow
    self.reputationSystem = reputationSystem
    state = world.evm.makeRow(size: 5)
    roles = RoleTable(numbering: [Self.defaultAdmin, Self.admin, Self.verifier], &world)
    proofs = world.evm.makeTable(size: StoredProof.size, chunkShift: 10)
    distantProofs = world.evm.makeTable(size: StoredProof.size, chunkShift: 4)
    distantNumbers = world.evm.makeMapping(UInt256.self, size: 0, chunkShift: 4)
    challenges = world.evm.makeTable(size: StoredChallenge.size, chunkShift: 6)
    state.initialize(entered, to: 1)
    state.initialize(nextChallengeID, to: 1)
    roles.initialize(Self.defaultAdmin, deployer)
    roles.initialize(Self.admin, deployer)
  }
}

/// `struct ProofInfo`: ten slots, and the words of three arrays.
struct StoredProof: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 4 + 1 + 8 + 3 * 4 + 3 * 4 + 8 }

  var prover: Slot<AccountID> { Slot(row, slot: 0, offset: Row.headerSize) }
  var submittedAt: Slot<Compact> { Slot(row, slot: 1, offset: Row.headerSize + 4) }
  var status: Slot<ProofStatus> { Slot(row, slot: 2, offset: Row.headerSize + 8) }
  /// `proofHash`, whose mark stands in its slot: the hash is computed when somebody looks at it.
  var mark: Slot<UInt64> { Slot(row, slot: 3, offset: Row.headerSize + 9) }
  var instances: WordArraySlot {
    WordArraySlot(StringSlot(row, slot: 4, dataSlot: 10, offset: Row.headerSize + 17))
  }
  var proof: WordArraySlot {
    WordArraySlot(StringSlot(row, slot: 5, dataSlot: 11, offset: Row.headerSize + 21))
  }
  var vk: WordArraySlot {
    WordArraySlot(StringSlot(row, slot: 6, dataSlot: 12, offset: Row.headerSize + 25))
  }
  var modelCommitment: Slot<Compact> { Slot(row, slot: 7, offset: Row.headerSize + 29) }
  var inputHash: Slot<Compact> { Slot(row, slot: 8, offset: Row.headerSize + 33) }
  var outputHash: Slot<Compact> { Slot(row, slot: 9, offset: Row.headerSize + 37) }
  // A slot that the reference lacks, packed; `World.proofStanding` reads it.
  /// When a verifier found the proof valid, seconds since 1970; 0 before.
  var verifiedAt: Slot<UInt32> { Slot(row, slot: 13, offset: Row.headerSize + 41, width: 8) }
  /// Number of the challenge that nobody has decided; 0 when there is none.
  var openChallenge: Slot<UInt32> {
    Slot(row, slot: 13, offset: Row.headerSize + 41, width: 8, position: 4)
  }
}

/// `struct Challenge`: six slots.
struct StoredChallenge: BitwiseCopyable {
  let row: Row
  static var size: Int { 4 + 32 + 4 + 1 + 4 + 4 + 4 }

  var challenger: Slot<AccountID> { Slot(row, slot: 0, offset: Row.headerSize) }
  var stake: WideSlot { WideSlot(row, slot: 1, offset: Row.headerSize + 4) }
  var evidenceHash: Slot<Compact> { Slot(row, slot: 2, offset: Row.headerSize + 36) }
  var status: Slot<ChallengeStatus> { Slot(row, slot: 3, offset: Row.headerSize + 40) }
  var deadline: Slot<Compact> { Slot(row, slot: 4, offset: Row.headerSize + 41) }
  var job: Slot<Compact> { Slot(row, slot: 5, offset: Row.headerSize + 45) }
  /// What the stake was paid in; the contract does not keep it, the model's books do.
  var stakedToken: Slot<AccountID> { Slot(row, slot: 6, offset: Row.headerSize + 49) }
}

/// `enum ProofStatus`.
public enum ProofStatus: UInt8, NarrowValue, Sendable {
  case none
  case submitted
  case verified
  case invalid

  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) {
    // The slot holds only what this type's values wrote.
    self = ProofStatus(rawValue: UInt8(truncatingIfNeeded: slotBits)) ?? .none
  }
  @inlinable public var slotBits: UInt64 { UInt64(rawValue) }
}

/// `enum ChallengeStatus`.
public enum ChallengeStatus: UInt8, NarrowValue, Sendable {
  case none
  case pending
  case successful
  case failed

  @inlinable public static var width: Int { 1 }
  @inlinable public init(slotBits: UInt64) {
    // The slot holds only what this type's values wrote.
    self = ChallengeStatus(rawValue: UInt8(truncatingIfNeeded: slotBits)) ?? .none
  }
  @inlinable public var slotBits: UInt64 { UInt64(rawValue) }
}

/// A `uint256[]` in storage. Priced as `bytes` of whole words: both have a head that is zero when
/// they are empty, and one slot for each word.
struct WordArraySlot: BitwiseCopyable {
  let slot: StringSlot

  init(_ slot: StringSlot) { self.slot = slot }

  func load(_ world: inout World) throws(CallFailure) -> StringID {
    let words = try world.load(slot)
    // Where the data would start is computed even when there is none.
    if words == .empty { try world.evm.chargeKeccak(bytes: 32) }
    return words
  }

  func store(_ words: StringID, _ world: inout World) throws(CallFailure) {
    try world.store(words, slot)
    if words == .empty { try world.evm.chargeKeccak(bytes: 32) }
  }
}
