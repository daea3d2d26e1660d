import EVM
import Quantities

/// What `getJob` returns.
struct JobSummary {
  var renter: AccountID
  var payment: UInt256
  var status: JobStatus
  var assignedHost: AccountID
  var resultHash: StringID
  var deadline: UInt256
}

/// A marketplace as other contracts call it.
extension World {
  /// `getJob`, which both marketplaces answer alike.
  mutating func job(
    _ number: UInt256, in marketplace: AccountID
  ) throws(CallFailure) -> JobSummary {
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      let instance = evm.instance(of: marketplace)
      let job =
        switch code(of: marketplace) {
        case .jobMarketplaceFAB: try fabMarketplaces[instance].readJob(number, &self)
        case .jobMarketplace: try marketplaces[instance].readJob(number, &self)
        default: throw CallFailure.empty
        }
      close(call)
      return job
    } catch {
      throw rollBack(call, after: error)
    }
  }

  /// `createJobFor` with value, whose failure fails the caller.
  mutating func createJob(
    _ offer: JobOffer, for renter: AccountID, in marketplace: AccountID, by caller: AccountID,
    value: UInt256
  ) throws(CallFailure) -> UInt256 {
    let call = try openCall(to: marketplace, value: value)
    let number: UInt256?
    do throws(CallFailure) {
      number = try callCreateJob(offer, for: renter, in: marketplace, by: caller, value: value)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
    // Without code nothing comes back that could be decoded.
    guard let number else { throw .empty }
    return number
  }

  /// `createJobFor` as a low-level call.
  ///
  /// - Returns: Whether it succeeded.
  mutating func tryCreateJob(
    _ offer: JobOffer, for renter: AccountID, in marketplace: AccountID, by caller: AccountID,
    value: UInt256
  ) throws(CallFailure) -> Bool {
    let call = try openCall(to: marketplace, value: value, caught: true)
    do throws(CallFailure) {
      _ = try callCreateJob(offer, for: renter, in: marketplace, by: caller, value: value)
      close(call)
      return true
    } catch {
      _ = rollBack(call, after: error)
      return false
    }
  }

  /// - Returns: nil from an account without code.
  private mutating func callCreateJob(
    _ offer: JobOffer, for renter: AccountID, in marketplace: AccountID, by caller: AccountID,
    value: UInt256
  ) throws(CallFailure) -> UInt256? {
    guard evm.moveETH(value, from: caller, to: marketplace) else { throw .empty }
    switch code(of: marketplace) {
    case .jobMarketplace:
      return try marketplaces[evm.instance(of: marketplace)].createJobFor(
        renter, offer, by: caller, value: value, &self)
    case .none: return nil
    default: throw .empty
    }
  }

  /// `claimJobFor`, which returns nothing, so that the callee must have code.
  mutating func claimJobFor(
    _ host: AccountID, job number: UInt256, in marketplace: AccountID, by caller: AccountID
  ) throws(CallFailure) {
    try requireCode(at: marketplace)
    let call = try openCall(to: marketplace)
    do throws(CallFailure) {
      guard code(of: marketplace) == .jobMarketplace else { throw .empty }
      try marketplaces[evm.instance(of: marketplace)].claimJobFor(
        host, job: number, by: caller, &self)
      close(call)
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
