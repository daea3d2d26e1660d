public import Quantities

extension PublicRecord {
  /// Hosts that were not there at the start, each at its first registration, if that is `from` or later.
  ///
  /// Who leaves and comes back as itself is no newcomer.
  ///
  /// - Returns: In the order of registration.
  /// - Complexity: O(registrations + hosts).
  public func newcomers(from: SimTime) -> [(host: Int, entered: SimTime)] {
    var isNamed = [Bool](repeating: false, count: hostCount)
    var newcomers: [(host: Int, entered: SimTime)] = []
    for registration in registrations where !isNamed[Int(registration.host)] {
      isNamed[Int(registration.host)] = true
      let entered = SimTime.zero + .seconds(Int64(registration.second))
      guard registration.second > 0, registration.second >= Self.second(of: from) else { continue }
      newcomers.append((Int(registration.host), entered))
    }
    return newcomers
  }
}
