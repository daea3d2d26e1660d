public import EVM
public import Quantities

extension World {
  /// Deploys a contract at a reserved address; `arguments` may name accounts deployed later.
  ///
  /// - Precondition: `type` is one of `supportedTypes` and `account` has no code.
  public mutating func deploy(
    type: String, at account: AccountID, from: AccountID, arguments: [ABIValue], value: UInt256,
    block: BlockEnvironment
  ) -> TransactionOutcome {
    guard let cost = DeploymentCost.of(type) else {
      preconditionFailure("\(type) is not a contract type; see supportedTypes")
    }
    precondition(!hasCode(account), "the account has code already")
    // Constructors may read the block.
    evm.block = block
    let encoded = evm.encode(arguments)
    let intrinsic = cost.intrinsic(argumentBytes: encoded.count)
    let calldata = cost.calldata + Machine.price(ofCalldata: encoded)
    evm.countTransaction(of: from)
    do throws(CallFailure) {
      if !value.isZero { throw .empty }
      try construct(type, at: account, owner: from, Arguments(values: arguments))
    } catch {
      return TransactionOutcome(
        result: .reverted(outcomeData(of: error)), events: [],
        gas: GasBreakdown(
          used: UInt64(intrinsic + calldata), intrinsic: UInt64(intrinsic),
          calldata: UInt64(calldata), execution: 0, refund: 0))
    }
    let execution = cost.execution - zeroWordSaving(type, arguments)
    return TransactionOutcome(
      result: .success([]), events: constructionEvents(type, at: account, owner: from),
      gas: GasBreakdown(
        used: UInt64(intrinsic + calldata + execution), intrinsic: UInt64(intrinsic),
        calldata: UInt64(calldata), execution: UInt64(execution), refund: 0))
  }

  private mutating func construct(
    _ type: String, at account: AccountID, owner: AccountID, _ arguments: Arguments
  ) throws(CallFailure) {
    switch type {
    case "TestToken":
      let token = TestToken(
        at: account, name: try arguments.string(0, &self), symbol: try arguments.string(1, &self),
        decimals: UInt8(try arguments.uint(2, bits: 8)), &self)
      tokens.append(token)
      setCode(.testToken, instance: tokens.count - 1, at: account)
    case "NodeRegistry":
      let registry = NodeRegistry(
        at: account, minStake: try arguments.uint(0), owner: owner, &self)
      nodeRegistries.append(registry)
      setCode(.nodeRegistry, instance: nodeRegistries.count - 1, at: account)
    case "NodeRegistryFAB":
      let token = try arguments.address(0)
      try require(!token.isZero, else: .invalidTokenAddress)
      let registry = NodeRegistryFAB(at: account, fabToken: token, owner: owner, &self)
      fabRegistries.append(registry)
      setCode(.nodeRegistryFAB, instance: fabRegistries.count - 1, at: account)
    case "JobMarketplace":
      let registry = try arguments.address(0)
      try require(!registry.isZero, else: .invalidNodeRegistry)
      let usdc = evm.account(at: JobMarketplaceFAB.defaultUSDC)
      let market = JobMarketplace(
        at: account, instance: marketplaces.count, nodeRegistry: registry, usdc: usdc,
        owner: owner, &self)
      marketplaces.append(market)
      setCode(.jobMarketplace, instance: marketplaces.count - 1, at: account)
    case "JobMarketplaceFAB":
      let usdc = evm.account(at: JobMarketplaceFAB.defaultUSDC)
      let market = JobMarketplaceFAB(
        at: account, instance: fabMarketplaces.count, nodeRegistry: try arguments.address(0),
        usdc: usdc, deployer: owner, &self)
      fabMarketplaces.append(market)
      setCode(.jobMarketplaceFAB, instance: fabMarketplaces.count - 1, at: account)
    case "PaymentEscrow":
      let escrow = PaymentEscrow(
        at: account, arbiter: try arguments.address(0), feeBasisPoints: try arguments.uint(1),
        owner: owner, &self)
      escrows.append(escrow)
      setCode(.paymentEscrow, instance: escrows.count - 1, at: account)
    case "ReputationSystem":
      let system = ReputationSystem(
        at: account, nodeRegistry: try arguments.address(0),
        jobMarketplace: try arguments.address(1), governance: try arguments.address(2),
        owner: owner, &self)
      reputationSystems.append(system)
      setCode(.reputationSystem, instance: reputationSystems.count - 1, at: account)
    case "BaseAccountIntegration":
      let integration = BaseAccountIntegration(
        at: account, entryPoint: try arguments.address(0), paymaster: try arguments.address(1),
        jobMarketplace: try arguments.address(2), nodeRegistry: try arguments.address(3), &self)
      accountIntegrations.append(integration)
      setCode(.accountIntegration, instance: accountIntegrations.count - 1, at: account)
    case "GovernanceToken":
      let token = try GovernanceToken(
        at: account, name: try arguments.string(0, &self), symbol: try arguments.string(1, &self),
        supply: try arguments.uint(2), owner: owner, &self)
      governanceTokens.append(token)
      setCode(.governanceToken, instance: governanceTokens.count - 1, at: account)
    case "ProofSystem":
      let marketplace = try arguments.address(0)
      let escrow = try arguments.address(1)
      let reputation = try arguments.address(2)
      try require(!marketplace.isZero, else: .invalidJobMarketplace)
      try require(!escrow.isZero, else: .invalidPaymentEscrow)
      try require(!reputation.isZero, else: .invalidReputationSystem)
      let system = ProofSystem(
        at: account, jobMarketplace: marketplace, paymentEscrow: escrow,
        reputationSystem: reputation, deployer: owner, &self)
      proofSystems.append(system)
      setCode(.proofSystem, instance: proofSystems.count - 1, at: account)
    case "Governance":
      let contracts = Governance.Contracts(
        token: try arguments.address(0), nodeRegistry: try arguments.address(1),
        jobMarketplace: try arguments.address(2), paymentEscrow: try arguments.address(3),
        reputationSystem: try arguments.address(4), proofSystem: try arguments.address(5))
      governances.append(
        Governance(at: account, governing: contracts, deployer: owner, &self))
      setCode(.governance, instance: governances.count - 1, at: account)
    case "ProofJobSource":
      jobSources.append(ProofJobSource(&self))
      setCode(.proofJobSource, instance: jobSources.count - 1, at: account)
    case "PausableTarget":
      pausableTargets.append(PausableTarget(governance: try arguments.address(0), &self))
      setCode(.pausableTarget, instance: pausableTargets.count - 1, at: account)
    case "CallbackToken":
      callbackTokens.append(CallbackToken(at: account, &self))
      setCode(.callbackToken, instance: callbackTokens.count - 1, at: account)
    default: preconditionFailure("every type with a cost can be constructed")
    }
  }

  /// A constructor argument that is stored and is zero writes nothing.
  private func zeroWordSaving(_ type: String, _ arguments: [ABIValue]) -> Int64 {
    // An initial supply stands in two slots: the supply's and the owner's.
    let slots =
      switch type {
      case "NodeRegistry", "PaymentEscrow": 1
      case "GovernanceToken": 2
      default: 0
      }
    let zeros = arguments.count { $0 == .uint(.zero) || $0 == .address(.zero) }
    return Int64(zeros * slots) * (GasSchedule.slotSet - GasSchedule.warmAccess)
  }

  /// `Ownable`'s constructor logs the first owner.
  private func constructionEvents(
    _ type: String, at account: AccountID, owner: AccountID
  ) -> [DecodedEvent] {
    switch type {
    case "TestToken", "BaseAccountIntegration", "JobMarketplace", "JobMarketplaceFAB",
      "ProofSystem", "Governance",
      "ProofJobSource", "PausableTarget", "CallbackToken":
      []
    case "GovernanceToken":
      [
        decoded(
          Log(
            contract: account,
            event: .transfer(
              from: .zero, to: owner, value: tokenBalance(of: owner, token: account))))
      ]
    default:
      [
        decoded(
          Log(contract: account, event: .ownershipTransferred(previous: .zero, new: owner)))
      ]
    }
  }
}

/// What deploying a contract type costs, measured: init code is bytecode that the model lacks.
struct DeploymentCost {
  /// Bytes of init code without constructor arguments.
  let codeBytes: Int
  /// Price of those bytes as calldata.
  let calldata: Int64
  /// Constructor and code deposit.
  let execution: Int64

  func intrinsic(argumentBytes: Int) -> Int64 {
    let words = Int64((codeBytes + argumentBytes + 31) / 32)
    return GasSchedule.transaction + GasSchedule.creation + GasSchedule.initCodeWord * words
  }

  /// Source: setup of the conformance cases, less the encoded constructor arguments.
  static func of(_ type: String) -> DeploymentCost? {
    switch type {
    case "TestToken":
      DeploymentCost(codeBytes: 2_830, calldata: 44_332, execution: 424_668)
    case "NodeRegistry":
      DeploymentCost(codeBytes: 11_597, calldata: 185_312, execution: 2_329_333)
    case "NodeRegistryFAB":
      DeploymentCost(codeBytes: 5_021, calldata: 77_912, execution: 984_811)
    case "JobMarketplace":
      DeploymentCost(codeBytes: 24_464, calldata: 390_008, execution: 4_973_423)
    case "JobMarketplaceFAB":
      DeploymentCost(codeBytes: 6_455, calldata: 102_968, execution: 1_345_592)
    case "PaymentEscrow":
      DeploymentCost(codeBytes: 6_854, calldata: 109_160, execution: 1_414_483)
    case "ReputationSystem":
      DeploymentCost(codeBytes: 6_928, calldata: 110_428, execution: 1_415_363)
    case "BaseAccountIntegration":
      DeploymentCost(codeBytes: 8_007, calldata: 122_652, execution: 1_545_293)
    case "GovernanceToken":
      DeploymentCost(codeBytes: 8_026, calldata: 126_652, execution: 1_293_225)
    case "ProofSystem":
      DeploymentCost(codeBytes: 9_776, calldata: 150_776, execution: 1_899_590)
    case "Governance":
      DeploymentCost(codeBytes: 9_983, calldata: 154_160, execution: 1_972_968)
    case "ProofJobSource":
      DeploymentCost(codeBytes: 937, calldata: 14_860, execution: 182_493)
    case "PausableTarget":
      DeploymentCost(codeBytes: 649, calldata: 10_084, execution: 124_933)
    case "CallbackToken":
      DeploymentCost(codeBytes: 3_762, calldata: 59_832, execution: 640_473)
    default: nil
    }
  }
}
