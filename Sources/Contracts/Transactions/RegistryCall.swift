public import EVM
public import Quantities

/// What hosts and governance send to a `NodeRegistry`, whose stakes in ETH come along as value.
public enum RegistryCall: BitwiseCopyable, Hashable, Sendable {
  case registerNodeSimple(metadata: StringID)
  case registerNode(NodeTerms)
  case registerNodeFor(AccountID, NodeTerms)
  case registerControlledNode(metadata: StringID, operator: AccountID)
  case restoreStake
  case unregisterNode
  case slashNode(AccountID, amount: UInt256, reason: StringID)
  // Under the rules that have them.
  /// `stake` in FAB base units, `gpuMemory` in GB.
  case registerNodeInFAB(NodeTerms, gpuMemory: UInt16, stake: UInt256)
  case topUp(amount: UInt256)
  case withdrawStake

  /// Whether the function accepts ETH.
  var isPayable: Bool {
    switch self {
    case .registerNodeSimple, .registerNode, .registerNodeFor, .registerControlledNode,
      .restoreStake:
      true
    default: false
    }
  }
}

/// What a host registers.
public struct NodeTerms: BitwiseCopyable, Hashable, Sendable {
  public var peerID: StringID
  public var models: CallList<StringID>
  public var region: StringID

  public init(peerID: StringID, models: CallList<StringID>, region: StringID) {
    self.peerID = peerID
    self.models = models
    self.region = region
  }
}

extension World {
  @inline(never) mutating func calldata(of call: RegistryCall) -> CalldataSize {
    var size = CalldataSize.selector
    switch call {
    case .registerNodeSimple(let metadata):
      size.add(UInt64(32))
      size.add(metadata, self)
    case .registerNode(let terms): size.add(terms, headWords: 3, self)
    case .registerNodeFor(let account, let terms):
      size.add(account, self)
      size.add(terms, headWords: 4, self)
    case .registerControlledNode(let metadata, let account):
      size.add(UInt64(64))
      size.add(account, self)
      size.add(metadata, self)
    case .registerNodeInFAB(let terms, let gpuMemory, let stake):
      size.add(terms, headWords: 5, self)
      size.add(UInt64(gpuMemory))
      size.add(stake)
    case .topUp(let amount): size.add(amount)
    case .restoreStake, .unregisterNode, .withdrawStake: break
    case .slashNode(let account, let amount, let reason):
      size.add(account, self)
      size.add(amount)
      size.add(UInt64(96))
      size.add(reason, self)
    }
    return size
  }

  @inline(never) mutating func execute(
    _ call: RegistryCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) {
    let isRefused = !call.isPayable || rules.stakesInFAB
    guard try answers(code(of: target), as: .nodeRegistry, isRefused ? value : .zero) else {
      return
    }
    let registry = nodeRegistries[evm.instance(of: target)]
    switch call {
    case .registerNodeSimple(let metadata):
      try registry.registerNodeSimple(metadata: metadata, by: sender, value: value, &self)
    case .registerNode(let terms):
      try registry.registerNode(
        registration(terms, stake: registry.stake(paidBy: value, self)), by: sender, &self)
    case .registerNodeFor(let account, let terms):
      try registry.registerNodeFor(
        account, registration(terms, stake: registry.stake(paidBy: value, self)), by: sender,
        &self)
    case .registerControlledNode(let metadata, let account):
      try registry.registerControlledNode(
        account, metadata: metadata, by: sender, value: value, &self)
    case .unregisterNode: try registry.unregisterNode(by: sender, &self)
    case .registerNodeInFAB(let terms, let gpuMemory, let stake):
      if !rules.stakesInFAB { throw .empty }
      var registration = registration(terms, stake: stake)
      registration.gpuMemory = gpuMemory
      try registry.registerNode(registration, by: sender, &self)
    case .topUp(let amount):
      if !rules.stakesInFAB { throw .empty }
      try registry.topUp(amount, by: sender, &self)
    case .withdrawStake:
      if !rules.hostsMayLeave { throw .empty }
      try registry.withdrawStake(by: sender, &self)
    case .restoreStake: try registry.restoreStake(by: sender, value: value, &self)
    case .slashNode(let account, let amount, let reason):
      try registry.slashNode(account, amount: amount, reason: reason, by: sender, &self)
    }
  }

  mutating func registration(
    _ terms: NodeTerms, stake: UInt256
  ) -> NodeRegistry.Registration {
    var models: [StringID] = []
    var cursor = terms.models.first
    while let (model, next) = modelNames.element(at: cursor) {
      models.append(model)
      cursor = next
    }
    return NodeRegistry.Registration(
      peerID: terms.peerID, models: models, region: terms.region, stake: stake)
  }
}

extension CalldataSize {
  /// Offsets of peer, models and region, and the three.
  ///
  /// - Parameter headWords: Words of the call before the first string.
  mutating func add(_ terms: NodeTerms, headWords: Int, _ world: borrowing World) {
    let start = bytes
    add(terms.peerID, world)
    let modelsStart = bytes
    let count = Int(terms.models.count)
    add(UInt64(count))
    var offset = 32 * count
    var cursor = terms.models.first
    while let (model, next) = world.modelNames.element(at: cursor) {
      add(UInt64(offset))
      let before = bytes
      add(model, world)
      offset += bytes - before
      cursor = next
    }
    let regionStart = bytes
    add(terms.region, world)
    add(UInt64(headWords * 32))
    add(UInt64(headWords * 32 + modelsStart - start))
    add(UInt64(headWords * 32 + regionStart - start))
  }
}
