public import Quantities

/// What detectors are scored against and never see: which hosts really are fraudulent, since when, and
/// whose they are.
public struct GroundTruth: Sendable {
  /// Shape `[hosts]`, as all here.
  public private(set) var isFraud: [Bool] = []
  /// Who runs each host: those of one ring, or the names of one host, have one number.
  public private(set) var operators: [Int] = []
  /// When each host entered, from which on it could be detected; `distantFuture` while it has not.
  public private(set) var entries: [SimTime] = []
  /// When each host left, from which on nobody accuses it; `distantFuture` while it is there.
  public private(set) var departures: [SimTime] = []

  public init() {}

  /// Labels the next host number.
  ///
  /// - Parameter number: Of its operator, from 0, in any order.
  public mutating func admit(isFraud: Bool, operator number: Int, at time: SimTime) {
    precondition(number >= 0, "operators are numbered from 0")
    self.isFraud.append(isFraud)
    operators.append(number)
    entries.append(time)
    departures.append(.distantFuture)
  }

  /// A host is there from now on, for the first time or again: it entered when it first came.
  public mutating func enter(_ host: Int, at time: SimTime) {
    entries[host] = min(entries[host], time)
    departures[host] = .distantFuture
  }

  /// A host is gone, until it enters again.
  public mutating func leave(_ host: Int, at time: SimTime) { departures[host] = time }

  public func hasEntered(_ host: Int) -> Bool { entries[host] != .distantFuture }

  /// The first flag by `end` that `host` got, if any, and when the watch over it ended: then, when it
  /// left, or at `end`.
  ///
  /// - Parameter firstFlag: nil if it never was flagged.
  public func watch(
    over host: Int, firstFlag: SimTime?, until end: SimTime
  ) -> (ended: SimTime, isDetected: Bool) {
    if let firstFlag, firstFlag <= end { return (firstFlag, true) }
    return (max(entries[host], min(departures[host], end)), false)
  }

  public var hostCount: Int { isFraud.count }
  public var fraudCount: Int { isFraud.count { $0 } }

  /// The same hosts under other labels, such as shuffled ones.
  ///
  /// - Precondition: As many labels as hosts.
  public func relabelled(_ isFraud: [Bool]) -> GroundTruth {
    precondition(isFraud.count == hostCount, "a label for each host")
    var truth = self
    truth.isFraud = isFraud
    return truth
  }
}
