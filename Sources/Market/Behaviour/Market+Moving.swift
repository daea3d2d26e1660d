import Contracts
import EVM
import Kernel
import Quantities

/// Hosts that leave the registry, and come to it, by transactions of their own.
///
/// Each stage sends one transaction; what fails is tried again at the next review.
extension Market {
  mutating func beginLeaving(_ index: Int, toReturn: Bool, at time: SimTime) {
    business[index].stage = .leaving
    business[index].comeback = toReturn ? .asSomebodyElse : .none
    setAway(true, index, at: time)
  }

  mutating func beginEntering(_ index: Int, at time: SimTime) {
    business[index].stage = .registering
    business[index].comeback = .none
  }

  mutating func setAway(_ isAway: Bool, _ index: Int, at time: SimTime) {
    guard hosts[index].isAway != isAway else { return }
    hosts[index].isAway = isAway
    // Out of the market it is neither up nor down.
    if isAway {
      hosts[index].awaySince = time
      measured.hostsAway += 1
      if hosts[index].isUp {
        measured.hostsUp -= 1
      } else {
        hosts[index].downTotal += time - hosts[index].downSince
      }
    } else {
      hosts[index].awayTotal += time - hosts[index].awaySince
      measured.hostsAway -= 1
      if hosts[index].isUp { measured.hostsUp += 1 } else { hosts[index].downSince = time }
    }
    let host = HostID(UInt32(index))
    refresh(host)
    if !isAway { offerRoom(of: host, at: time) }
  }

  /// Sends the transaction of the stage, unless it is under way or must wait.
  mutating func continueMoving(_ index: Int, at time: SimTime) {
    guard !business[index].isPending else { return }
    switch business[index].stage {
    case .active, .away: return
    // Jobs under way are finished first; the contract asks for that too.
    case .leaving: if hosts[index].load == 0 { sendMove(.unregisterNode, index, at: time) }
    case .unbonding:
      let open = chain.standing?.openJobs(of: hosts[index].account) ?? 0
      if chain.nextTimestamp >= business[index].unbondedAt, open == 0 {
        sendMove(.withdrawStake, index, at: time)
      }
    case .movingStake:
      business[index].nextAccount = chain.addIdentity()
      sendMove(.transferStake, index, at: time)
    case .movingETH: sendMove(.sendETH, index, at: time)
    case .approvingRegistry: sendMove(.approveRegistry, index, at: time)
    case .approvingMarketplace: sendMove(.approveMarketplace, index, at: time)
    case .registering:
      guard chain.fabBalance(of: hosts[index].account) >= chain.minStake,
        chain.registrationsLeft.map({ $0 > registrationsPending }) ?? true
      else { return }
      registrationsPending += 1
      sendMove(.registerNode, index, at: time)
    }
  }

  private mutating func sendMove(
    _ function: MarketTransaction.Function, _ index: Int, at time: SimTime
  ) {
    business[index].isPending = true
    submit(
      MarketTransaction(
        function: function, job: .none, generation: 0, contractJob: 0,
        host: HostID(UInt32(index))),
      at: time)
  }

  mutating func callMove(
    _ transaction: MarketTransaction, from sender: AccountID
  ) -> ChainReceipt {
    let index = Int(transaction.host.index)
    let next = business[index].nextAccount
    switch transaction.function {
    case .unregisterNode: return chain.unregisterNode(from: sender)
    case .withdrawStake: return chain.withdrawStake(from: sender)
    case .transferStake: return chain.transferFAB(from: sender, to: next)
    case .sendETH: return chain.sendETH(from: sender, to: next)
    case .approveRegistry: return chain.approve(chain.contracts.hostRegistry, from: sender)
    case .approveMarketplace: return chain.approve(chain.contracts.marketplace, from: sender)
    case .registerNode:
      return chain.registerNode(
        from: sender, models: modelTexts(of: Int(hosts[index].cohort)),
        memory: memories[Int(hosts[index].cohort)],
        extraStake: configuration.hosts[Int(hosts[index].cohort)].extraStake)
    default: preconditionFailure("\(transaction.function) is no move")
    }
  }

  mutating func moveExecuted(
    _ transaction: MarketTransaction, _ receipt: ChainReceipt, at time: SimTime
  ) {
    let index = Int(transaction.host.index)
    business[index].isPending = false
    if transaction.function == .registerNode { registrationsPending -= 1 }
    guard receipt.isSuccess else {
      if transaction.function == .registerNode { measured.registrationsRefused += 1 }
      return
    }
    switch transaction.function {
    case .unregisterNode:
      measured.hostExits += 1
      let unbonding = chain.world.rules.unbonding
      business[index].unbondedAt = chain.environment.timestamp + unbonding
      business[index].stage = unbonding > 0 ? .unbonding : afterStakeIsBack(index)
      if unbonding == 0 { recordDeparture(of: index, at: time) }
      if jobRules.barsSuspicious { judgeRing(of: index, at: time) }
    case .withdrawStake:
      business[index].stage = afterStakeIsBack(index)
      recordDeparture(of: index, at: time)
    case .transferStake: business[index].stage = .movingETH
    case .sendETH:
      business[index].stage = .approvingRegistry
      becomeSomebodyElse(index, at: time)
    case .approveRegistry: business[index].stage = .approvingMarketplace
    case .approveMarketplace: business[index].stage = .registering
    case .registerNode:
      measured.hostEntries += 1
      let isSomebodyElse = business[index].comeback == .asSomebodyElse
      if isSomebodyElse { measured.identitiesChanged += 1 }
      business[index].stage = .active
      business[index].comeback = .none
      business[index].since = time
      hosts[index].stake = chain.stake(of: hosts[index].account).approximate / 1e18
      hosts[index].isBarred = false
      forgetScore(index)
      setAway(false, index, at: time)
      if isWatched { recordRegistration(of: index, isSomebodyElse: isSomebodyElse, at: time) }
      return
    default: return
    }
    continueMoving(index, at: time)
  }

  /// A controller with fewer nodes may be suspicious no more.
  private mutating func judgeRing(of index: Int, at time: SimTime) {
    let ring = hosts[index].ring
    guard ring != 0 else { return }
    for member in members(of: Int(hosts[index].cohort))
    where hosts[member].ring == ring && !hosts[member].isAway {
      judgeStake(
        of: HostID(UInt32(member)), chain.stake(of: hosts[member].account), at: time)
    }
  }

  func afterStakeIsBack(_ index: Int) -> Business.Stage {
    switch business[index].comeback {
    case .none: .away
    case .asItself: .registering
    case .asSomebodyElse: .movingStake
    }
  }

  private mutating func becomeSomebodyElse(_ index: Int, at time: SimTime) {
    business[index].identities += 1
    business[index].leftBehind = hosts[index].revenue
    hosts[index].account = business[index].nextAccount
    // Nobody knows the new one.
    hosts[index].isRefused = false
  }

  /// Routers take the host for what the registry says of its account.
  private mutating func forgetScore(_ index: Int) {
    let stored = chain.storedScore(of: hosts[index].account) ?? chain.scoreOfNewcomers
    scores[Int(hosts[index].cohort)].move(from: hosts[index].score, to: stored)
    hosts[index].score = stored
  }

  private func modelTexts(of cohort: Int) -> [StringID] {
    configuration.hosts[cohort].serves.map { served in
      let number = modelNames.firstIndex(of: served.model) ?? 0
      return chain.texts.models[number]
    }
  }
}

extension MarketChain {
  /// An empty account.
  mutating func addIdentity() -> AccountID { world.addAccount(eth: .zero) }

  mutating func unregisterNode(from sender: AccountID) -> ChainReceipt {
    send(.registry(.unregisterNode), .unregisterNode, from: sender, to: contracts.hostRegistry)
  }

  mutating func withdrawStake(from sender: AccountID) -> ChainReceipt {
    send(.registry(.withdrawStake), .withdrawStake, from: sender, to: contracts.hostRegistry)
  }

  /// All the FAB that the sender has.
  mutating func transferFAB(from sender: AccountID, to receiver: AccountID) -> ChainReceipt {
    send(
      .transfer(to: receiver, amount: fabBalance(of: sender)), .transferStake, from: sender,
      to: contracts.fab)
  }

  /// All the ETH that the sender has but for a tenth, for the fee of this very transaction.
  mutating func sendETH(from sender: AccountID, to receiver: AccountID) -> ChainReceipt {
    let balance = world.ethBalance(of: sender)
    return send(
      .sendETH, .sendETH, from: sender, to: receiver, value: balance / 10 * 9)
  }

  mutating func approve(_ spender: AccountID, from sender: AccountID) -> ChainReceipt {
    send(
      .approve(spender: spender, amount: .max), .approveRegistry, from: sender, to: contracts.fab)
  }

  /// Stakes what hosts of the sender's kind do, as far as it has that much.
  mutating func registerNode(
    from sender: AccountID, models: [StringID], memory: UInt16, extraStake: Int
  ) -> ChainReceipt {
    let wanted = world.rules.minStake + UInt256(extraStake) * Self.coinUnit
    let stake = max(world.rules.minStake, min(wanted, fabBalance(of: sender)))
    let list = world.makeModelList(models)
    let terms = NodeTerms(peerID: texts.metadata, models: list, region: texts.region)
    let receipt = send(
      .registry(
        .registerNodeInFAB(terms, gpuMemory: memory, stake: stake)),
      .registerNode, from: sender, to: contracts.hostRegistry)
    world.discard(list)
    return receipt
  }
}
