import EVM
import Quantities

/// How a job's latest proof stands: what marketplaces ask, and the reference never could.
struct ProofStanding {
  var status = ProofStatus.none
  var prover = AccountID.zero
  /// Seconds since 1970.
  var submittedAt: UInt64 = 0
  var verifiedAt: UInt64 = 0
  /// Whether somebody has staked against it and nobody has decided.
  var isChallenged = false
}

extension World {
  /// `proofStanding(job)`, which reads four slots and none of the proof itself.
  mutating func proofStanding(
    of job: UInt256, in system: AccountID
  ) throws(CallFailure) -> ProofStanding {
    let call = try openCall(to: system)
    do throws(CallFailure) {
      guard code(of: system) == .proofSystem else { throw .empty }
      let proof = proofSystems[evm.instance(of: system)].proof(job)
      let standing = ProofStanding(
        status: try load(proof.status), prover: try load(proof.prover),
        submittedAt: try load(proof.submittedAt).narrow ?? .max,
        verifiedAt: UInt64(try load(proof.verifiedAt)),
        isChallenged: evm.peek(proof.openChallenge) != 0)
      close(call)
      return standing
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
