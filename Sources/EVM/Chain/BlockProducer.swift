public import Quantities

/// The sequencer: opens a block every block time, counts the gas that fills it, seals it and moves
/// the base fee.
///
///     if producer.open(at: now, noise: 1) {
///       pool.beginBlock(baseFee: producer.baseFee, at: now)
///       while let next = pool.next(in: producer.room) {
///         let gasUsed = execute(next.transaction, in: producer.environment)
///         let fee = producer.charge(gasUsed, tip: next.effectiveTip, l1Fee: l1Fee)
///       }
///       pool.endBlock()
///       let summary = producer.seal()
///     }
///
/// The background takes its gas first, except from those who tip more than it does: they displace
/// it (see `BlockRoom`).
public struct BlockProducer: Sendable {
  public let parameters: ChainParameters
  /// May be replaced between blocks.
  public var demand: BackgroundDemand
  /// Seconds since 1970 at time zero of the run.
  public let startTimestamp: UInt64
  @usableFromInline let controller: BaseFeeController
  @usableFromInline let startNumber: UInt64

  @usableFromInline var currentNumber: UInt64
  @usableFromInline var currentBaseFee: Wei
  @usableFromInline var isOpen = false
  @usableFromInline var backgroundWanted = Gas.zero
  @usableFromInline var gasOurs = Gas.zero
  @usableFromInline var transactionCount: UInt32 = 0
  @usableFromInline var emptyBlocksBefore: UInt64 = 0
  @usableFromInline var outageEnd: SimTime?
  @usableFromInline var vaultBalances = FeeVaults()

  /// - Parameters:
  ///   - initialBaseFee: Of the first block; nil takes the equilibrium of `demand` at time zero, or
  ///     the recorded fee, or b₀.
  ///   - startTimestamp: Seconds since 1970 at time zero; 2025-12-01 00:00 UTC when not given.
  ///   - startNumber: Number of the last block before time zero.
  public init(
    _ parameters: ChainParameters, demand: BackgroundDemand, initialBaseFee: Wei? = nil,
    startTimestamp: UInt64 = 1_764_547_200, startNumber: UInt64 = 0
  ) {
    self.parameters = parameters
    self.demand = demand
    self.startTimestamp = startTimestamp
    self.startNumber = startNumber
    controller = BaseFeeController(parameters)
    currentNumber = startNumber
    let equilibrium = demand.equilibriumBaseFee(at: .zero, minimum: parameters.baseFeeMinimum)
      .map { Wei(UInt128($0.rounded())) }
    currentBaseFee = max(
      initialBaseFee ?? demand.recordedBaseFee(at: .zero) ?? equilibrium
        ?? parameters.backgroundReferenceBaseFee,
      parameters.baseFeeMinimum)
  }

  /// Base fee of the open block, or of the next one while none is open, wei per gas.
  @inlinable public var baseFee: Wei { currentBaseFee }

  /// Number of the open block, or of the last one sealed.
  @inlinable public var number: UInt64 { currentNumber }

  /// Fees collected from the simulated transactions.
  @inlinable public var vaults: FeeVaults {
    get { vaultBalances }
    set { vaultBalances = newValue }
  }

  /// What transactions of the open block read of it.
  @inlinable public var environment: BlockEnvironment {
    BlockEnvironment(
      timestamp: timestamp, number: currentNumber, chainID: parameters.chainID,
      baseFee: UInt64(currentBaseFee.rawValue))
  }

  /// Seconds since 1970 of the open or last block: block times after the start, without gaps.
  @inlinable public var timestamp: UInt64 {
    startTimestamp + (currentNumber - startNumber) * blockSeconds
  }

  /// When block `number` is due.
  @inlinable public func dueTime(ofBlock number: UInt64) -> SimTime {
    .zero + parameters.blockTime * Int64(number - startNumber)
  }

  /// When the block after the open or last one is due.
  @inlinable public var nextDueTime: SimTime { dueTime(ofBlock: currentNumber + 1) }

  @usableFromInline var blockSeconds: UInt64 {
    UInt64(parameters.blockTime.nanoseconds / 1_000_000_000)
  }
}
