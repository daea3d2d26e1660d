import EVM
import Quantities

extension Governance {
  static let signatures = [
    "constructor(address,address,address,address,address,address)",
    "proposeParameterUpdate((address,bytes4,string,uint256)[],string)",
    "proposeContractUpgrade(address,address,string)", "castVote(uint256,bool)", "queue(uint256)",
    "execute(uint256)", "cancel(uint256)", "executeEmergencyAction(string,address)",
    "grantRole(bytes32,address)", "createProposal(address,bytes,string)", "vote(uint256,bool)",
    "executeProposal(uint256)", "state(uint256)", "proposals(uint256)", "getProposal(uint256)",
    "getVotingPower(address)", "isUpgradeExecuted(uint256)", "upgradeExecuted(uint256)",
    "hasRole(bytes32,address)", "nextProposalId()", "governanceToken()", "nodeRegistry()",
    "jobMarketplace()", "paymentEscrow()", "reputationSystem()", "proofSystem()",
    "votingDelay()", "votingPeriod()", "executionDelay()", "proposalThreshold()",
    "quorumPercentage()", "EMERGENCY_ROLE()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case Self.signatures[1]:
      let updates = try arguments.array(0)
      let encoded = world.evm.strings.intern(world.evm.encode([.array(updates.values)]))
      let number = try proposeParameterUpdate(
        encoded, description: try arguments.string(1, &world), by: caller, &world)
      return [.uint(number)]
    case "proposeContractUpgrade(address,address,string)":
      let number = try proposeContractUpgrade(
        of: try arguments.address(0), to: try arguments.address(1),
        description: try arguments.string(2, &world), by: caller, &world)
      return [.uint(number)]
    case "castVote(uint256,bool)":
      try castVote(
        try arguments.uint(0), support: try arguments.bool(1), by: caller, &world)
    case "queue(uint256)": try queue(try arguments.uint(0), &world)
    case "execute(uint256)": try execute(try arguments.uint(0), &world)
    case "cancel(uint256)": try cancel(try arguments.uint(0), by: caller, &world)
    case "executeEmergencyAction(string,address)":
      try executeEmergencyAction(
        try arguments.string(0, &world), on: try arguments.address(1), by: caller, &world)
    case "grantRole(bytes32,address)":
      try grantRole(
        try arguments.word(0), to: try arguments.address(1), by: caller, &world)
    default: return try takeShortcut(signature, arguments, by: caller, &world)
    }
    return []
  }

  private func takeShortcut(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    if world.rules.shortcutsClosed { return try view(signature, arguments, &world) }
    switch signature {
    case "createProposal(address,bytes,string)":
      let number = try createProposal(
        target: try arguments.address(0), callData: try arguments.string(1, &world),
        description: try arguments.string(2, &world), by: caller, &world)
      return [.uint(number)]
    case "vote(uint256,bool)":
      try vote(try arguments.uint(0), support: try arguments.bool(1), by: caller, &world)
    case "executeProposal(uint256)": try executeProposal(try arguments.uint(0), &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "state(uint256)":
      let state = try state(of: proposal(try arguments.uint(0)), &world)
      return [.uint(UInt256(state.rawValue))]
    case "getProposal(uint256)": return try votes(of: try arguments.uint(0), &world)
    case "proposals(uint256)":
      let number = try arguments.uint(0)
      let proposal = proposal(number)
      let kind = try world.load(proposal.kind)
      return try votes(of: number, &world) + [
        .uint(try world.load(proposal.executionTime)), .uint(UInt256(kind.rawValue)),
        world.string(try world.load(proposal.description)),
        .bytes(world.bytes(try world.load(proposal.callData))),
        .address(try world.load(proposal.targetContract)),
      ]
    case "getVotingPower(address)":
      let holder = try arguments.address(0)
      guard world.code(of: token) == .governanceToken else { throw .empty }
      let token = world.governanceTokens[world.evm.instance(of: token)]
      return [.uint(try token.getVotes(of: holder, &world))]
    case "isUpgradeExecuted(uint256)", "upgradeExecuted(uint256)":
      return [.bool(try world.load(proposal(try arguments.uint(0)).isUpgraded))]
    case "hasRole(bytes32,address)":
      let slot = roles.has(try arguments.word(0), try arguments.address(1))
      return [.bool(try world.load(slot))]
    case "nextProposalId()": return [.uint(UInt256(try world.load(nextProposalID)))]
    default: return try constant(signature, world.rules)
    }
  }

  private func constant(
    _ signature: String, _ rules: ProtocolRules
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "governanceToken()": [.address(token)]
    case "nodeRegistry()": [.address(nodeRegistry)]
    case "jobMarketplace()": [.address(jobMarketplace)]
    case "paymentEscrow()": [.address(paymentEscrow)]
    case "reputationSystem()": [.address(reputationSystem)]
    case "proofSystem()": [.address(proofSystem)]
    case "votingDelay()": [.uint(UInt256(rules.votingDelay))]
    case "votingPeriod()": [.uint(UInt256(rules.votingPeriod))]
    case "executionDelay()": [.uint(UInt256(rules.timeLock))]
    case "proposalThreshold()": [.uint(rules.proposalThreshold)]
    case "quorumPercentage()": [.uint(UInt256(rules.quorum / 100))]
    case "EMERGENCY_ROLE()": [.fixedBytes(Self.emergencyRole.bigEndianBytes)]
    default: throw .empty
    }
  }

  private func votes(
    of number: UInt256, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    let proposal = proposal(number)
    return [
      .address(try world.load(proposal.proposer)), .uint(try world.load(proposal.startBlock)),
      .uint(try world.load(proposal.endBlock)), .uint(try world.load(proposal.forVotes)),
      .uint(try world.load(proposal.againstVotes)), .bool(try world.load(proposal.isExecuted)),
      .bool(try world.load(proposal.isCancelled)),
    ]
  }
}
