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
}
