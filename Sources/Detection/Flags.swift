public import Quantities

/// When a detector first flagged each host.
public struct Flags: Sendable {
  private var firsts: [SimTime] = []

  public init() {}

  /// Flags every host whose score reaches `threshold`.
  ///
  /// - Parameters:
  ///   - scores: Shape `[hosts]`; hosts may be added from call to call.
  ///   - isSuspect: Hosts that can be flagged, shape `[hosts]`; nil for all.
  /// - Returns: Hosts flagged for the first time, ascending.
  public mutating func raise(
    scores: [Double], threshold: Double, at time: SimTime, among isSuspect: [Bool]? = nil
  ) -> [Int] {
    while firsts.count < scores.count { firsts.append(.distantFuture) }
    var raised: [Int] = []
    for host in scores.indices where scores[host] >= threshold && firsts[host] == .distantFuture {
      if let isSuspect, !isSuspect[host] { continue }
      firsts[host] = time
      raised.append(host)
    }
    return raised
  }

  /// nil while the host is not flagged.
  public func firstTime(of host: Int) -> SimTime? {
    guard host < firsts.count, firsts[host] != .distantFuture else { return nil }
    return firsts[host]
  }

  public var count: Int { firsts.count { $0 != .distantFuture } }
}
