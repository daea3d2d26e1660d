internal import Synchronization

/// How the engine and a running replication talk: stop requests in, progress out.
public final class ReplicationControl: Sendable {
  private let stop: StopFlag
  private let progressBits = Atomic<UInt64>(0)

  /// Whether a thread of the run has nothing else to do than to help this replication.
  public let hasSpareThread: Bool

  init(stop: StopFlag, hasSpareThread: Bool = false) {
    self.stop = stop
    self.hasSpareThread = hasSpareThread
  }

  /// A control that never stops, for running a model outside the engine.
  public convenience init() { self.init(stop: StopFlag()) }

  /// Costs one relaxed load.
  public var shouldStop: Bool { stop.isRaised }

  /// Tells how far the replication is, 0 … 1; shown to people only.
  public func report(fraction: Double) {
    progressBits.store(fraction.bitPattern, ordering: .relaxed)
  }

  /// Stops every replication of the run.
  func stopAll() { stop.raise() }

  var fraction: Double { Double(bitPattern: progressBits.load(ordering: .relaxed)) }
}

/// A request to stop, seen by every thread and never withdrawn.
final class StopFlag: Sendable {
  private let flag = Atomic<Bool>(false)
  var isRaised: Bool { flag.load(ordering: .relaxed) }
  func raise() { flag.store(true, ordering: .relaxed) }
}
