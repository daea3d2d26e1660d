/// Who is in the registry, kept up to date as a record grows.
struct Presence: Sendable {
  /// Latest second of each host; −1 before the first.
  private var entered: [Int] = []
  private var left: [Int] = []
  private var registrationsSeen = 0
  private var departuresSeen = 0

  /// Takes in what `record` has that it had not when it was last read.
  ///
  /// - Precondition: `record` is the one read before, with or without more entries; `hosts` are no
  ///   fewer than it names, and no fewer than before.
  mutating func read(_ record: PublicRecord, hosts: Int) {
    entered += repeatElement(-1, count: hosts - entered.count)
    left += repeatElement(-1, count: hosts - left.count)
    for entry in record.registrations[registrationsSeen...] {
      entered[Int(entry.host)] = max(entered[Int(entry.host)], Int(entry.second))
    }
    for entry in record.departures[departuresSeen...] {
      left[Int(entry.host)] = max(left[Int(entry.host)], Int(entry.second))
    }
    registrationsSeen = record.registrations.count
    departuresSeen = record.departures.count
  }

  /// Whether each host is registered; who leaves and comes back within a second is.
  ///
  /// - Returns: Shape `[hosts]`.
  var isPresent: [Bool] { zip(entered, left).map { $0 >= 0 && $0 >= $1 } }
}
