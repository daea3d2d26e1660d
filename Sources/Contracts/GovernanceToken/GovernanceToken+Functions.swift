import EVM
import Quantities

extension GovernanceToken {
  /// Plain computation and mapping hashes of each path.
  /// Source: conformance vectors.
  enum Compute {
    static var approve: ComputeCost { ComputeCost(411, of: 508) }
    static var transfer: Int64 { 785 }
    static var spendAllowance: ComputeCost { ComputeCost(641, of: 1_006) }
    static var move: Int64 { 549 }
    static var mint: ComputeCost { ComputeCost(547, of: 1_448) }
    static var burn: ComputeCost { ComputeCost(540, of: 1_389) }
    static var delegate: Int64 { 843 }
    static var checkExpiry: Int64 { 780 }
    static var recoverSigner: Int64 { 658 }
    static var checkNonce: Int64 { 122 }
    static var delegateBySignature: Int64 { 313 }
    /// `_moveVotingPower` when there is power to move, by who asks.
    static var moveVotesOfTransfer: Int64 { 77 }
    static var moveVotesOfDelegation: Int64 { 60 }
    static var moveVotesOfSupply: Int64 { 47 }
    /// One delegate's votes with their first checkpoint.
    static var changeVotes: Int64 { 787 }
    static var getPastVotes: ComputeCost { ComputeCost(350, of: 550) }
    static var getVotes: Int64 { 400 }
    static var balanceOf: Int64 { 300 }
  }

  // ERC-20.

  func approve(
    spender: AccountID, amount: UInt256, by owner: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.approve.checks)
    try setAllowance(amount, owner: owner, spender: spender, &world)
    try world.compute(Compute.approve.effects)
  }

  private func setAllowance(
    _ amount: UInt256, owner: AccountID, spender: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(!owner.isZero, else: .approveFromZero)
    try world.require(!spender.isZero, else: .approveToZero)
    try world.store(amount, allowance(owner: owner, spender: spender))
    try world.emit(.approval(owner: owner, spender: spender, value: amount), from: account)
  }

  func transfer(
    to receiver: AccountID, amount: UInt256, by sender: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.transfer)
    try move(amount, from: sender, to: receiver, &world)
  }

  /// Even an allowance of 2²⁵⁶ − 1 is consumed.
  func transferFrom(
    _ owner: AccountID, to receiver: AccountID, amount: UInt256, by spender: AccountID,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.spendAllowance.checks)
    let allowed = try world.load(allowance(owner: owner, spender: spender))
    try world.require(allowed >= amount, else: .insufficientAllowance)
    try setAllowance(allowed - amount, owner: owner, spender: spender, &world)
    try world.compute(Compute.spendAllowance.effects)
    try move(amount, from: owner, to: receiver, &world)
  }

  private func move(
    _ amount: UInt256, from sender: AccountID, to receiver: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.require(!sender.isZero, else: .transferFromZero)
    try world.require(!receiver.isZero, else: .transferToZero)
    let from = balance(of: sender)
    let held = try world.load(from)
    try world.require(held >= amount, else: .insufficientTokenBalance)
    try world.compute(Compute.move)
    try world.store(held - amount, from)
    let to = balance(of: receiver)
    // Cannot overflow: all balances together are the supply, which mint checks.
    try world.store(try world.load(to) + amount, to)
    try world.emit(.transfer(from: sender, to: receiver, value: amount), from: account)
    try moveVotes(
      amount, from: try world.load(delegate(of: sender)),
      to: try world.load(delegate(of: receiver)), computing: Compute.moveVotesOfTransfer, &world)
  }

  func mint(
    to receiver: AccountID, amount: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.mint.checks)
    try world.require(try world.load(owner) == caller, else: .notOwner)
    try world.require(!receiver.isZero, else: .mintToZero)
    let supply = try world.load(totalSupply).adding(amount)
    try world.compute(Compute.mint.effects)
    try world.store(supply, totalSupply)
    let to = balance(of: receiver)
    try world.store(try world.load(to) + amount, to)
    try world.emit(.transfer(from: .zero, to: receiver, value: amount), from: account)
    _ = try supplyHistory.write(amount, adding: true, &world)
    try moveVotes(
      amount, from: .zero, to: try world.load(delegate(of: receiver)),
      computing: Compute.moveVotesOfSupply, &world)
  }

  func burn(
    _ amount: UInt256, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.burn.checks)
    try world.require(!caller.isZero, else: .burnFromZero)
    let from = balance(of: caller)
    let held = try world.load(from)
    try world.require(held >= amount, else: .insufficientTokenBalance)
    try world.compute(Compute.burn.effects)
    try world.store(held - amount, from)
    try world.store(try world.load(totalSupply) - amount, totalSupply)
    try world.emit(.transfer(from: caller, to: .zero, value: amount), from: account)
    _ = try supplyHistory.write(amount, adding: false, &world)
    try moveVotes(
      amount, from: try world.load(delegate(of: caller)), to: .zero,
      computing: Compute.moveVotesOfSupply, &world)
  }

  // Votes.

  func delegate(
    to delegatee: AccountID, by holder: AccountID, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.delegate)
    try setDelegate(delegatee, of: holder, &world)
  }

  private func setDelegate(
    _ delegatee: AccountID, of holder: AccountID, _ world: inout World
  ) throws(CallFailure) {
    let slot = delegate(of: holder)
    let before = try world.load(slot)
    let power = try world.load(balance(of: holder))
    try world.store(delegatee, slot)
    try world.emit(
      .delegateChanged(delegator: holder, from: before, to: delegatee), from: account)
    try moveVotes(
      power, from: before, to: delegatee, computing: Compute.moveVotesOfDelegation, &world)
  }

  /// Delegates for whoever signed. A wrong nonce still reads and writes the nonce before it fails.
  func delegate(
    to delegatee: AccountID, nonce: UInt256, expiry: UInt256, signature: Signature,
    _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.checkExpiry)
    try world.require(
      UInt256(world.evm.block.timestamp) <= expiry, else: .signatureExpired)
    try world.compute(Compute.recoverSigner)
    try world.evm.charge(GasSchedule.warmAccess + GasSchedule.signatureRecovery)
    let digest = GovernanceSignature.digest(
      delegatee: world.evm.address(of: delegatee), nonce: nonce, expiry: expiry,
      domainSeparator: world.word(of: domainSeparator))
    guard
      let address = Secp256k1.signer(
        hash: digest, v: signature.v, r: signature.r, s: signature.s)
    else { throw .reverted(.invalidSignature) }
    let signer = world.evm.account(at: address)
    try world.compute(Compute.checkNonce)
    let slot = self.nonce(of: signer)
    let expected = try world.load(slot)
    try world.store(expected + 1, slot)
    try world.require(nonce == UInt256(expected), else: .invalidNonce)
    try world.compute(Compute.delegateBySignature)
    try setDelegate(delegatee, of: signer, &world)
  }

  struct Signature {
    let v: UInt8
    let r: UInt256
    let s: UInt256
  }

  private func moveVotes(
    _ amount: UInt256, from: AccountID, to: AccountID, computing entry: Int64,
    _ world: inout World
  ) throws(CallFailure) {
    if from == to || amount.isZero { return }
    try world.compute(entry)
    if !from.isZero { try changeVotes(of: from, by: amount, adding: false, &world) }
    if !to.isZero { try changeVotes(of: to, by: amount, adding: true, &world) }
  }

  private func changeVotes(
    of delegate: AccountID, by amount: UInt256, adding: Bool, _ world: inout World
  ) throws(CallFailure) {
    try world.compute(Compute.changeVotes)
    let (old, new) = try history(of: delegate).write(amount, adding: adding, &world)
    try world.emit(.delegateVotesChanged(delegate: delegate, old: old, new: new), from: account)
  }

  func getVotes(of holder: AccountID, _ world: inout World) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.getVotes)
    return try history(of: holder).latest(&world)
  }

  func getPastVotes(
    of holder: AccountID, at block: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try pastVotes(history(of: holder), at: block, &world)
  }

  func getPastTotalSupply(
    at block: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 { try pastVotes(supplyHistory, at: block, &world) }

  private func pastVotes(
    _ history: CheckpointList, at block: UInt256, _ world: inout World
  ) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.getPastVotes.checks)
    try world.require(block < UInt256(world.evm.block.number), else: .blockNotYetMined)
    try world.compute(Compute.getPastVotes.effects)
    return try history.votes(at: block, &world)
  }

  func balanceOf(_ owner: AccountID, _ world: inout World) throws(CallFailure) -> UInt256 {
    try world.compute(Compute.balanceOf)
    return try world.load(balance(of: owner))
  }
}
