public import EVM
public import Quantities

/// What became of a transaction: all that the hot path hands out. Its logs are in `World.logs`.
public struct Receipt: BitwiseCopyable, Hashable, Sendable {
  /// nil when it succeeded.
  public var failure: CallFailure?
  /// Gas that the sender pays for, after the refund.
  public var gasUsed: Int64
  /// What the call returned: the number of the job that it posted, else 0.
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
  private mutating func execute(
    _ call: ContractCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) -> UInt64 {
    let instance = evm.instance(of: target)
    if case .sendETH = call {
      try receiveETH(value, at: target, from: sender)
      return 0
    }
    switch code(of: target) {
    case .none: return 0
    case .testToken where value.isZero:
      try tokens[instance].execute(call, by: sender, &self)
      return 0
    case .nodeRegistryFAB where value.isZero:
      try fabRegistries[instance].execute(call, by: sender, &self)
      return 0
    case .jobMarketplaceFAB where value.isZero:
      return try fabMarketplaces[instance].execute(call, by: sender, &self)
    case .reputationSystem where value.isZero:
      guard case .rateHost(let host, let job, let rating, let feedback) = call else {
        throw .empty
      }
      try reputationSystems[instance].rateHost(
        host, job: UInt256(high: 0, low: UInt128(job)), rating: rating, feedback: feedback,
        by: sender, &self)
      return 0
    // Everybody else lacks the function, or the function takes no value.
    default: throw .empty
    }
  }

  /// Starts a transaction: sender and target are warm, the sender's nonce counts up.
  mutating func begin(
    from sender: AccountID, to target: AccountID, gasLimit: Int64, block: BlockEnvironment
  ) {
    evm.begin(from: sender, gasLimit: gasLimit, block: block)
    logs.truncate(to: 0)
    evm.warm(sender)
    evm.warm(target)
    evm.countTransaction(of: sender)
  }

  mutating func payIntrinsic(calldata: Int64) throws(CallFailure) {
    try evm.charge(GasSchedule.transaction + calldata)
  }

  /// Undoes a transaction that failed; out of gas leaves nothing.
  mutating func fail(_ failure: CallFailure) {
    evm.undoAll()
    logs.truncate(to: 0)
    if failure == .outOfGas { evm.gas = 0 }
  }

  /// Ends a transaction: settles the refund and audits the books.
  mutating func finish(
    gasLimit: Int64, calldata: Int64, failure: CallFailure? = nil, returned: UInt64 = 0
  ) -> Receipt {
    let spent = gasLimit - evm.gas
    let refund = min(max(0, evm.refund), spent / GasSchedule.refundQuotient)
    var used = spent - refund
    if evm.block.hasCalldataFloor {
      let tokens = calldata / GasSchedule.calldataZeroByte
      used = max(used, GasSchedule.transaction + tokens * GasSchedule.calldataFloorToken)
    }
    if auditFinding == nil { auditFinding = evm.audit() }
    return Receipt(failure: failure, gasUsed: used, returned: returned)
  }
}

extension Machine {
  /// Price of a transaction's data: 4 a zero byte, 16 any other.
  static func price(ofCalldata bytes: [UInt8]) -> Int64 {
    CalldataSize(bytes: bytes.count, nonzeroBytes: bytes.count { $0 != 0 }).price
  }
}

extension TestToken {
  fileprivate func execute(
    _ call: ContractCall, by sender: AccountID, _ world: inout World
  ) throws(CallFailure) {
    switch call {
    case .approve(let spender, let amount):
      _ = try approve(spender: spender, amount: amount, by: sender, &world)
    case .transfer(let receiver, let amount):
      _ = try transfer(to: receiver, amount: amount, by: sender, &world)
    default: throw .empty
    }
  }
}

extension NodeRegistryFAB {
  fileprivate func execute(
    _ call: ContractCall, by sender: AccountID, _ world: inout World
  ) throws(CallFailure) {
    switch call {
    case .registerNode(let metadata): try registerNode(metadata: metadata, by: sender, &world)
    case .unregisterNode: try unregisterNode(by: sender, &world)
    case .stake(let amount): try stake(amount, by: sender, &world)
    case .updateMetadata(let metadata): try updateMetadata(metadata, by: sender, &world)
    default: throw .empty
    }
  }
}

extension JobMarketplaceFAB {
  fileprivate func execute(
    _ call: ContractCall, by sender: AccountID, _ world: inout World
  ) throws(CallFailure) -> UInt64 {
    switch call {
    case .postJobWithToken(let posting, let token, let amount):
      let id = try postJobWithToken(
        posting, token: token, amount: amount, by: sender, &world)
      return id.jobNumber
    case .claimJob(let job):
      try claimJob(UInt256(high: 0, low: UInt128(job)), by: sender, &world)
    case .completeJob(let job, let result, let proof):
      try completeJob(
        UInt256(high: 0, low: UInt128(job)), resultHash: result, proofBytes: Int(proof.length),
        by: sender, &world)
    default: throw .empty
    }
    return 0
  }
}
