public import EVM
public import Quantities

/// A transaction's call as a value: what a host, renter or token holder of the market sends.
///
/// Trivially copyable, so that pending transactions are plain rows. Calls outside this list go
/// through the decoded interface.
public enum ContractCall: BitwiseCopyable, Hashable, Sendable {
  /// Plain ETH; the amount is the transaction's value.
  case sendETH
  // ERC-20.
  case approve(spender: AccountID, amount: UInt256)
  case transfer(to: AccountID, amount: UInt256)
  // NodeRegistryFAB.
  case registerNode(metadata: StringID)
  case unregisterNode
  case stake(amount: UInt256)
  case updateMetadata(StringID)
  // JobMarketplaceFAB and JobMarketplace.
  case postJobWithToken(JobPosting, token: AccountID, amount: UInt256)
  case claimJob(UInt64)
  case completeJob(UInt64, resultHash: StringID, proof: CallBytes)
  // ReputationSystem.
  case rateHost(AccountID, job: UInt64, rating: UInt8, feedback: StringID)
  // Those of other contracts, apart so that these stay short.
  case market(MarketCall)
  case registry(RegistryCall)
  case account(AccountCall)
  case governance(GovernanceCall)
  case proof(ProofCall)
}

/// A `bytes` argument that the contract does not keep: only its size costs anything.
public struct CallBytes: BitwiseCopyable, Hashable, Sendable {
  public var length: UInt32
  /// Bytes other than zero.
  public var nonzeroCount: UInt32

  public init(length: UInt32, nonzeroCount: UInt32) {
    precondition(nonzeroCount <= length, "more bytes differ from zero than there are")
    self.length = length
    self.nonzeroCount = nonzeroCount
  }

  public static var empty: CallBytes { CallBytes(length: 0, nonzeroCount: 0) }
}
