import EVM
import Quantities

/// A `JobMarketplace` as registries and proof systems call what the reference lacks.
extension World {
  /// `openJobs(host)`: jobs that the host has claimed and that are neither settled nor refunded.
  mutating func openJobs(
    of host: AccountID, in marketplace: AccountID
  ) throws(CallFailure) -> UInt64 {
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      let contract = marketplaces[evm.instance(of: marketplace)]
      let count = UInt64(try load(contract.party(host).openJobs))
      close(call)
      return count
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `jobToProve(job)`: what a proof system needs to know of a job, from three slots.
  ///
  /// - Throws: `.proofNotRequired` for a job that asks for none.
  mutating func jobToProve(
    _ number: UInt256, in marketplace: AccountID
  ) throws(CallFailure) -> JobToProve {
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      let job = marketplaces[evm.instance(of: marketplace)].job(number)
      let renter = try load(job.renter)
      if !renter.isZero {
        try require(try load(job.flags).contains(.requiresProof), else: .proofNotRequired)
      }
      let answer = JobToProve(
        renter: renter, status: evm.peek(job.status), assignedHost: try load(job.assignedHost),
        claimedAt: UInt64(try load(job.claimedAt)))
      close(call)
      return answer
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `proofRejected(job)`, after a verifier found the present proof invalid: the marketplace records
  /// the host's failure, reputation included, when no time is left.
  mutating func rejectProof(
    of number: UInt256, in marketplace: AccountID, by system: AccountID
  ) throws(CallFailure) {
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      try marketplaces[evm.instance(of: marketplace)].proofRejected(number, by: system, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `challengeLost(job, challenger)`, after a successful challenge: the marketplace takes the
  /// penalty, refunds or compensates the renter and records the failure, reputation included.
  mutating func loseChallenge(
    of number: UInt256, to challenger: AccountID, in marketplace: AccountID, by system: AccountID
  ) throws(CallFailure) {
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      try marketplaces[evm.instance(of: marketplace)].challengeLost(
        number, challenger: challenger, by: system, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }
}

/// What a proof system needs to know of a job.
struct JobToProve {
  /// Zero when there is no such job.
  var renter: AccountID
  var status: JobStatus
  var assignedHost: AccountID
  /// A proof older than the present claim belongs to an earlier host. Seconds since 1970.
  var claimedAt: UInt64
}
