import Contracts

/// A transaction of a host, renter or verifier on its way into a block.
struct MarketTransaction: BitwiseCopyable {
  enum Function: UInt8, CaseIterable {
    case postJob
    case claimJob
    case completeJob
    case rateHost
    case submitProof
    case verifyProof
    case cancelJob
    case failJob
    case releasePayment
    case topUp
    case disputeResult
    case resolveDispute
    // Hosts that leave, move and come.
    case unregisterNode
    case withdrawStake
    case transferStake
    case sendETH
    case approveRegistry
    case approveMarketplace
    case registerNode
    /// `failJob` by the host itself.
    case giveUp
    // Officials.
    case slashNode
    case unpause
    case pauseInEmergency
    case endEmergency
    // Voters.
    case propose
    case castVote
    case queueProposal
    case executeProposal
    case challengeProof
    case resolveChallenge
    /// `postJob`, with the payment as its value.
    case postJobInETH
    /// By the host whose proof it is about.
    case expireChallenge

    var isPost: Bool { self == .postJob || self == .postJobInETH }
  }

  var function: Function
  /// `rateHost`: 1 … 5; `resolveDispute`: 1 for the renter, 0 for the host.
  var stars: UInt8 = 0
  /// `verifyProof` only.
  var verifier: UInt16 = 0
  /// None where it concerns no job.
  var job: JobID
  /// Generation of the job's slot: a lost claim may be executed after the job has ended.
  var generation: UInt32
  /// Number of the job in the contract; 0 for a post.
  var contractJob: UInt32
  /// Of posts, and of every call of a job whose prompt is stored whole.
  var promptTokens: Int32 = 0
  /// Sender of a host's calls; the host that is rated.
  var host = HostID.none
}

extension MarketTransaction.Function {
  enum Role: String {
    case renter
    case host
    case verifier
    case arbiter
    case governor
    case guardian
    case council
    case voter
    case challenger
  }

  /// Who sends it.
  var role: Role {
    switch self {
    case .postJob, .postJobInETH, .rateHost, .cancelJob, .failJob, .disputeResult: .renter
    case .claimJob, .completeJob, .submitProof, .releasePayment, .topUp, .unregisterNode,
      .withdrawStake, .transferStake, .sendETH, .approveRegistry, .approveMarketplace,
      .registerNode, .giveUp, .expireChallenge:
      .host
    case .verifyProof, .resolveChallenge: .verifier
    case .challengeProof: .challenger
    case .resolveDispute: .arbiter
    case .slashNode: .governor
    case .unpause: .guardian
    case .pauseInEmergency, .endEmergency: .council
    case .propose, .castVote, .queueProposal, .executeProposal: .voter
    }
  }

  func contract(in deployment: MarketDeployment) -> String {
    switch self {
    case .postJob, .postJobInETH, .claimJob, .completeJob, .cancelJob, .failJob, .releasePayment,
      .disputeResult, .resolveDispute, .giveUp, .unpause:
      deployment.marketplaceName
    case .rateHost: "ReputationSystem"
    case .propose, .castVote, .queueProposal, .executeProposal, .pauseInEmergency,
      .endEmergency:
      "Governance"
    case .submitProof, .verifyProof, .challengeProof, .resolveChallenge, .expireChallenge:
      "ProofSystem"
    case .topUp, .unregisterNode, .withdrawStake, .registerNode, .slashNode: "NodeRegistry"
    case .transferStake, .approveRegistry, .approveMarketplace: "FAB"
    // To an account without code.
    case .sendETH: "none"
    }
  }

  /// As in the contract's interface.
  var name: String {
    switch self {
    case .postJob: "postJobWithToken"
    case .postJobInETH: "postJob"
    case .claimJob: "claimJob"
    case .completeJob: "completeJob"
    case .rateHost: "rateHost"
    case .submitProof: "submitProof"
    case .verifyProof: "verifyProof"
    case .cancelJob: "cancelJob"
    case .failJob: "failJob"
    case .releasePayment: "releasePayment"
    case .topUp: "topUp"
    case .disputeResult: "disputeResult"
    case .resolveDispute: "resolveDispute"
    case .unregisterNode: "unregisterNode"
    case .withdrawStake: "withdrawStake"
    case .transferStake: "transfer"
    case .sendETH: "sendETH"
    case .approveRegistry, .approveMarketplace: "approve"
    case .registerNode: "registerNode"
    case .giveUp: "failJob"
    case .slashNode: "slashNode"
    case .unpause: "unpause"
    case .pauseInEmergency, .endEmergency: "executeEmergencyAction"
    case .propose: "proposeParameterUpdate"
    case .castVote: "castVote"
    case .queueProposal: "queue"
    case .executeProposal: "execute"
    case .challengeProof: "challengeProof"
    case .resolveChallenge: "resolveChallenge"
    case .expireChallenge: "expireChallenge"
    }
  }

  /// What wallets state for a call without text: an estimate with room for slots that are new by the
  /// time of execution.
  @inline(__always) func gasLimit(in profile: ProtocolProfile) -> UInt64 {
    switch self {
    // The larger marketplace keeps windows and limits, and a record in the escrow for each job.
    case .postJob: profile == .referenceFAB ? 500_000 : 800_000
    case .postJobInETH: 800_000
    case .claimJob: profile == .referenceFAB ? 150_000 : 300_000
    case .completeJob: 500_000
    case .rateHost: 250_000
    case .submitProof: 900_000
    case .verifyProof: 250_000
    case .cancelJob: 250_000
    case .failJob: 500_000
    case .releasePayment: 300_000
    case .topUp: 200_000
    case .disputeResult: 200_000
    case .resolveDispute: 500_000
    case .unregisterNode: 300_000
    case .withdrawStake: 200_000
    case .transferStake: 100_000
    case .sendETH: 21_000
    case .approveRegistry, .approveMarketplace: 80_000
    case .registerNode: 900_000
    case .giveUp: 500_000
    case .slashNode: 250_000
    case .unpause: 150_000
    case .pauseInEmergency, .endEmergency: 250_000
    case .propose: 2_000_000
    case .castVote: 250_000
    case .queueProposal: 250_000
    case .executeProposal: 1_000_000
    case .challengeProof: 600_000
    case .resolveChallenge: 800_000
    case .expireChallenge: 400_000
    }
  }
}
