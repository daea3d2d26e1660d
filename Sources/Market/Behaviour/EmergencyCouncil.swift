import Contracts
import EVM
import Kernel
public import Quantities

/// Holders of governance's emergency role, who stop the marketplace when too many jobs fail.
///
/// They see what anybody sees: failures, as the marketplace announces them. They pause by
/// `executeEmergencyAction`, without a vote, and open again after a stated time.
public struct EmergencyCouncil: Sendable, Equatable {
  /// Failures within `window` from which on the council acts, ≥ 1.
  public var failures: Int
  public var window: SimDuration
  /// From the failure that alarms the council to its transaction.
  public var delay: SimDuration
  /// From its pause to the transaction that ends it.
  public var pause: SimDuration

  public init(failures: Int, window: SimDuration, delay: SimDuration, pause: SimDuration) {
    self.failures = failures
    self.window = window
    self.delay = delay
    self.pause = pause
  }
}

/// What the council has seen and does.
struct CouncilState {
  enum Stage { case watching, alarmed, pausing }

  var stage = Stage.watching
  /// Of the latest failures, as many as alarm it, oldest first from `next` on.
  var failures: [SimTime] = []
  var next = 0

  /// - Returns: Whether this failure alarms the council.
  mutating func sees(failureAt time: SimTime, _ council: EmergencyCouncil) -> Bool {
    guard stage == .watching else { return false }
    if failures.count < council.failures {
      failures.append(time)
      if failures.count < council.failures { return false }
    } else {
      failures[next] = time
      next = (next + 1) % council.failures
    }
    guard time - failures[next] <= council.window else { return false }
    self = CouncilState(stage: .alarmed)
    return true
  }
}

extension Market {
  mutating func councilSees(failureAt time: SimTime) {
    guard let emergency = configuration.emergency,
      council.sees(failureAt: time, emergency)
    else { return }
    convene(after: emergency.delay, at: time)
  }

  private mutating func convene(after delay: SimDuration, at time: SimTime) {
    if time + delay <= horizon { kernel.schedule(.councilDue, at: time + delay) }
  }

  /// Nobody pauses what is paused, or opens what is open.
  mutating func councilDue(at time: SimTime) {
    let isPaused = chain.standing?.isPaused(at: chain.nextTimestamp) == true
    guard isPaused == (council.stage == .pausing) else {
      council = CouncilState()
      return
    }
    submit(
      MarketTransaction(
        function: council.stage == .alarmed ? .pauseInEmergency : .endEmergency, job: .none,
        generation: 0, contractJob: 0), at: time)
  }

  mutating func pauseExecuted(_ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess, let emergency = configuration.emergency else {
      council = CouncilState()
      return
    }
    council.stage = .pausing
    standingMover = .council
    measured.emergencyPauses += 1
    convene(after: emergency.pause, at: time)
  }

  mutating func emergencyEnded(_ receipt: ChainReceipt) {
    if receipt.isSuccess { standingMover = .council }
    council = CouncilState()
  }
}

extension MarketChain {
  /// The marketplace obeys the governance contract instead of the governor's account, and the deployer
  /// holds the emergency role there.
  mutating func empowerCouncil() {
    wire("setGovernance(address)", of: contracts.marketplace, .address(contracts.governance))
    wire(
      "grantRole(bytes32,address)", of: contracts.governance,
      .fixedBytes(Governance.emergencyRole.bigEndianBytes), .address(contracts.deployer))
  }

  private mutating func wire(
    _ signature: String, of contract: AccountID, _ arguments: ABIValue...
  ) {
    let outcome = world.transact(
      from: contracts.deployer, to: contract, signature: signature, arguments: arguments,
      value: .zero, block: environment, gasLimit: 1_000_000)
    guard case .success = outcome.result else {
      preconditionFailure("\(signature) failed at genesis: \(outcome.result)")
    }
  }

  mutating func actInEmergency(
    _ function: MarketTransaction.Function, from sender: AccountID
  ) -> ChainReceipt {
    let action = function == .pauseInEmergency ? texts.pause : texts.unpause
    return send(
      .governance(.executeEmergencyAction(action, on: contracts.marketplace)), function,
      from: sender, to: contracts.governance)
  }
}
