import Contracts
import Quantities
import Statistics

/// Why a host's stake changed.
enum SlashCause: String {
  case deadline
  case dispute
  /// Governance, at the word of an observer.
  case detector
  case challenge
  case topUp
}

/// Rows of `slashing.csv`.
extension Market {
  mutating func recordSlash(
    of host: HostID, _ amount: Double, _ cause: SlashCause, at time: SimTime
  ) {
    let row = hosts[Int(host.index)]
    tables.slashing.row.append(time)
    tables.slashing.row.append(Int(host.index))
    tables.slashing.row.append(configuration.hosts[Int(row.cohort)].name)
    tables.slashing.row.append(hostTerms[Int(row.cohort)].isHonest ? "honest" : "dishonest")
    tables.slashing.row.append(cause.rawValue)
    tables.slashing.row.append(amount)
    tables.slashing.row.append(row.stake)
    tables.slashing.row.append("\(configuration.rules.values.slashTo)")
    tables.slashing.endRow()
  }
}
