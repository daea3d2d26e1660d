import EVM
import Quantities

/// Roles of the marketplace; its limits are in `World.rules`.
extension JobMarketplace {
  /// keccak256("GUARDIAN_ROLE"): may pause, and set the breaker's level.
  static let guardianRole = UInt256(bigEndian: Keccak.hash("GUARDIAN_ROLE".utf8))
  static var guardianRoleNumber: Int { 0 }
  /// keccak256("ACCOUNT_ROLE"): contracts that act for wallets; unknown to the reference.
  static let accountRole = UInt256(bigEndian: Keccak.hash("ACCOUNT_ROLE".utf8))
  static var accountRoleNumber: Int { 1 }

  /// Plain computation of what the reference lacks. Estimated: each is that of the measured function
  /// nearest to it.
  enum EstimatedCompute {
    static var openEscrow: Int64 { 650 }
    static var assignHost: Int64 { 260 }
    static var askProofSystem: Int64 { 450 }
    static var askStake: Int64 { 300 }
    static var checkTerms: Int64 { 120 }
    static var cancel: Int64 { 1_000 }
    static var reclaim: Int64 { 1_000 }
    static var requestRefund: Int64 { 800 }
    static var confirmRefund: Int64 { 1_100 }
    static var countFailure: Int64 { 400 }
    static var slash: Int64 { 500 }
    static var dispute: Int64 { 1_254 }
    static var compensate: Int64 { 600 }
    static var proofCallback: Int64 { 700 }
    static var setProofSystem: Int64 { 1_272 }
    static var jobState: Int64 { 600 }
  }
}
