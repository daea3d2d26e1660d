import Contracts
import EVM
import Quantities

/// What the market learns of an executed transaction.
struct ChainReceipt {
  var sender: AccountID
  var failure: CallFailure?
  var gasUsed: Gas
  /// Number of the job that a post made, else 0.
  var contractJob: UInt32 = 0

  var isSuccess: Bool { failure == nil }

  /// No sequencer includes a transaction whose sender cannot pay for its gas limit.
  static func unpaid(by sender: AccountID) -> ChainReceipt {
    ChainReceipt(sender: sender, failure: .empty, gasUsed: .zero)
  }

  /// As `transactions.csv` says it.
  var status: String {
    switch failure {
    case nil: "success"
    case .reverted(let reason): reason.rawValue
    case .panic(let code): "Panic(\(code.rawValue))"
    case .custom: "custom error"
    case .empty: "reverted without data"
    case .outOfGas: "outOfGas"
    }
  }
}

/// The market's transactions as calls of typed contract functions, and who pays for them.
extension MarketChain {
  mutating func postJob(
    from sender: AccountID, model: UInt16, promptTokens: Int32, outputTokens: Int32,
    payment: UInt64, inETH: Bool, requiresProof: Bool, terms: RenterTerms
  ) -> ChainReceipt {
    let posting = JobPosting(
      model: texts.models[Int(model)], prompt: prompt(ofTokens: promptTokens),
      maxTokens: UInt64(outputTokens), temperature: 7_000, resultFormat: texts.resultFormat,
      maxTimeToComplete: UInt256(terms.timeToComplete), requiresProof: requiresProof,
      minGPUMemory: terms.minGPUMemory, minReputationScore: terms.minReputation)
    if inETH {
      let price = ETHFlow.amount(ofUnits: payment)
      return send(
        .market(.postJob(posting, payment: price)), .postJobInETH, from: sender,
        to: contracts.marketplace, value: price)
    }
    return send(
      .postJobWithToken(posting, token: contracts.usdc, amount: UInt256(payment)), .postJob,
      from: sender, to: contracts.marketplace)
  }

  mutating func claimJob(_ job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(.claimJob(job), .claimJob, from: sender, to: contracts.marketplace)
  }

  mutating func completeJob(_ job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(
      .completeJob(job, resultHash: texts.contentIdentifier, proof: .empty), .completeJob,
      from: sender, to: contracts.marketplace)
  }

  mutating func rateHost(
    _ host: AccountID, job: UInt64, stars: UInt8, from sender: AccountID
  ) -> ChainReceipt {
    send(
      .rateHost(host, job: job, rating: stars, feedback: texts.feedback), .rateHost,
      from: sender, to: contracts.reputation)
  }

  mutating func submitProof(of job: UInt64, from sender: AccountID) -> ChainReceipt {
    guard let proof else { preconditionFailure("a proof where no contract takes one") }
    return send(
      .proof(.submitProof(proof, job: job)), .submitProof, from: sender,
      to: contracts.proofSystem)
  }

  mutating func verifyProof(of job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(.proof(.verifyProof(job: job)), .verifyProof, from: sender, to: contracts.proofSystem)
  }

  mutating func cancelJob(_ job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(.market(.cancelJob(job)), .cancelJob, from: sender, to: contracts.marketplace)
  }

  mutating func failJob(_ job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(.market(.failJob(job)), .failJob, from: sender, to: contracts.marketplace)
  }

  mutating func releasePayment(of job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(
      .market(.releasePayment(job)), .releasePayment, from: sender, to: contracts.marketplace)
  }

  mutating func disputeResult(of job: UInt64, from sender: AccountID) -> ChainReceipt {
    send(
      .market(.disputeResult(job, reason: texts.feedback)), .disputeResult, from: sender,
      to: contracts.marketplace)
  }

  mutating func resolveDispute(of job: UInt64, favorsRenter: Bool) -> ChainReceipt {
    send(
      .market(.resolveDispute(job, favorsClient: favorsRenter)), .resolveDispute,
      from: contracts.arbiter, to: contracts.marketplace)
  }

  /// Governance takes part of a host's stake.
  mutating func slashNode(_ host: AccountID, amount: UInt256) -> ChainReceipt {
    send(
      .registry(.slashNode(host, amount: amount, reason: texts.feedback)), .slashNode,
      from: contracts.governor, to: contracts.hostRegistry)
  }

  /// The owner opens the marketplace again, once the cooldown is over.
  mutating func unpause() -> ChainReceipt {
    send(.market(.unpause), .unpause, from: contracts.deployer, to: contracts.marketplace)
  }

  /// Brings a host's stake back to the minimum.
  mutating func topUp(by sender: AccountID) -> ChainReceipt {
    let stake = stake(of: sender)
    let missing = minStake > stake ? minStake - stake : .zero
    return send(
      .registry(.topUp(amount: missing)), .topUp, from: sender, to: contracts.hostRegistry)
  }

  mutating func send(
    _ call: ContractCall, _ function: MarketTransaction.Function, from sender: AccountID,
    to target: AccountID, value: UInt256 = .zero
  ) -> ChainReceipt {
    let receipt = world.send(
      call, from: sender, to: target, value: value,
      gasLimit: Int64(gasLimit(of: function, promptTokens: promptTokensOfCall).units),
      block: environment)
    return ChainReceipt(
      sender: sender, failure: receipt.failure, gasUsed: Gas(UInt64(receipt.gasUsed)),
      contractJob: UInt32(receipt.returned))
  }

  // Mutating, as what is not inlined must be: lent out unchanged, the whole chain would be copied.
  mutating func gasLimit(of transaction: MarketTransaction) -> Gas {
    gasLimit(of: transaction.function, promptTokens: transaction.promptTokens)
  }

  /// What a wallet states: more for a prompt that is stored whole, a slot a word.
  private mutating func gasLimit(
    of function: MarketTransaction.Function, promptTokens: Int32
  ) -> Gas {
    let limit = Gas(function.gasLimit(in: contracts.profile))
    if promptByHash { return limit }
    // A post stores every word; other calls may read the whole job, as ratings do.
    return Self.longPromptLimit(
      limit, perWord: Gas(function.isPost ? 25_000 : 3_000), promptTokens: promptTokens,
      atMost: producer.parameters.transactionGasLimitMaximum)
  }

  // Not a method: lent to one, the whole chain would be copied at every call that might need it.
  private static func longPromptLimit(
    _ limit: Gas, perWord: Gas, promptTokens: Int32, atMost maximum: Gas
  ) -> Gas {
    let bytes = Int(promptTokens) * MarketTexts.bytesPerToken
    let words = UInt64(max(0, bytes - 64) + 31) / 32
    return min(limit + perWord * words, maximum)
  }

  /// L1 data fee of a call, whether it will succeed or not; it depends on its bytes alone.
  mutating func l1Fee(of function: MarketTransaction.Function, promptTokens: Int32) -> Wei {
    l1Fees.fee(
      function: Int(function.rawValue),
      textLength: textLength(of: function, promptTokens: promptTokens))
  }

  /// What a call of so much gas costs its sender in the next block.
  mutating func fee(
    forGas gas: Gas, of function: MarketTransaction.Function, promptTokens: Int32
  ) -> Wei {
    let l1Fee = l1Fee(of: function, promptTokens: promptTokens)
    return FeeBreakdown(
      gasUsed: gas, baseFee: producer.baseFee, tip: tip, l1Fee: l1Fee,
      operatorRule: producer.parameters.operatorFee
    ).total
  }

  /// Bytes of the text that varies in a call.
  @inline(__always) func textLength(
    of function: MarketTransaction.Function, promptTokens: Int32
  ) -> Int {
    switch function {
    case .postJob, .postJobInETH: textBytes(ofTokens: promptTokens)
    case .completeJob: MarketTexts.contentIdentifierLength
    default: 0
    }
  }

  /// Takes the fee of an executed transaction from its sender.
  mutating func charge(_ receipt: ChainReceipt, tip: Wei, l1Fee: Wei) -> FeeBreakdown {
    let fee = producer.charge(receipt.gasUsed, tip: tip, l1Fee: l1Fee)
    collect(fee, from: receipt.sender)
    return fee
  }

  mutating func collect(_ fee: FeeBreakdown, from payer: AccountID) {
    let hasLeftEscrow = world.payFee(
      UInt256(high: 0, low: fee.total.rawValue), from: payer, to: vault)
    precondition(hasLeftEscrow, "account \(payer.index) could not pay its fee")
  }

  /// Whether the sender can pay for a transaction at the most that it may cost: its whole gas limit,
  /// the L1 data fee, the operator fee of the gas limit, and the ETH that it sends.
  ///
  /// - Source: op-geth `buyGas`, which demands all four before it executes.
  @inline(__always) func canPay(
    _ limit: Gas, from sender: AccountID, tip: Wei, l1Fee: Wei, value: Wei = .zero
  ) -> Bool {
    let most = FeeBreakdown(
      gasUsed: limit, baseFee: producer.baseFee, tip: tip, l1Fee: l1Fee,
      operatorRule: producer.parameters.operatorFee
    ).total
    return world.evm.ethBalance(of: sender) >= UInt256(high: 0, low: (most + value).rawValue)
  }

  @inline(__always) private func textBytes(ofTokens tokens: Int32) -> Int {
    promptByHash
      ? MarketTexts.contentIdentifierLength : Int(tokens) * MarketTexts.bytesPerToken
  }

  /// The prompt as it is stored: its content identifier, or text of its length.
  private mutating func prompt(ofTokens tokens: Int32) -> StringID {
    if promptByHash { return texts.contentIdentifier }
    return world.evm.strings.intern(
      String(repeating: "x", count: Int(tokens) * MarketTexts.bytesPerToken))
  }
}
