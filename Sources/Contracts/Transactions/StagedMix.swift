import EVM
import Quantities

/// Every contract of a profile at work, one function after the other: as many hosts as renters, each
/// of whom sends each function once. For measuring; the market sends the same calls.
public struct StagedMix: ~Copyable {
  public var world: World
  /// Transactions that failed; zero in a sound build.
  public private(set) var failures = 0
  public private(set) var gasUsed: Int64 = 0
  /// Functions in the order in which they must run.
  public let stages: [Stage]
  private let profile: ProtocolProfile
  private let contracts: Addresses
  private var renters = UniqueList<AccountID>()
  private var hosts = UniqueList<AccountID>()
  private var block = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
  private let posting: JobPosting
  private let text: StringID
  private let terms: NodeTerms
  private let proof: EZKLProof

  /// One function of one contract.
  public enum Stage: String, CaseIterable, Sendable {
    case tokenApprove = "TestToken.approve"
    case votesTransfer = "GovernanceToken.transfer"
    case votesDelegate = "GovernanceToken.delegate"
    case castVote = "Governance.castVote"
    case register = "NodeRegistry.registerNode"
    case registerFAB = "NodeRegistryFAB.registerNode"
    case post = "JobMarketplace.postJobWithToken"
    case claim = "JobMarketplace.claimJob"
    case submitProof = "ProofSystem.submitProof"
    case verifyProof = "ProofSystem.verifyProof"
    case complete = "JobMarketplace.completeJob"
    /// The marketplace asks the escrow, which pays.
    case release = "PaymentEscrow.releasePaymentFor"
    case postFAB = "JobMarketplaceFAB.postJobWithToken"
    case claimFAB = "JobMarketplaceFAB.claimJob"
    case completeFAB = "JobMarketplaceFAB.completeJob"
    case rate = "ReputationSystem.rateHost"
    case stream = "BaseAccountIntegration.createPaymentStream"
    case addKey = "BaseAccountIntegration.addSessionKey"
    /// An approval, sent for a wallet.
    case userOperation = "BaseAccountIntegration.handleOp"
    /// Two approvals.
    case batch = "BaseAccountIntegration.executeBatch"
    /// Two jobs.
    case batchPost = "JobMarketplace.batchPostJobs"

    /// In order for a profile; the reference's proof system understands no job of its marketplace.
    static func stages(of profile: ProtocolProfile) -> [Stage] {
      switch profile {
      case .referenceFAB: [.tokenApprove, .registerFAB, .postFAB, .claimFAB, .completeFAB, .rate]
      case .referenceETH:
        [
          .tokenApprove, .votesTransfer, .votesDelegate, .castVote, .register, .post, .claim,
          .complete, .rate, .stream, .addKey, .userOperation, .batch, .batchPost,
        ]
      case .documented:
        [
          .tokenApprove, .votesTransfer, .votesDelegate, .castVote, .register, .post, .claim,
          .submitProof, .verifyProof, .complete, .release, .rate, .stream, .addKey,
          .userOperation, .batch, .batchPost,
        ]
      }
    }
  }

  private struct Addresses {
    var usdc: AccountID
    var stakeToken: AccountID
    var registry: AccountID
    var marketplace: AccountID
    var reputation: AccountID
    var system: SystemDeployment?
  }

  /// - Parameter count: Hosts, and renters; transactions of each stage. At least 1.
  public init(_ profile: ProtocolProfile, count: Int) {
    precondition(count > 0, "a market needs a renter and a host")
    var rules = profile.rules
    rules.registrationLimit = UInt64.max
    var world = World(rules: rules)
    let start = BlockEnvironment(timestamp: 1_700_000_000, number: 1_000)
    if profile == .referenceFAB {
      let made = FABDeployment(in: &world, block: start)
      contracts = Addresses(
        usdc: made.usdc, stakeToken: made.fab, registry: made.hostRegistry,
        marketplace: made.marketplace, reputation: made.reputation)
    } else {
      let made = SystemDeployment(in: &world, block: start)
      contracts = Addresses(
        usdc: made.usdc, stakeToken: made.fab, registry: made.nodeRegistry,
        marketplace: made.marketplace, reputation: made.reputation, system: made)
    }
    let model = world.evm.strings.intern("llama2-7b")
    text = world.evm.strings.intern("QmT5NvUtoM5nWFfrQdVrFtvGfKFmG7AHE8P34isapyhCxX")
    posting = JobPosting(
      model: model, prompt: text, maxTokens: 1_000, temperature: 7_000, seed: 42,
      maxTimeToComplete: 360_000, requiresProof: profile == .documented, minGPUMemory: 16)
    terms = NodeTerms(peerID: text, models: world.makeModelList([model]), region: model)
    proof = world.ezklProof(
      instances: [1, 2, 3], proof: [], vk: [], modelCommitment: 1, inputHash: 2, outputHash: 3)
    let ether: UInt256 = 1_000_000_000_000_000_000
    for _ in 0..<count {
      let renter = world.addAccount(eth: ether)
      world.mintAtGenesis(1_000_000, of: contracts.usdc, to: renter)
      renters.append(renter)
      let host = world.addAccount(eth: ether * 1_000)
      world.mintAtGenesis(ether * 1_000, of: contracts.stakeToken, to: host)
      hosts.append(host)
    }
    self.world = world
    self.profile = profile
    stages = Stage.stages(of: profile)
  }

  /// Sends one stage's function, once by everybody.
  public mutating func run(_ stage: Stage) {
    prepare(stage)
    for number in 0..<renters.count {
      // A few transactions a block.
      if number & 7 == 0 {
        block.timestamp += 2
        block.number += 1
      }
      send(stage, by: number)
    }
  }

  /// What a stage needs besides its own calls.
  private mutating func prepare(_ stage: Stage) {
    block.timestamp += 2
    block.number += 1
    switch stage {
    case .register, .registerFAB:
      if profile == .referenceETH { return }
      for number in 0..<hosts.count {
        send(
          .approve(spender: contracts.registry, amount: .max), from: hosts[number],
          to: contracts.stakeToken)
      }
    case .castVote: propose()
    case .release: block.timestamp += world.rules.challengePeriod + 1
    default: break
    }
  }

  /// A proposal that everybody can vote on, by whoever deployed the system.
  private mutating func propose() {
    guard let system = contracts.system else { return }
    send(
      .governance(.delegate(to: system.deployer)), from: system.deployer,
      to: system.governanceToken)
    block.number += 1
    let update = ABIValue.tuple([
      .init("targetContract", .address(system.escrow)),
      .init("functionSelector", .fixedBytes([0, 0, 0, 0])),
      .init("parameterName", .string(Array("fee".utf8))), .init("newValue", .uint(200)),
    ])
    let outcome = world.transact(
      from: system.deployer, to: system.governance,
      signature: "proposeParameterUpdate((address,bytes4,string,uint256)[],string)",
      arguments: [.array([update]), .string([])], value: .zero, block: block,
      gasLimit: 10_000_000)
    if case .reverted = outcome.result { failures += 1 }
    block.number += 2
  }

  private mutating func send(_ stage: Stage, by number: Int) {
    let (renter, host) = (renters[number], hosts[number])
    let job = UInt64(number + 1)
    let market = contracts.marketplace
    switch stage {
    case .tokenApprove:
      send(.approve(spender: market, amount: 1_000_000), from: renter, to: contracts.usdc)
    case .registerFAB: send(.registerNode(metadata: text), from: host, to: contracts.registry)
    case .register:
      let stake = world.rules.minStake
      if profile == .documented {
        send(
          .registry(.registerNodeInFAB(terms, gpuMemory: 24, stake: stake)), from: host,
          to: contracts.registry)
      } else {
        send(
          .registry(.registerNode(terms)), from: host, to: contracts.registry, value: stake)
      }
    case .post, .postFAB:
      send(
        .postJobWithToken(posting, token: contracts.usdc, amount: 1_000_000), from: renter,
        to: market)
    case .claim, .claimFAB: send(.claimJob(job), from: host, to: market)
    case .complete, .completeFAB:
      send(.completeJob(job, resultHash: text, proof: .empty), from: host, to: market)
    case .rate:
      send(
        .rateHost(host, job: job, rating: 5, feedback: text), from: renter,
        to: contracts.reputation)
    case .release: send(.market(.releasePayment(job)), from: renter, to: market)
    case .batchPost:
      var plain = posting
      plain.requiresProof = false
      let jobs = world.makeBatch(repeatElement(BatchedJob(plain, payment: 1_000), count: 2))
      send(.market(.batchPostJobs(jobs)), from: renter, to: market, value: 2_000)
      world.discard(jobs)
    case .votesTransfer, .votesDelegate, .castVote, .submitProof, .verifyProof, .stream, .addKey,
      .userOperation, .batch:
      if let system = contracts.system { send(stage, by: number, in: system) }
    }
  }

  /// Functions of contracts that the deployed market lacks.
  private mutating func send(_ stage: Stage, by number: Int, in system: SystemDeployment) {
    let (renter, host) = (renters[number], hosts[number])
    let job = UInt64(number + 1)
    switch stage {
    case .votesTransfer:
      send(.transfer(to: renter, amount: 1_000), from: system.deployer, to: system.governanceToken)
    case .votesDelegate:
      send(.governance(.delegate(to: renter)), from: renter, to: system.governanceToken)
    case .castVote:
      send(.governance(.castVote(1, support: true)), from: renter, to: system.governance)
    case .submitProof: send(.proof(.submitProof(proof, job: job)), from: host, to: system.proofs)
    case .verifyProof:
      send(.proof(.verifyProof(job: job)), from: system.verifier, to: system.proofs)
    case .stream:
      send(
        .account(.createPaymentStream(to: host, amount: 1_000, duration: 1_000)), from: renter,
        to: system.accounts, value: 1_000)
    case .addKey:
      send(
        .account(.addSessionKey(host, expires: block.timestamp + 1_000)), from: renter,
        to: system.accounts)
    case .userOperation:
      let operation = world.makeOperations(CollectionOfOne(approval))
      let call = UserOperationCall(wallet: renter, nonce: 0, operation: operation)
      send(.account(.handleOp(call)), from: system.entryPoint, to: system.accounts)
      world.discard(operation)
    case .batch:
      let operations = world.makeOperations(repeatElement(approval, count: 2))
      send(.account(.executeBatch(operations)), from: renter, to: system.accounts)
      world.discard(operations)
    default: break
    }
  }

  private var approval: AccountOperation {
    AccountOperation(
      target: contracts.usdc, value: .zero,
      call: .approve(spender: contracts.marketplace, amount: 1_000_000))
  }

  private mutating func send(
    _ call: ContractCall, from sender: AccountID, to target: AccountID, value: UInt256 = .zero
  ) {
    let receipt = world.send(call, from: sender, to: target, value: value, block: block)
    if receipt.failure != nil { failures += 1 }
    gasUsed += receipt.gasUsed
  }
}
