public import EVM
public import Quantities

/// What holders of votes send: to the token, and to governance.
public enum GovernanceCall: BitwiseCopyable, Hashable, Sendable {
  // GovernanceToken; its transfers are those of any token.
  case delegate(to: AccountID)
  case burn(amount: UInt256)
  // Governance.
  /// `updates` as `World.encoded(_:)` makes them.
  case proposeParameterUpdate(updates: StringID, description: StringID)
  case proposeContractUpgrade(of: AccountID, to: AccountID, description: StringID)
  case castVote(UInt64, support: Bool)
  case queue(UInt64)
  case execute(UInt64)
  case cancel(UInt64)
  /// `action` is "pause" or "unpause".
  case executeEmergencyAction(StringID, on: AccountID)
}

extension World {
  @inline(never) mutating func calldata(of call: GovernanceCall) -> CalldataSize {
    var size = CalldataSize.selector
    switch call {
    case .delegate(let account): size.add(account, self)
    case .burn(let amount): size.add(amount)
    case .proposeParameterUpdate(let updates, let description):
      // The encoding of the updates alone starts with an offset, where the call's has its own.
      let length = self.length(of: updates) - 32
      size.add(UInt64(64))
      size.add(UInt64(64 + length))
      size.bytes += length
      size.nonzeroBytes += evm.strings.nonzeroCount(of: updates) - 1
      size.add(description, self)
    case .proposeContractUpgrade(let target, let implementation, let description):
      size.add(target, self)
      size.add(implementation, self)
      size.add(UInt64(96))
      size.add(description, self)
    case .castVote(let proposal, let support):
      size.add(proposal)
      size.add(UInt64(support ? 1 : 0))
    case .queue(let proposal), .execute(let proposal), .cancel(let proposal):
      size.add(proposal)
    case .executeEmergencyAction(let action, let target):
      size.add(UInt64(64))
      size.add(target, self)
      size.add(action, self)
    }
    return size
  }

  /// - Returns: The number of the proposal that the call made, else 0.
  @inline(never) mutating func execute(
    _ call: GovernanceCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) -> UInt64 {
    let kind = code(of: target)
    let instance = evm.instance(of: target)
    switch call {
    case .delegate(let delegatee):
      guard try answers(kind, as: .governanceToken, value) else { return 0 }
      try governanceTokens[instance].delegate(to: delegatee, by: sender, &self)
      return 0
    case .burn(let amount):
      guard try answers(kind, as: .governanceToken, value) else { return 0 }
      try governanceTokens[instance].burn(amount, by: sender, &self)
      return 0
    default: break
    }
    guard try answers(kind, as: .governance, value) else { return 0 }
    let governance = governances[instance]
    switch call {
    case .delegate, .burn: break
    case .proposeParameterUpdate(let updates, let description):
      return try governance.proposeParameterUpdate(
        updates, description: description, by: sender, &self
      ).narrow ?? 0
    case .proposeContractUpgrade(let contract, let implementation, let description):
      return try governance.proposeContractUpgrade(
        of: contract, to: implementation, description: description, by: sender, &self
      ).narrow ?? 0
    case .castVote(let proposal, let support):
      try governance.castVote(UInt256(proposal), support: support, by: sender, &self)
    case .queue(let proposal): try governance.queue(UInt256(proposal), &self)
    case .execute(let proposal): try governance.execute(UInt256(proposal), &self)
    case .cancel(let proposal): try governance.cancel(UInt256(proposal), by: sender, &self)
    case .executeEmergencyAction(let action, let contract):
      try governance.executeEmergencyAction(action, on: contract, by: sender, &self)
    }
    return 0
  }
}
