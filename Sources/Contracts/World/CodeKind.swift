public import EVM

/// What code an account has. The machine stores the raw value, 0 for none.
public enum CodeKind: UInt8, BitwiseCopyable, Sendable {
  case none
  // Wallets that are no contracts of the system.
  case accepting
  case rejecting
  case expensive
  case reentrant
  // Contracts; the instance is the number among those of the kind.
  case testToken
  case nodeRegistry
  case nodeRegistryFAB
  case jobMarketplace
  case jobMarketplaceFAB
  case paymentEscrow
  case reputationSystem
  case accountIntegration
  case governanceToken
  case proofSystem
  case governance
  // Test doubles of the conformance vectors.
  case proofJobSource
  case pausableTarget
  case callbackToken
}

extension World {
  @inline(__always) public func code(of account: AccountID) -> CodeKind {
    // Only `setCode` with a raw value of this enum writes the byte, and no code is 0. The
    // initialiser that checks costs a call on each call between contracts.
    unsafe unsafeBitCast(evm.codeKind(of: account), to: CodeKind.self)
  }

  @inline(__always) public func hasCode(_ account: AccountID) -> Bool {
    evm.codeKind(of: account) != 0
  }

  mutating func setCode(_ kind: CodeKind, instance: Int, at account: AccountID) {
    evm.setCode(kind.rawValue, instance: instance, at: account)
  }
}
