import Contracts
import EVM
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
    of host: HostID, _ part: SlashedPart, _ cause: SlashCause, at time: SimTime
  ) {
    let row = hosts[Int(host.index)]
    tables.slashing.row.append(time)
    tables.slashing.row.append(Int(host.index))
    tables.slashing.row.append(configuration.hosts[Int(row.cohort)].name)
    tables.slashing.row.append(hostTerms[Int(row.cohort)].isHonest ? "honest" : "dishonest")
    tables.slashing.row.append(cause.rawValue)
    tables.slashing.row.append(part.coins)
    tables.slashing.row.append(row.stake)
    tables.slashing.row.append(receiver(of: part))
    tables.slashing.endRow()
  }

  /// Who has what was taken, in a word.
  private func receiver(of part: SlashedPart) -> String {
    guard let account = part.receiver else { return "registry" }
    if account == chain.contracts.treasury { return "treasury" }
    if challengers.contains(where: { $0.account == account }) { return "challenger" }
    return chain.isBurning(account) ? "burn" : "renter"
  }
}

/// What one log says that was taken of a stake.
struct SlashedPart {
  var amount: UInt256
  /// Nil where it stays in the registry.
  var receiver: AccountID?

  /// Whole coins and parts of them.
  var coins: Double { amount.approximate / 1e18 }
}

extension MarketChain {
  /// What the transaction just executed took of a host's stake, part by part. What it returned to a
  /// host that it ejected is not among it.
  mutating func partsTaken(of host: AccountID) -> [SlashedPart] {
    var parts: [SlashedPart] = []
    for (place, log) in world.logs.enumerated() {
      guard case .nodeSlashed(host, let amount, _) = log.event else { continue }
      var part = SlashedPart(amount: amount, receiver: nil)
      if world.rules.slashMovesStake {
        // ETH leaves no log; only governance takes it, for the treasury.
        part.receiver = contracts.treasury
        if place + 1 < world.logs.count,
          case .transfer(log.contract, let receiver, amount) = world.logs[place + 1].event
        {
          part.receiver = receiver
        }
      }
      parts.append(part)
    }
    return parts
  }

  /// Nobody has the key of 0x…dEaD.
  func isBurning(_ account: AccountID) -> Bool {
    world.address(of: account).suffix(2).elementsEqual([0xDE, 0xAD])
  }
}
