public import EVM
public import Quantities

/// What became of a transaction: all that the hot path hands out. Its logs are in `World.logs`.
public struct Receipt: BitwiseCopyable, Hashable, Sendable {
  /// nil when it succeeded.
  public var failure: CallFailure?
  /// Gas that the sender pays for, after the refund.
  public var gasUsed: Int64
  /// What the call returned: the number of the job, proposal or challenge that it made, else 0.
  public var returned: UInt64
}

extension World {
  /// Executes one transaction with gas, journal and audit.
  ///
  /// Fees are the chain's affair: this moves the value and reports the gas. A sender without the
  /// value fails with `.empty` and pays the intrinsic gas, where a real pool would drop it.
  ///
  /// - Parameter gasLimit: At most 2⁶²; below the intrinsic gas the transaction is out of gas.
  /// - Returns: The receipt; logs stand in `logs` until the next transaction.
  /// - Complexity: O(storage operations); allocates nothing once tables and buffers have grown.
  public mutating func send(
    _ call: ContractCall, from sender: AccountID, to target: AccountID, value: UInt256 = .zero,
    gasLimit: Int64 = 30_000_000, block: BlockEnvironment
  ) -> Receipt {
    let calldata = calldata(of: call).price
    begin(from: sender, to: target, gasLimit: gasLimit, block: block)
    do throws(CallFailure) {
      try payIntrinsic(calldata: calldata)
      if !evm.moveETH(value, from: sender, to: target) { throw .empty }
      let returned = try execute(call, from: sender, to: target, value: value)
      return finish(gasLimit: gasLimit, calldata: calldata, returned: returned)
    } catch {
      fail(error)
      return finish(gasLimit: gasLimit, calldata: calldata, failure: error)
    }
  }

  /// From a typed call to the contract's function, by what code the target has.
  @inline(__always) mutating func execute(
    _ call: ContractCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) -> UInt64 {
    let kind = code(of: target)
    let instance = evm.instance(of: target)
    switch call {
    case .sendETH: try receiveETH(value, at: target, from: sender)
    case .approve(let spender, let amount):
      if kind == .governanceToken, value.isZero {
        try governanceTokens[instance].approve(
          spender: spender, amount: amount, by: sender, &self)
        break
      }
      guard try answers(kind, as: .testToken, value) else { break }
      _ = try tokens[instance].approve(spender: spender, amount: amount, by: sender, &self)
    case .transfer(let receiver, let amount):
      if kind == .governanceToken, value.isZero {
        try governanceTokens[instance].transfer(to: receiver, amount: amount, by: sender, &self)
        break
      }
      guard try answers(kind, as: .testToken, value) else { break }
      _ = try tokens[instance].transfer(to: receiver, amount: amount, by: sender, &self)
    case .registerNode(let metadata):
      guard try answers(kind, as: .nodeRegistryFAB, value) else { break }
      try fabRegistries[instance].registerNode(metadata: metadata, by: sender, &self)
    case .unregisterNode:
      guard try answers(kind, as: .nodeRegistryFAB, value) else { break }
      try fabRegistries[instance].unregisterNode(by: sender, &self)
    case .stake(let amount):
      guard try answers(kind, as: .nodeRegistryFAB, value) else { break }
      try fabRegistries[instance].stake(amount, by: sender, &self)
    case .updateMetadata(let metadata):
      guard try answers(kind, as: .nodeRegistryFAB, value) else { break }
      try fabRegistries[instance].updateMetadata(metadata, by: sender, &self)
    case .postJobWithToken(let posting, let token, let amount):
      if kind == .jobMarketplace, value.isZero {
        return try marketplaces[instance].postJobWithToken(
          posting, token: token, amount: amount, by: sender, &self
        ).number.narrow ?? 0
      }
      guard try answers(kind, as: .jobMarketplaceFAB, value) else { break }
      let id = try fabMarketplaces[instance].postJobWithToken(
        posting, token: token, amount: amount, by: sender, &self)
      return id.jobNumber
    case .claimJob(let job):
      if kind == .jobMarketplace, value.isZero {
        try marketplaces[instance].claimJob(
          UInt256(high: 0, low: UInt128(job)), by: sender, &self)
        break
      }
      guard try answers(kind, as: .jobMarketplaceFAB, value) else { break }
      try fabMarketplaces[instance].claimJob(
        UInt256(high: 0, low: UInt128(job)), by: sender, &self)
    case .completeJob(let job, let result, let proof):
      if kind == .jobMarketplace, value.isZero {
        try marketplaces[instance].completeJob(
          UInt256(high: 0, low: UInt128(job)), resultHash: result,
          proofBytes: Int(proof.length), by: sender, &self)
        break
      }
      guard try answers(kind, as: .jobMarketplaceFAB, value) else { break }
      try fabMarketplaces[instance].completeJob(
        UInt256(high: 0, low: UInt128(job)), resultHash: result, proofBytes: Int(proof.length),
        by: sender, &self)
    case .rateHost(let host, let job, let rating, let feedback):
      guard try answers(kind, as: .reputationSystem, value) else { break }
      try reputationSystems[instance].rateHost(
        host, job: UInt256(high: 0, low: UInt128(job)), rating: rating, feedback: feedback,
        by: sender, &self)
    case .market(let call):
      return try execute(call, from: sender, to: target, value: value)
    case .registry(let call):
      try execute(call, from: sender, to: target, value: value)
    case .account(let call):
      return try execute(call, from: sender, to: target, value: value)
    case .governance(let call):
      return try execute(call, from: sender, to: target, value: value)
    case .proof(let call):
      return try execute(call, from: sender, to: target, value: value)
    }
    return 0
  }

  /// Whether code of a kind runs a function of another kind's contract: an account without code
  /// takes any call and does nothing.
  ///
  /// - Throws: `.empty` when the code lacks the function, or is sent value, which none takes.
  @inline(__always) func answers(
    _ kind: CodeKind, as contract: CodeKind, _ value: UInt256
  ) throws(CallFailure) -> Bool {
    if kind == contract, value.isZero { return true }
    if kind == .none { return false }
    throw .empty
  }

  /// Starts a transaction: sender and target are warm, the sender's nonce counts up.
  @inline(__always) mutating func begin(
    from sender: AccountID, to target: AccountID, gasLimit: Int64, block: BlockEnvironment
  ) {
    evm.begin(from: sender, gasLimit: gasLimit, block: block)
    logs.truncate(to: 0)
    suspectBooks = 0
    evm.warm(sender)
    evm.warm(target)
    evm.countTransaction(of: sender)
  }

  @inline(__always) mutating func payIntrinsic(calldata: Int64) throws(CallFailure) {
    try evm.charge(GasSchedule.transaction + calldata)
  }

  /// Undoes a transaction that failed; out of gas leaves nothing.
  @inline(never) mutating func fail(_ failure: CallFailure) {
    evm.undoAll()
    restoreRules()
    logs.truncate(to: 0)
    suspectBooks = 0
    if failure == .outOfGas { evm.gas = 0 }
  }

  /// Ends a transaction: settles the refund and audits the books.
  @inline(__always) mutating func finish(
    gasLimit: Int64, calldata: Int64, failure: CallFailure? = nil, returned: UInt64 = 0
  ) -> Receipt {
    let spent = gasLimit - evm.gas
    let refund = min(max(0, evm.refund), spent / GasSchedule.refundQuotient)
    var used = spent - refund
    if evm.block.hasCalldataFloor {
      let tokens = calldata / GasSchedule.calldataZeroByte
      used = max(used, GasSchedule.transaction + tokens * GasSchedule.calldataFloorToken)
    }
    if auditFinding == nil, let finding = evm.audit() { auditFinding = finding }
    auditSolvency()
    return Receipt(failure: failure, gasUsed: used, returned: returned)
  }
}

extension Machine {
  /// Price of a transaction's data: 4 a zero byte, 16 any other.
  static func price(ofCalldata bytes: [UInt8]) -> Int64 {
    CalldataSize(bytes: bytes.count, nonzeroBytes: bytes.count { $0 != 0 }).price
  }
}
