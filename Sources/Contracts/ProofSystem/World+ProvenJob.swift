import EVM
import Quantities

/// What the proof system reads of a job: the answer of `getJob` as its own interface has it.
struct ProvenJob {
  var renter: AccountID
  var paymentToken: AccountID
  var status: JobStatus
  var assignedHost: AccountID
}

/// The contracts that the proof system calls.
extension World {
  /// `getJob`, decoded as nine values, as which no marketplace of the reference answers: what they
  /// answer is malformed, or names a string that no memory could hold.
  mutating func provenJob(
    _ number: UInt256, in marketplace: AccountID, by caller: AccountID
  ) throws(CallFailure) -> ProvenJob {
    if code(of: marketplace) == .proofJobSource {
      return try sourcedJob(number, in: marketplace)
    }
    let call = try openCall(to: marketplace)
    let answer: [ABIValue]
    do throws(CallFailure) {
      answer = try run(
        "getJob(uint256)", [.uint(number)], at: marketplace, from: caller, value: .zero)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
    return try decodedJob(evm.encode(answer))
  }

  private mutating func sourcedJob(
    _ number: UInt256, in source: AccountID
  ) throws(CallFailure) -> ProvenJob {
    let call = try openCall(to: source)
    let job: ProofJobSource.Answer
    do throws(CallFailure) {
      job = try jobSources[evm.instance(of: source)].read(number, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
    guard let status = JobStatus(ofReference: job.status) else { throw .empty }
    return ProvenJob(
      renter: job.renter, paymentToken: job.paymentToken, status: status,
      assignedHost: job.assignedHost)
  }

  private static let jobTypes: [ABIType] = [
    .address, .string, .string, .address, .uint(bits: 8), .address, .string,
    .fixedBytes(count: 32), .fixedBytes(count: 32),
  ]

  private mutating func decodedJob(_ answer: [UInt8]) throws(CallFailure) -> ProvenJob {
    guard answer.count >= 32 * Self.jobTypes.count else { throw .empty }
    // The status is checked before what follows it is read.
    let first = Arguments(values: try evm.decode(answer[...], as: Array(Self.jobTypes.prefix(5))))
    guard let status = JobStatus(ofReference: UInt8(try first.uint(4, bits: 8))) else {
      throw .empty
    }
    let job = Arguments(values: try evm.decode(answer[...], as: Self.jobTypes))
    return ProvenJob(
      renter: try job.address(0), paymentToken: try job.address(3), status: status,
      assignedHost: try job.address(5))
  }
}
