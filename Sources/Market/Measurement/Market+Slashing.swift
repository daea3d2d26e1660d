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
    switch part.receiver {
    case .registry: "registry"
    case .nobody: "burn"
    case .account(chain.contracts.treasury): "treasury"
    case .account(let account):
      if challengers.contains(where: { $0.account == account }) {
        "challenger"
      } else {
        // Nobody has the key of 0x…dEaD.
        chain.world.address(of: account).suffix(2).elementsEqual([0xDE, 0xAD]) ? "burn" : "renter"
      }
    }
  }
}

/// What one log says that was taken of a stake.
struct SlashedPart: BitwiseCopyable {
  enum Receiver: BitwiseCopyable {
    case registry
    case nobody
    case account(AccountID)
  }

  var amount: UInt256
  var receiver: Receiver

  /// Whole coins and parts of them.
  var coins: Double { amount.approximate / 1e18 }
}

extension MarketChain {
  /// What the transaction just executed took of a host's stake, part by part. What it returned to a
  /// host that it ejected is not among it.
  ///
  /// - Parameter place: The log to go on from, 0 at first.
  /// - Returns: Nil when there is no more.
  mutating func nextPartTaken(of host: AccountID, from place: inout Int) -> SlashedPart? {
    while place < world.logs.count {
      let log = world.logs[place]
      place += 1
      guard case .nodeSlashed(host, let amount, _) = log.event else { continue }
      return SlashedPart(amount: amount, receiver: receiver(of: amount, from: log.contract, place))
    }
    return nil
  }

  /// - Parameter place: The log after that of the slash, which says where FAB went.
  private mutating func receiver(
    of amount: UInt256, from registry: AccountID, _ place: Int
  ) -> SlashedPart.Receiver {
    guard world.rules.slashMovesStake else { return .registry }
    if place < world.logs.count,
      case .transfer(registry, let account, amount) = world.logs[place].event
    {
      return .account(account)
    }
    // ETH leaves no log; only governance takes it.
    return world.rules.slashTo == .burn ? .nobody : .account(contracts.treasury)
  }
}
