import EVM
import Quantities

/// A test double of the conformance vectors: jobs in the shape that the proof system expects.
///
/// - Source: conformance/README.md 1.2; slots from the recorded accesses.
public struct ProofJobSource: BitwiseCopyable {
  let jobs: Mapping<UInt256>

  static let signatures = [
    "constructor()", "setJob(uint256,address,address,uint8,address)", "getJob(uint256)",
  ]

  /// Plain computation and mapping hashes of each path.
  /// Source: conformance vectors; the part of `getJob` from its callers.
  enum Compute {
    static var setJob: Int64 { 578 }
    static var getJob: Int64 { 1_800 }
  }

  init(_ world: inout World) { jobs = world.evm.makeMapping(UInt256.self, size: Job.size) }

  /// Eight slots, of which only three are ever written.
  private struct Job: BitwiseCopyable {
    let row: Row
    static var size: Int { 4 + 5 + 4 + 1 }
    private var start: Int { Mapping<UInt256>.valueOffset }

    var renter: Slot<AccountID> { Slot(row, slot: 0, offset: start) }
    var paymentToken: Slot<AccountID> { Slot(row, slot: 1, offset: start + 4, width: 5) }
    var status: Slot<UInt8> { Slot(row, slot: 1, offset: start + 4, width: 5, position: 4) }
    var assignedHost: Slot<AccountID> { Slot(row, slot: 2, offset: start + 9) }
    /// Three strings and two words that stay empty.
    func unused(_ number: Int) -> Slot<UInt8> { Slot(row, slot: 3 + number, offset: start + 13) }
  }

  struct Answer {
    var renter: AccountID
    var paymentToken: AccountID
    /// Not necessarily one that the interface knows.
    var status: UInt8
    var assignedHost: AccountID
  }

  func read(_ number: UInt256, _ world: inout World) throws(CallFailure) -> Answer {
    try world.compute(Compute.getJob)
    let job = Job(row: jobs.row(number))
    let renter = try world.load(job.renter)
    let token = try world.load(job.paymentToken)
    let host = try world.load(job.assignedHost)
    for unused in 0..<5 { _ = try world.load(job.unused(unused)) }
    return Answer(
      renter: renter, paymentToken: token, status: world.evm.peek(job.status), assignedHost: host)
  }

  /// Open to everybody.
  func setJob(_ number: UInt256, to answer: Answer, _ world: inout World) throws(CallFailure) {
    try world.compute(Compute.setJob)
    let job = Job(row: jobs.row(number))
    // Token and status share a slot, which is written once.
    let bits = UInt64(answer.paymentToken.index) | UInt64(answer.status) << 32
    try world.update(answer.renter, job.renter)
    try world.update(bits, job.paymentToken.whole)
    try world.update(answer.assignedHost, job.assignedHost)
  }

  func invoke(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "setJob(uint256,address,address,uint8,address)":
      let answer = Answer(
        renter: try arguments.address(1), paymentToken: try arguments.address(2),
        status: UInt8(try arguments.uint(3, bits: 8)), assignedHost: try arguments.address(4))
      return returnNothing(try setJob(try arguments.uint(0), to: answer, &world))
    case "getJob(uint256)":
      let job = try read(try arguments.uint(0), &world)
      let nothing = ABIValue.fixedBytes([UInt8](repeating: 0, count: 32))
      return [
        .address(job.renter), .string([]), .string([]), .address(job.paymentToken),
        .uint(UInt256(job.status)), .address(job.assignedHost), .string([]), nothing, nothing,
      ]
    default: throw .empty
    }
  }
}
