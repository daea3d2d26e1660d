public import Quantities

/// What detectors are scored against and never see: which hosts really are fraudulent, since when.
public struct GroundTruth: Sendable {
  /// Shape `[hosts]`.
  public private(set) var isFraud: [Bool] = []
  /// When each host entered, from which on it could be detected; `distantFuture` while it has not.
  public private(set) var entries: [SimTime] = []

  public init() {}

  /// Labels the next host number.
  public mutating func admit(isFraud: Bool, at time: SimTime) {
    self.isFraud.append(isFraud)
    entries.append(time)
  }

  /// A host that was admitted as one of the distant future is there from now on.
  public mutating func enter(_ host: Int, at time: SimTime) { entries[host] = time }

  public func hasEntered(_ host: Int) -> Bool { entries[host] != .distantFuture }

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
