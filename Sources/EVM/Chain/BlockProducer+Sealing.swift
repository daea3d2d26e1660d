public import Quantities

extension BlockProducer {
  /// Starts the block due at `time`, unless the sequencer is out.
  ///
  /// - Parameters:
  ///   - time: A multiple of the block time after the last block's; one block time later unless the
  ///     sequencer was out.
  ///   - noise: Factor on the background demand, mean 1, drawn by the caller; 1 for none.
  /// - Returns: Whether a block is open now.
  @inlinable public mutating func open(at time: SimTime, noise: Double = 1) -> Bool {
    precondition(!isOpen, "the previous block must be sealed first")
    precondition(
      time >= nextDueTime && time.nanoseconds % parameters.blockTime.nanoseconds == 0,
      "blocks are opened when they are due")
    if isOut(at: time) { return false }
    if time > nextDueTime { fillGap(before: time) }
    currentNumber += 1
    if let recorded = demand.recordedBaseFee(at: time) { currentBaseFee = recorded }
    backgroundWanted = demand.gas(
      at: time, baseFee: currentBaseFee, gasTarget: controller.gasTarget, noise: noise)
    gasOurs = .zero
    transactionCount = 0
    isOpen = true
    return true
  }

  /// Gas left in the open block.
  @inlinable public var room: BlockRoom {
    let free = parameters.gasLimit - gasOurs
    return BlockRoom(
      aheadOfBackground: free, behindBackground: free - min(backgroundWanted, free),
      backgroundTip: UInt64(parameters.backgroundTip.rawValue))
  }

  /// Books an executed transaction: its gas fills the block, its fees go to the vaults.
  ///
  /// - Parameters:
  ///   - gasUsed: After refunds and the calldata floor; at most the room it was taken for.
  ///   - tip: Effective tip, wei per gas.
  ///   - l1Fee: L1 data fee, wei.
  /// - Returns: What the payer owes.
  @inlinable public mutating func charge(_ gasUsed: Gas, tip: Wei, l1Fee: Wei) -> FeeBreakdown {
    precondition(isOpen, "transactions run in an open block")
    gasOurs += gasUsed
    precondition(gasOurs <= parameters.gasLimit, "a block holds no more gas than its limit")
    transactionCount += 1
    let fee = FeeBreakdown(
      gasUsed: gasUsed, baseFee: currentBaseFee, tip: tip, l1Fee: l1Fee,
      operatorRule: parameters.operatorFee)
    vaultBalances.collect(fee)
    return fee
  }

  /// Closes the open block and sets the base fee of the next one.
  @inlinable public mutating func seal() -> BlockSummary {
    precondition(isOpen, "only an open block can be sealed")
    isOpen = false
    let gasBackground = min(backgroundWanted, parameters.gasLimit - gasOurs)
    let summary = BlockSummary(
      number: currentNumber, timestamp: timestamp, baseFee: currentBaseFee, gasOurs: gasOurs,
      gasBackground: gasBackground, gasBackgroundRefused: backgroundWanted - gasBackground,
      transactionCount: transactionCount, emptyBlocksBefore: emptyBlocksBefore)
    emptyBlocksBefore = 0
    currentBaseFee = controller.next(after: currentBaseFee, gasUsed: gasOurs + gasBackground)
    return summary
  }
}

/// Outages. Blocks of an OP-stack chain have no gaps in time: a sequencer that comes back fills the
/// missed slots with empty blocks, as op-node's recovery mode does, and takes transactions from
/// the first block due after the outage. The empty blocks let the base fee fall.
extension BlockProducer {
  /// Stops block production until `end`, or for good when nil is never followed by `resume`.
  public mutating func stop(until end: SimTime = .distantFuture) { outageEnd = end }

  /// Ends an outage now.
  public mutating func resume() { outageEnd = nil }

  /// Whether the sequencer produces nothing at `time`.
  @inlinable public func isOut(at time: SimTime) -> Bool {
    guard let outageEnd else { return false }
    return time < outageEnd
  }

  @usableFromInline mutating func fillGap(before time: SimTime) {
    while nextDueTime < time {
      currentNumber += 1
      emptyBlocksBefore += 1
      currentBaseFee = controller.next(after: currentBaseFee, gasUsed: .zero)
    }
  }
}
