import Contracts
import Detection
import EVM
import Kernel
import Quantities
import Statistics

/// Transactions sent, blocks sealed, and what each executed transaction sets off.
extension Market {
  mutating func send(
    _ function: MarketTransaction.Function, for id: JobID, host: HostID? = nil, stars: UInt8 = 0,
    at time: SimTime
  ) {
    var transaction = transaction(function, for: id)
    transaction.stars = stars
    if let host { transaction.host = host }
    submit(transaction, at: time)
  }

  @inline(__always) func transaction(
    _ function: MarketTransaction.Function, for id: JobID
  ) -> MarketTransaction {
    MarketTransaction(
      function: function, job: id, generation: jobs[id].generation,
      contractJob: jobs[id].contractJob,
      promptTokens: function.isPost || !chain.promptByHash ? jobs[id].promptTokens : 0,
      host: jobs[id].host)
  }

  /// Hands a transaction to the pool at today's price.
  mutating func submit(_ transaction: MarketTransaction, at time: SimTime) {
    guard chain.send(transaction, at: time) else {
      // Only a pool of a million transactions refuses: whoever sent it tries again next block.
      deferred.append(transaction)
      return
    }
  }

  /// Sends the claim of a host that has reserved room for the job.
  mutating func sendClaim(_ id: JobID, by host: HostID, at time: SimTime) {
    jobs[id].phase = .claiming
    jobs[id].openClaims += 1
    hosts[Int(host.index)].claims += 1
    hosts[Int(host.index)].latestClaim = jobs[id].contractJob
    send(.claimJob, for: id, host: host, at: time)
  }

  mutating func sealBlock(at time: SimTime) {
    kernel.schedule(.blockSealed, at: time + chain.producer.parameters.blockTime, in: .chain)
    guard chain.openBlock(at: time) else { return }
    while let next = chain.nextTransaction() {
      fetchUpcomingTransactions()
      execute(next, at: time)
    }
    closeBundle(at: time)
    playScript(at: time)
    let summary = chain.sealBlock()
    auditBlock(at: time)
    observeStanding(at: time)
    if isRoutedByModel { followReputations() }
    resendDropped(at: time)
    measured.blocks += 1
    interval.blocks += 1
    let filling =
      Double(summary.gasUsed.units) / Double(chain.producer.parameters.gasLimit.units)
    measured.blockFilling += filling
    interval.blockFilling += filling
    measured.baseFee.record(summary.baseFee.gwei)
  }

  /// Wallets send again, at the new price, what the pool dropped or refused.
  private mutating func resendDropped(at time: SimTime) {
    guard !chain.pool.dropped.isEmpty || !deferred.isEmpty else { return }
    var again = deferred
    deferred.removeAll()
    for departure in chain.pool.dropped { again.append(departure.transaction) }
    chain.pool.forgetDropped()
    measured.resent += again.count
    for transaction in again { submit(transaction, at: time) }
  }

  private mutating func execute(
    _ pending: PendingTransaction<MarketTransaction>, at time: SimTime
  ) {
    let transaction = pending.transaction
    let sender: AccountID
    let party: MarketParty
    let wallet: MarketWallet
    switch transaction.function.role {
    case .renter:
      let renter = jobs[transaction.job].renter
      party = .renter(renter)
      sender = renters[Int(renter.index)].account
      wallet = renterTerms[Int(renters[Int(renter.index)].cohort)].wallet
    case .host:
      party = .host(transaction.host)
      sender = hosts[Int(transaction.host.index)].account
      wallet = hostTerms[Int(hosts[Int(transaction.host.index)].cohort)].wallet
    case .verifier:
      party = .verifier(transaction.verifier)
      sender = verifiers[Int(transaction.verifier)].account
      wallet = .ownAccount
    case .arbiter:
      party = .official
      sender = chain.contracts.arbiter
      wallet = .ownAccount
    case .governor:
      party = .official
      sender = chain.contracts.governor
      wallet = .ownAccount
    case .guardian, .council:
      party = .official
      sender = chain.contracts.deployer
      wallet = .ownAccount
    case .challenger:
      party = .challenger(transaction.verifier)
      sender = challengers[Int(transaction.verifier)].account
      wallet = .ownAccount
    case .voter:
      party = .official
      sender = assembly.voters[Int(transaction.host.index)].account
      wallet = .ownAccount
    }
    let tip = pending.effectiveTip
    if wallet.isSmart {
      return executeOperation(
        transaction, from: sender, of: party, wallet: wallet, tip: tip, at: time)
    }
    let l1Fee = chain.l1Fee(
      of: transaction.function, promptTokens: transaction.promptTokens)
    guard
      chain.canPay(
        chain.gasLimit(of: transaction), from: sender, tip: tip, l1Fee: l1Fee,
        value: value(of: transaction))
    else {
      measured.unpaid += 1
      return conclude(transaction, .unpaid(by: sender), at: time)
    }
    let receipt = call(transaction, from: sender)
    let fee = chain.charge(receipt, tip: tip, l1Fee: l1Fee)
    account(
      for: transaction, receipt, fee, of: party, payer: 0, jobNumber: jobNumber(of: transaction),
      at: time)
    conclude(transaction, receipt, at: time)
  }

  /// ETH that travels with a call that pays for a job.
  @inline(__always) func value(of transaction: MarketTransaction) -> Wei {
    transaction.function == .postJobInETH
      ? ETHFlow.wei(ofUnits: jobs[transaction.job].payment) : .zero
  }

  /// Number of the request that a transaction belongs to; nil when its job has ended.
  @inline(__always) func jobNumber(of transaction: MarketTransaction) -> UInt64? {
    if transaction.job.isNone { return nil }
    return jobs[transaction.job].generation == transaction.generation
      ? jobs[transaction.job].number : nil
  }

  mutating func conclude(
    _ transaction: MarketTransaction, _ receipt: ChainReceipt, at time: SimTime
  ) {
    // Only a lost claim outlives its job.
    assert(
      transaction.job.isNone || transaction.function == .claimJob
        || jobs[transaction.job].generation == transaction.generation,
      "\(transaction.function) of a job that has ended")
    switch transaction.function {
    case .postJob, .postJobInETH: postExecuted(transaction.job, receipt, at: time)
    case .claimJob: claimExecuted(transaction, receipt, at: time)
    case .completeJob: completionExecuted(transaction.job, receipt, at: time)
    case .rateHost:
      if isWatched, receipt.isSuccess {
        watch.record.recordRating(
          renter: Int(jobs[transaction.job].renter.index),
          host: watch.identities[Int(transaction.host.index)],
          stars: Int(transaction.stars), at: time)
      }
      ratingExecuted(transaction.job, receipt, at: time)
    case .submitProof: proofExecuted(transaction.job, receipt, at: time)
    case .verifyProof: verdictExecuted(transaction.job, receipt, at: time)
    case .cancelJob: cancelExecuted(transaction.job, receipt, at: time)
    case .failJob: failureExecuted(transaction.job, receipt, at: time)
    case .releasePayment: releaseExecuted(transaction.job, receipt, at: time)
    case .topUp:
      hosts[Int(transaction.host.index)].isToppingUp = false
      observeStake(of: transaction.host, after: .topUp, at: time)
    case .disputeResult: disputeExecuted(transaction.job, receipt, at: time)
    case .resolveDispute:
      decisionExecuted(
        transaction.job, receipt, favorsRenter: transaction.stars == 1, at: time)
    case .unregisterNode, .withdrawStake, .transferStake, .sendETH, .approveRegistry,
      .approveMarketplace, .registerNode:
      moveExecuted(transaction, receipt, at: time)
    case .giveUp: givenUp(transaction.job, receipt, at: time)
    case .slashNode: observeStake(of: transaction.host, after: .detector, at: time)
    case .unpause: unpauseExecuted(receipt, at: time)
    case .pauseInEmergency: pauseExecuted(receipt, at: time)
    case .endEmergency: emergencyEnded(receipt)
    case .challengeProof: challengeExecuted(transaction.job, receipt, at: time)
    case .resolveChallenge:
      challengeResolved(
        transaction.job, receipt, isSuccessful: transaction.stars == 1, at: time)
    case .expireChallenge: challengeExpired(transaction.job, receipt, at: time)
    case .propose, .castVote, .queueProposal, .executeProposal:
      governanceExecuted(transaction, receipt, at: time)
    }
  }

  mutating func call(
    _ transaction: MarketTransaction, from sender: AccountID
  ) -> ChainReceipt {
    chain.promptTokensOfCall = transaction.promptTokens
    switch transaction.function {
    case .postJob, .postJobInETH:
      let id = transaction.job
      return chain.postJob(
        from: sender, model: eligibilityModels[Int(jobs[id].eligibility)],
        promptTokens: jobs[id].promptTokens, outputTokens: jobs[id].outputTokens,
        payment: jobs[id].payment, inETH: jobs[id].isPaidInETH,
        requiresProof: jobs[id].requiresProof,
        terms: terms(ofRenterOf: id))
    case .claimJob:
      return chain.claimJob(UInt64(transaction.contractJob), from: sender)
    case .completeJob:
      return chain.completeJob(UInt64(transaction.contractJob), from: sender)
    case .rateHost:
      return chain.rateHost(
        hosts[Int(transaction.host.index)].account, job: UInt64(transaction.contractJob),
        stars: transaction.stars, from: sender)
    case .submitProof:
      return chain.submitProof(of: UInt64(transaction.contractJob), from: sender)
    case .verifyProof:
      return chain.verifyProof(of: UInt64(transaction.contractJob), from: sender)
    case .cancelJob: return chain.cancelJob(UInt64(transaction.contractJob), from: sender)
    case .failJob: return chain.failJob(UInt64(transaction.contractJob), from: sender)
    case .releasePayment:
      return chain.releasePayment(of: UInt64(transaction.contractJob), from: sender)
    case .topUp: return chain.topUp(by: sender)
    case .disputeResult:
      return chain.disputeResult(of: UInt64(transaction.contractJob), from: sender)
    case .resolveDispute:
      return chain.resolveDispute(
        of: UInt64(transaction.contractJob), favorsRenter: transaction.stars == 1)
    case .unregisterNode, .withdrawStake, .transferStake, .sendETH, .approveRegistry,
      .approveMarketplace, .registerNode:
      return callMove(transaction, from: sender)
    case .giveUp: return chain.failJob(UInt64(transaction.contractJob), from: sender)
    case .slashNode: return slashAccused(transaction.host)
    case .unpause: return chain.unpause()
    case .pauseInEmergency, .endEmergency:
      return chain.actInEmergency(transaction.function, from: sender)
    case .challengeProof:
      return chain.challengeProof(of: UInt64(transaction.contractJob), from: sender)
    case .resolveChallenge:
      return chain.resolveChallenge(
        UInt64(jobs[transaction.job].challenge) - 1, isSuccessful: transaction.stars == 1,
        from: sender)
    case .expireChallenge:
      return chain.expireChallenge(UInt64(jobs[transaction.job].challenge) - 1, from: sender)
    case .propose, .castVote, .queueProposal, .executeProposal:
      return callGovernance(transaction, from: sender)
    }
  }

  /// Books an executed transaction.
  ///
  /// - Parameter payer: 0 for the sender, n for the n-th paymaster.
  mutating func account(
    for transaction: MarketTransaction, _ receipt: ChainReceipt, _ fee: FeeBreakdown,
    of party: MarketParty, payer: UInt8, jobNumber: UInt64?, at time: SimTime
  ) {
    let l1 = fee.l1 + fee.operator
    let row = Int(transaction.function.rawValue) * measured.payerCount + Int(payer)
    measured.gas[row].count(
      receipt.gasUsed, succeeded: receipt.isSuccess, feeL2: fee.l2, feeL1: l1)
    interval.transactions += 1
    interval.gas += receipt.gasUsed
    interval.fees += fee.total
    if payer == 0 {
      switch party {
      case .renter(let renter):
        renters[Int(renter.index)].fees += UInt64(fee.total.rawValue)
        if hasPuppets { countEdgeFee(fee.total, of: transaction, by: renter) }
      case .host(let host): hosts[Int(host.index)].fees += UInt64(fee.total.rawValue)
      case .verifier(let number): verifiers[Int(number)].fees += UInt64(fee.total.rawValue)
      case .challenger(let number): challengers[Int(number)].fees += UInt64(fee.total.rawValue)
      case .official: break
      }
    }
    if tables.transactions.isRecording {
      record(transaction, receipt, fee, payer: payer, jobNumber: jobNumber, at: time)
    }
  }

  private mutating func record(
    _ transaction: MarketTransaction, _ receipt: ChainReceipt, _ fee: FeeBreakdown,
    payer: UInt8, jobNumber: UInt64?, at time: SimTime
  ) {
    tables.transactions.row.append(Int(chain.producer.number))
    tables.transactions.row.append(time)
    tables.transactions.row.append(transaction.function.name)
    tables.transactions.row.append(Int(receipt.sender.index))
    tables.transactions.row.append(payerName(payer))
    if let jobNumber {
      tables.transactions.row.append(Int(jobNumber))
    } else {
      tables.transactions.row.appendAbsent()
    }
    tables.transactions.row.append(receipt.status)
    tables.transactions.row.append(receipt.gasUsed)
    tables.transactions.row.append(fee.l2)
    tables.transactions.row.append(fee.l1 + fee.operator)
    tables.transactions.endRow()
  }
}
