/// A transaction of a host or renter on its way into a block.
struct MarketTransaction: BitwiseCopyable {
  enum Function: UInt8, CaseIterable {
    case postJob
    case claimJob
    case completeJob
    case rateHost
  }

  var function: Function
  /// `rateHost` only: 1 … 5.
  var stars: UInt8 = 0
  var job: JobID
  /// Generation of the job's slot: a lost claim may be executed after the job has ended.
  var generation: UInt32
  /// Number of the job in the contract; 0 for a post.
  var contractJob: UInt32
  /// Sender of claims and completions; the host that is rated.
  var host = HostID.none
}

extension MarketTransaction.Function {
  var contract: String {
    switch self {
    case .postJob, .claimJob, .completeJob: "JobMarketplaceFAB"
    case .rateHost: "ReputationSystem"
    }
  }
  /// As in the contract's interface.
  var name: String {
    switch self {
    case .postJob: "postJobWithToken"
    case .claimJob: "claimJob"
    case .completeJob: "completeJob"
    case .rateHost: "rateHost"
    }
  }
  var role: String {
    switch self {
    case .postJob, .rateHost: "renter"
    case .claimJob, .completeJob: "host"
    }
  }
}
