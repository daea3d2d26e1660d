import Quantities

/// What an open frame needs to be closed or rolled back.
public struct Frame: BitwiseCopyable {
  @usableFromInline var journalCount: Int
  @usableFromInline var refund: Int64
  /// Gas that the caller keeps: EIP-150's 64th.
  @usableFromInline var reserve: Int64
  @usableFromInline var isCaught: Bool

  @inlinable init(journalCount: Int, refund: Int64, reserve: Int64, isCaught: Bool) {
    self.journalCount = journalCount
    self.refund = refund
    self.reserve = reserve
    self.isCaught = isCaught
  }
}

extension Machine {
  /// Number of the running or last transaction since the chain began, from 1.
  public var transactionNumber: UInt32 { epoch }

  /// Starts a transaction; every slot and account becomes cold.
  public mutating func begin(
    from sender: AccountID, gasLimit: Int64, block: BlockEnvironment
  ) {
    if epoch == .max { restartEpochs() }
    epoch += 1
    journal.count = 0
    journal.touchesLedger = false
    catchDepth = 0
    depth = 0
    refund = 0
    computeGas = 0
    gas = gasLimit
    origin = sender
    self.block = block
  }

  /// After four billion transactions the counter starts again and every header is cleared.
  mutating func restartEpochs() {
    for table in tables { table.clearHeaders() }
    epoch = 0
  }

  /// Opens the frame of a call with all gas but a 64th (EIP-150).
  ///
  /// - Parameter caught: Whether the caller survives a failure, so that warmth must be undone.
  @inlinable public mutating func openFrame(caught: Bool) -> Frame {
    let reserve = gas >> 6
    gas &-= reserve
    depth &+= 1
    if caught { catchDepth &+= 1 }
    return Frame(
      journalCount: journal.count, refund: refund, reserve: reserve, isCaught: caught)
  }

  @inlinable public mutating func close(_ frame: Frame) {
    gas &+= frame.reserve
    depth &-= 1
    if frame.isCaught { catchDepth &-= 1 }
  }

  /// Undoes everything since the frame opened and returns its reserve to the caller.
  ///
  /// - Returns: The failure as the caller sees it: an inner frame that ran out of gas left no data.
  public mutating func rollBack(_ frame: Frame, after failure: CallFailure) -> CallFailure {
    undo(to: frame.journalCount)
    refund = frame.refund
    if failure == .outOfGas { gas = 0 }
    close(frame)
    return failure == .outOfGas ? .empty : failure
  }

  /// Undoes the whole transaction; what remains is the gas used.
  public mutating func undoAll() {
    undo(to: 0)
    refund = 0
  }

  mutating func undo(to count: Int) {
    while journal.count > count {
      journal.count -= 1
      let entry = journal[journal.count]
      if entry.width == 0 {
        entry.row.header &= ~Machine.warmBit(entry.slot)
        continue
      }
      if entry.width == 32 {
        entry.row.setWord(entry.old, at: Int(entry.offset))
      } else {
        let mask: UInt64 = ~0 >> (64 - UInt64(entry.width) * 8)
        let around = entry.row.bits(at: Int(entry.offset)) & ~mask
        entry.row.setBits(
          around | UInt64(truncatingIfNeeded: entry.old.low), at: Int(entry.offset))
      }
      if entry.isFirst { entry.row.header &= ~Machine.dirtyBit(entry.slot) }
    }
  }
}

extension Machine {
  /// Leaves the frame without gas of the caller's, as `transfer` does.
  public mutating func keepAllButStipend(_ frame: inout Frame) {
    frame.reserve += gas
    gas = 0
  }

  /// Pays the stipend from the caller's own gas, when no value comes along to pay for it.
  public mutating func takeStipend(_ frame: inout Frame) {
    frame.reserve -= GasSchedule.callStipend
  }
}
