import EVM
import Quantities

extension NodeRegistryFAB {
  static let signatures = [
    "constructor(address)",
    "registerNode(string)", "unregisterNode()", "stake(uint256)", "updateMetadata(string)",
    "emergencyWithdraw()", "transferOwnership(address)", "renounceOwnership()", "owner()",
    "fabToken()", "MIN_STAKE()", "minimumStake()", "requiredStake()", "nodes(address)",
    "activeNodesList(uint256)", "activeNodesIndex(address)", "getNodeStake(address)",
    "isNodeActive(address)", "getNodeMetadata(address)", "getAllActiveNodes()",
    "getActiveNodeCount()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "registerNode(string)":
      returnNothing(
        try registerNode(metadata: try arguments.string(0, &world), by: caller, &world))
    case "unregisterNode()": returnNothing(try unregisterNode(by: caller, &world))
    case "stake(uint256)":
      returnNothing(try stake(try arguments.uint(0), by: caller, &world))
    case "updateMetadata(string)":
      returnNothing(
        try updateMetadata(try arguments.string(0, &world), by: caller, &world))
    case "emergencyWithdraw()": returnNothing(try emergencyWithdraw(by: caller, &world))
    case "transferOwnership(address)":
      returnNothing(
        try transferOwnership(to: try arguments.address(0), by: caller, &world))
    case "renounceOwnership()": returnNothing(try renounceOwnership(by: caller, &world))
    default: try view(signature, arguments, &world)
    }
  }

  private func transferOwnership(
    to owner: AccountID, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.transferOwnership)
    try ownable.transferOwnership(to: owner, of: account, by: caller, &world)
  }

  private func renounceOwnership(
    by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.renounceOwnership)
    try ownable.renounceOwnership(of: account, by: caller, &world)
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "owner()": return [.address(try world.load(ownable.owner))]
    case "fabToken()": return [.address(fabToken)]
    case "MIN_STAKE()", "minimumStake()", "requiredStake()": return [.uint(world.rules.minStake)]
    case "nodes(address)":
      let who = try arguments.address(0)
      let found = try readNode(who, &world)
      let metadata = try world.load(node(who).metadata)
      return [
        .address(found.operatorAccount), .uint(found.stake), .bool(found.isActive),
        world.string(metadata),
      ]
    case "activeNodesList(uint256)":
      let length = try world.load(listLength)
      guard let index = try arguments.uint(0).narrow, index < UInt64(length) else { throw .empty }
      return [.address(try world.load(listElement(Int(index))))]
    case "activeNodesIndex(address)":
      return [.uint(UInt256(try world.load(position(of: try arguments.address(0)))))]
    case "getNodeStake(address)":
      return [.uint(try world.load(node(try arguments.address(0)).stakedAmount))]
    case "isNodeActive(address)":
      return [.bool(try world.load(node(try arguments.address(0)).isActive))]
    case "getNodeMetadata(address)":
      return [world.string(try world.load(node(try arguments.address(0)).metadata))]
    case "getAllActiveNodes()":
      var nodes: [ABIValue] = []
      for index in 0..<Int(try world.load(listLength)) {
        nodes.append(.address(try world.load(listElement(index))))
      }
      return [.array(nodes)]
    case "getActiveNodeCount()": return [.uint(UInt256(try world.load(listLength)))]
    default: throw .empty
    }
  }
}
