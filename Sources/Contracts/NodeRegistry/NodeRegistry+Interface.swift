import EVM
import Quantities

extension NodeRegistry {
  static let signatures = [
    "constructor(uint256)",
    "registerNodeSimple(string)", "registerNode(string,string[],string)",
    "registerNodeFor(address,string,string[],string)", "registerControlledNode(string,address)",
    "addMigratedNode(address,string,string[],string)", "restoreStake()",
    "slashNode(address,uint256,string)", "unregisterNode()", "setGovernance(address)",
    "setMigrationHelper(address)", "updateStakeAmount(uint256)", "transferOwnership(address)",
    "renounceOwnership()", "owner()", "MIN_STAKE()", "minimumStake()", "requiredStake()",
    "getGovernance()", "migrationHelper()", "isRegistrationPaused()", "getNode(address)",
    "isNodeActive(address)", "isActiveNode(address)", "getNodeStake(address)",
    "getNodeController(address)", "isSuspiciousController(address)", "getActiveNodes()",
  ]
  /// Functions that the reference lacks: each exists under the switch that needs it.
  static let addedSignatures = [
    "registerNode(string,string[],string,uint256,uint256)", "topUp(uint256)", "withdrawStake()",
    "takeStake(address,uint256,address)", "setStakeToken(address)", "setJobMarketplace(address)",
    "setTreasury(address)", "setRegistrationPaused(bool)", "stakeToken()", "jobMarketplace()",
    "treasury()", "getGPUMemory(address)", "leavesAt(address)",
  ]
  /// Functions that accept ETH.
  static let payable: Set = [
    "registerNodeSimple(string)", "registerNode(string,string[],string)",
    "registerNodeFor(address,string,string[],string)", "registerControlledNode(string,address)",
    "addMigratedNode(address,string,string[],string)", "restoreStake()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, value: UInt256,
    _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    // Stakes in FAB make every function nonpayable.
    if world.rules.stakesInFAB, !value.isZero { throw .empty }
    switch signature {
    case "registerNodeSimple(string)":
      try registerNodeSimple(
        metadata: try arguments.string(0, &world), by: caller, value: value, &world)
    case "registerNode(string,string[],string)":
      try registerNode(
        try registration(arguments, from: 0, value: value, &world), by: caller, &world)
    case "registerNodeFor(address,string,string[],string)":
      try registerNodeFor(
        try arguments.address(0), try registration(arguments, from: 1, value: value, &world),
        by: caller, &world)
    case "registerControlledNode(string,address)":
      try registerControlledNode(
        try arguments.address(1), metadata: try arguments.string(0, &world), by: caller,
        value: value, &world)
    case "addMigratedNode(address,string,string[],string)":
      try addMigratedNode(
        try arguments.address(0), try registration(arguments, from: 1, value: value, &world),
        by: caller, &world)
    case "restoreStake()": try restoreStake(by: caller, value: value, &world)
    case "slashNode(address,uint256,string)":
      try slashNode(
        try arguments.address(0), amount: try arguments.uint(1),
        reason: try arguments.string(2, &world), by: caller, &world)
    case "unregisterNode()": try unregisterNode(by: caller, &world)
    default: return try invokeAdded(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func invokeAdded(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "registerNode(string,string[],string,uint256,uint256)":
      guard world.rules.stakesInFAB else { throw .empty }
      var registration = try registration(arguments, from: 0, value: .zero, &world)
      registration.gpuMemory = UInt16(try arguments.uint(3, bits: 16))
      registration.stake = try arguments.uint(4)
      try registerNode(registration, by: caller, &world)
    case "topUp(uint256)":
      guard world.rules.stakesInFAB else { throw .empty }
      try topUp(try arguments.uint(0), by: caller, &world)
    case "withdrawStake()":
      guard world.rules.hostsMayLeave else { throw .empty }
      try withdrawStake(by: caller, &world)
    case "takeStake(address,uint256,address)":
      guard world.rules.slashMovesStake else { throw .empty }
      let taken = try takeStake(
        of: try arguments.address(0), amount: try arguments.uint(1),
        for: try arguments.address(2), by: caller, &world)
      return [.uint(taken)]
    case "setStakeToken(address)":
      guard world.rules.stakesInFAB else { throw .empty }
      try setStakeToken(try arguments.address(0), by: caller, &world)
    case "setJobMarketplace(address)":
      guard world.rules.slashMovesStake || world.rules.hostsMayLeave else { throw .empty }
      try setJobMarketplace(try arguments.address(0), by: caller, &world)
    case "setTreasury(address)":
      guard world.rules.slashMovesStake else { throw .empty }
      try setTreasury(try arguments.address(0), by: caller, &world)
    case "setRegistrationPaused(bool)":
      guard world.rules.registrationRecovers else { throw .empty }
      try setRegistrationPaused(try arguments.bool(0), by: caller, &world)
    default: return try administer(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func registration(
    _ arguments: Arguments, from first: Int, value: UInt256, _ world: inout World
  ) throws(CallFailure) -> Registration {
    try arguments.registration(from: first, stake: stake(paidBy: value, world), &world)
  }

  /// What a registration with this value stakes: the value, or the minimum of FAB.
  @inline(__always) func stake(paidBy value: UInt256, _ world: borrowing World) -> UInt256 {
    world.rules.stakesInFAB ? world.evm.peek(minStake) : value
  }

  private func administer(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "setGovernance(address)":
      try setGovernance(try arguments.address(0), by: caller, &world)
    case "setMigrationHelper(address)":
      try setMigrationHelper(try arguments.address(0), by: caller, &world)
    case "updateStakeAmount(uint256)":
      try updateStakeAmount(try arguments.uint(0), by: caller, &world)
    case "transferOwnership(address)":
      try world.compute(Compute.transferOwnership)
      try ownable.transferOwnership(
        to: try arguments.address(0), of: account, by: caller, &world)
    case "renounceOwnership()":
      try world.compute(Compute.renounceOwnership)
      try ownable.renounceOwnership(of: account, by: caller, &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "owner()": return [.address(try world.load(ownable.owner))]
    case "MIN_STAKE()", "minimumStake()", "requiredStake()":
      return [.uint(try world.load(minStake))]
    case "getGovernance()": return [.address(try world.load(governance))]
    case "migrationHelper()": return [.address(try world.load(migrationHelper))]
    case "isRegistrationPaused()": return [.bool(try world.load(isPaused))]
    case "getNode(address)": return [try nodeView(try arguments.address(0), &world)]
    case "isNodeActive(address)":
      let node = node(try arguments.address(0))
      guard try world.load(node.isActive) else { return [.bool(false)] }
      return [.bool(!(try world.load(node.operatorAccount).isZero))]
    case "isActiveNode(address)":
      let node = node(try arguments.address(0))
      guard try world.load(node.isActive) else { return [.bool(false)] }
      return [.bool(try world.load(node.stake) >= (try world.load(minStake)))]
    case "getNodeStake(address)":
      return [.uint(try world.load(node(try arguments.address(0)).stake))]
    case "getNodeController(address)":
      return [.address(try world.load(controller(of: try arguments.address(0))))]
    case "isSuspiciousController(address)":
      let count = try world.load(controlledCount(of: try arguments.address(0)))
      return [.bool(UInt64(count) >= world.rules.sybilThreshold)]
    case "stakeToken()": return [.address(try world.load(stakeToken))]
    case "jobMarketplace()": return [.address(try world.load(jobMarketplace))]
    case "treasury()": return [.address(try world.load(treasury))]
    case "getGPUMemory(address)":
      return [.uint(UInt256(try world.load(node(try arguments.address(0)).gpuMemory)))]
    case "leavesAt(address)":
      return [.uint(UInt256(try world.load(node(try arguments.address(0)).leavesAt)))]
    case "getActiveNodes()": return [.array(try activeNodes(&world))]
    default: throw .empty
    }
  }

  private func nodeView(
    _ account: AccountID, _ world: inout World
  ) throws(CallFailure) -> ABIValue {
    let found = try readNode(account, &world)
    let node = node(account)
    let models = (0..<Int(found.modelCount)).map { index in
      world.string(world.evm.peek(model(index, of: account)))
    }
    return .tuple([
      .init("operator", .address(found.operatorAccount)),
      .init("peerId", world.string(world.evm.peek(node.peerID))),
      .init("stake", .uint(found.stake)),
      .init("active", .bool(found.isActive)),
      .init("models", .array(models)),
      .init("region", world.string(world.evm.peek(node.region))),
    ])
  }

  private func activeNodes(_ world: inout World) throws(CallFailure) -> [ABIValue] {
    var active: [ABIValue] = []
    for index in 0..<Int(try world.load(nodeCount)) {
      let account = try world.load(listedNode(index))
      if try world.load(node(account).isActive) { active.append(.address(account)) }
    }
    return active
  }
}

extension Arguments {
  /// Peer, models and region.
  func registration(
    from first: Int, stake: UInt256, _ world: inout World
  ) throws(CallFailure) -> NodeRegistry.Registration {
    let names = try array(first + 1)
    var models: [StringID] = []
    for index in 0..<names.count { models.append(try names.string(index, &world)) }
    return NodeRegistry.Registration(
      peerID: try string(first, &world), models: models,
      region: try string(first + 2, &world), stake: stake)
  }
}
