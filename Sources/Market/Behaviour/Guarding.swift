import Contracts
import Kernel
public import Quantities

/// Who opens a marketplace that its breakers closed.
public struct Guarding: Sendable, Equatable {
  /// From the block that closed it to the attempt, and between attempts while the cooldown runs.
  public var delay: SimDuration

  public init(delay: SimDuration) { self.delay = delay }
}

extension Market {
  /// The marketplace has just closed.
  mutating func alertGuardian(at time: SimTime) {
    guard let guarding = configuration.guardian else { return }
    let next = time + guarding.delay
    if next <= horizon { kernel.schedule(.guardianDue(pause: UInt32(measured.pauses)), at: next) }
  }

  /// The pause for which the alarm was may be over by now, and another begun.
  mutating func guardianDue(pause: UInt32, at time: SimTime) {
    guard pause == measured.pauses, let standing = chain.standing,
      standing.isPaused(at: chain.nextTimestamp)
    else { return }
    submit(
      MarketTransaction(function: .unpause, job: .none, generation: 0, contractJob: 0), at: time)
  }

  mutating func unpauseExecuted(_ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else { return alertGuardian(at: time) }
    standingMover = .guardian
    measured.unpauses += 1
  }
}
