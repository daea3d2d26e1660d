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
    switch signature {
    case "registerNodeSimple(string)":
      try registerNodeSimple(
        metadata: try arguments.string(0, &world), by: caller, value: value, &world)
    case "registerNode(string,string[],string)":
      try registerNode(
        try registration(arguments, from: 0, stake: value, &world), by: caller, &world)
    case "registerNodeFor(address,string,string[],string)":
      try registerNodeFor(
        try arguments.address(0), try registration(arguments, from: 1, stake: value, &world),
        &world)
    case "registerControlledNode(string,address)":
      try registerControlledNode(
        try arguments.address(1), metadata: try arguments.string(0, &world), by: caller,
        value: value, &world)
    case "addMigratedNode(address,string,string[],string)":
      try addMigratedNode(
        try arguments.address(0), try registration(arguments, from: 1, stake: value, &world),
        by: caller, &world)
    case "restoreStake()": try restoreStake(by: caller, value: value, &world)
    case "slashNode(address,uint256,string)":
      try slashNode(
        try arguments.address(0), amount: try arguments.uint(1),
        reason: try arguments.string(2, &world), by: caller, &world)
    case "unregisterNode()": try unregisterNode(by: caller, &world)
    default: return try administer(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func registration(
    _ arguments: Arguments, from first: Int, stake: UInt256, _ world: inout World
  ) throws(CallFailure) -> Registration {
    let names = try arguments.array(first + 1)
    var models: [StringID] = []
    for index in 0..<names.count { models.append(try names.string(index, &world)) }
    return Registration(
      peerID: try arguments.string(first, &world), models: models,
      region: try arguments.string(first + 2, &world), stake: stake)
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
      return [.bool(count >= Self.sybilThreshold)]
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
