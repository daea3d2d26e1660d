import Contracts
import EVM
import Quantities

/// The chain as the market uses it: the world of contracts, the sequencer, the pending pool, and
/// the addresses and texts that the market's transactions name.
struct MarketChain: ~Copyable {
  var world: World
  var producer: BlockProducer
  var pool: PendingPool<MarketTransaction>
  var l1Fees: L1FeeTable
  var bundler: Bundler
  let contracts: MarketDeployment
  /// Receives every fee, so that ETH is conserved; `producer.vaults` says what for.
  let vault: AccountID
  let texts: MarketTexts
  let promptByHash: Bool
  /// Of the job that the call to come is about, where prompts are stored whole.
  var promptTokensOfCall: Int32 = 0
  var tip: Wei
  let usdcBalances: TokenBalances
  let scores: ReputationScores
  let rows: MarketRows
  /// What wallets look at before they post or claim; nil where nothing can be refused them.
  var standing: MarketplaceStanding?
  /// What every host submits: only whether a proof holds matters to a contract. Nil where none takes one.
  let proof: EZKLProof?
  /// What every challenger hands in: contracts do not look at it.
  let evidence: Bytes32
  /// Accounts that verify proofs.
  private(set) var verifiers: [AccountID] = []
  /// What a host stakes at least.
  var minStake: UInt256
  /// Background demand of the past, each up to a time.
  var pastDemands: [(until: SimTime, demand: BackgroundDemand)] = []
  /// What the open block's transactions see.
  private(set) var environment: BlockEnvironment

  init(_ configuration: MarketConfiguration, models: [String]) {
    world = World(rules: configuration.rules.values)
    let chain = configuration.chain
    var parameters = ChainParameters(chain)
    if let limit = chain.blockGasLimit { parameters.gasLimit = limit }
    let demand = BackgroundDemand.elastic(
      load: BackgroundLoad(chain.backgroundLoad), elasticity: chain.elasticity, on: parameters)
    producer = BlockProducer(parameters, demand: demand, initialBaseFee: chain.initialBaseFee)
    pool = PendingPool(
      PendingPoolRules(gasLimitMaximum: parameters.transactionGasLimitMaximum))
    l1Fees = L1FeeTable(
      functionCount: MarketTransaction.Function.allCases.count, on: parameters,
      calldata: MarketTexts.calldata)
    promptByHash = configuration.rules.values.promptByHash
    tip = chain.priorityFee
    environment = producer.environment
    let contracts = MarketDeployment(
      configuration.rules.profile, in: &world, unwired: configuration.unwired,
      block: producer.environment)
    self.contracts = contracts
    usdcBalances = world.balances(of: contracts.usdc)
    scores = world.scores(in: contracts.reputation)
    rows = world.rows(of: contracts)
    vault = world.addAccount(eth: .zero)
    var paymasters: [AccountID] = []
    for paymaster in configuration.accounts.paymasters {
      paymasters.append(world.addAccount(eth: MarketChain.wei(ofETH: paymaster.deposit)))
    }
    bundler = Bundler(
      UserOperationRules(
        bundleSize: configuration.accounts.bundleSize
          ?? Int(configuration.rules.values.bundleSize),
        verificationGas: configuration.accounts.verificationGas,
        paymasterGas: configuration.accounts.paymasterGas),
      paymasters: paymasters, on: parameters)
    texts = MarketTexts(models: models, in: &world)
    standing = world.standing(of: contracts)
    minStake = world.rules.minStake
    evidence = world.bytes32(UInt256(0xE51D_E5CE))
    if contracts.proofSystem.isZero {
      proof = nil
    } else {
      proof = Self.succinctProof(in: &world)
    }
    world.endow(contracts.arbiter, with: Self.startingETH)
    for _ in 0..<configuration.verifiers.count {
      let verifier = world.addAccount(eth: Self.startingETH)
      world.grantVerifierRole(to: verifier, in: contracts, block: environment)
      verifiers.append(verifier)
    }
  }

  /// A succinct proof about one model, input and output.
  private static func succinctProof(in world: inout World) -> EZKLProof {
    let instances = [
      MarketTexts.proofModel, MarketTexts.proofInput, MarketTexts.proofOutput,
    ]
    return world.ezklProof(
      instances: instances, proof: Array(repeating: .max, count: MarketTexts.proofWords), vk: [],
      modelCommitment: instances[0], inputHash: instances[1], outputHash: instances[2])
  }

  // MARK: Blocks

  mutating func send(_ transaction: MarketTransaction, at time: SimTime) -> Bool {
    let terms = TransactionTerms(
      tip: tip, whenBaseFeeIs: producer.baseFee, gasLimit: gasLimit(of: transaction))
    return pool.send(transaction, terms: terms, at: time).ticket != nil
  }

  mutating func openBlock(at time: SimTime) -> Bool {
    guard producer.open(at: time) else { return false }
    environment = producer.environment
    environment.hasCalldataFloor = producer.parameters.calldataFloorGasPerToken > .zero
    pool.beginBlock(baseFee: producer.baseFee, at: time)
    return true
  }

  mutating func nextTransaction() -> PendingTransaction<MarketTransaction>? {
    pool.next(in: producer.room)
  }

  mutating func sealBlock() -> BlockSummary {
    pool.endBlock()
    return producer.seal()
  }

  /// Second at which the next block will be sealed, as wallets expect it.
  var nextTimestamp: UInt64 {
    environment.timestamp + UInt64(producer.parameters.blockTime.nanoseconds / 1_000_000_000)
  }

  /// What the network would charge for background demand alone, wei per gas, averaged over time.
  func equilibriumBaseFee(from start: SimTime, to end: SimTime) -> Double {
    let steps = pastDemands.isEmpty ? 96 : 9_600
    var sum = 0.0
    for step in 0..<steps {
      let time = start + .nanoseconds((end - start).nanoseconds / Int64(steps) * Int64(step))
      let past = pastDemands.first { time < $0.until }
      let fee = (past?.demand ?? producer.demand).equilibriumBaseFee(
        at: time, minimum: producer.parameters.baseFeeMinimum)
      guard let fee else { return .nan }
      sum += fee
    }
    return sum / Double(steps)
  }
}

extension ChainParameters {
  init(_ configuration: ChainConfiguration) {
    switch configuration.network {
    case .baseMainnet: self = .baseMainnet
    case .baseSepolia: self = .baseSepolia
    }
    l1 = L1DataPrice(
      baseFeeScalar: l1.baseFeeScalar, blobBaseFeeScalar: l1.blobBaseFeeScalar,
      l1BaseFee: configuration.l1BaseFee ?? l1.l1BaseFee,
      blobBaseFee: configuration.blobBaseFee ?? l1.blobBaseFee)
  }
}

extension BackgroundLoad {
  init(_ load: ChainConfiguration.BackgroundLoad) {
    switch load {
    case .constant(let share): self = .constant(share)
    case .diurnal(let mean, let amplitude, let peakHour):
      self = .diurnal(mean: mean, amplitude: amplitude, peakHour: peakHour)
    }
  }
}
