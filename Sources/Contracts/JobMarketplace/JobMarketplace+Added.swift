import EVM
import Quantities

/// The interface of what the reference lacks: each function exists under the switch that needs it.
extension JobMarketplace {
  static let addedSignatures = [
    "cancelJob(uint256)", "reclaim(uint256)", "requestRefund(uint256)", "confirmRefund(uint256)",
    "pause()", "setProofSystem(address)", "proofSystem()", "openJobs(address)",
    "jobState(uint256)", "ACCOUNT_ROLE()",
  ]

  func invokeAdded(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "cancelJob(uint256)":
      guard world.rules.cancelWhilePosted else { throw .empty }
      try cancelJob(try arguments.uint(0), by: caller, &world)
    case "reclaim(uint256)":
      guard world.rules.escrowPerJob else { throw .empty }
      try reclaim(try arguments.uint(0), &world)
    case "requestRefund(uint256)":
      guard world.rules.escrowPerJob else { throw .empty }
      try requestRefund(try arguments.uint(0), by: caller, &world)
    case "confirmRefund(uint256)":
      guard world.rules.escrowPerJob else { throw .empty }
      try confirmRefund(try arguments.uint(0), by: caller, &world)
    case "pause()":
      guard world.rules.emergencyPauseWorks else { throw .empty }
      try pauseByGovernance(by: caller, &world)
    case "setProofSystem(address)":
      guard world.rules.requirementsEnforced else { throw .empty }
      try setProofSystem(try arguments.address(0), by: caller, &world)
    case "proofSystem()": return [.address(try world.load(proofSystem))]
    case "openJobs(address)":
      return [.uint(UInt256(try world.load(party(try arguments.address(0)).openJobs)))]
    case "jobState(uint256)":
      return [.uint(UInt256(try state(of: try arguments.uint(0), &world).rawValue))]
    case "ACCOUNT_ROLE()": return [.fixedBytes(Self.accountRole.bigEndianBytes)]
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  /// The state of the documented life cycle, proofs and challenges included.
  func state(of number: UInt256, _ world: inout World) throws(CallFailure) -> JobState {
    try world.compute(EstimatedCompute.jobState)
    let job = job(number)
    try world.require(!(try world.load(job.renter).isZero), else: .jobDoesNotExist)
    let proof = try proofStanding(of: number, &world)
    return switch world.evm.peek(job.status) {
    case .posted: .posted
    case .claimed where proof.isChallenged: .challenged
    case .claimed where proof.isVerified: .proven
    case .claimed where proof.standing.status == .submitted: .proving
    case .claimed: .claimed
    case .completed: proof.isChallenged ? .challenged : .completed
    case .disputed: .disputed
    case .settled: .settled
    case .refunded: .refunded
    }
  }
}

/// Where a job stands in the documented life cycle.
public enum JobState: UInt8, BitwiseCopyable, CaseIterable, Sendable {
  case posted
  case claimed
  /// A proof waits for a verifier.
  case proving
  case proven
  case completed
  case challenged
  case disputed
  case settled
  case refunded
}
