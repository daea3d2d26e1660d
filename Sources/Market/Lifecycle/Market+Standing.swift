import Contracts
import Kernel
import Quantities
import Statistics

/// Who opened or closed a marketplace.
enum StandingMover: String {
  /// Its own counters, the clock, a vote or a script.
  case `protocol`
  case guardian
  case council
}

/// Breakers and pauses, as wallets see them.
extension Market {
  /// Wallets look at the marketplace after every block; when it opens again, hosts take what waits.
  mutating func observeStanding(at time: SimTime) {
    guard let standing = chain.standing else { return }
    defer { standingMover = .protocol }
    let isNowClosed = standing.isPostingClosed(at: chain.nextTimestamp)
    if isNowClosed { measured.blocksClosed += 1 }
    if isNowClosed != isClosed {
      isClosed = isNowClosed
      if tables.breakers.isRecording { recordBreaker(standing, at: time) }
      if isNowClosed {
        measured.pauses += 1
        // The council opens again what it has closed.
        if standingMover != .council { alertGuardian(at: time) }
      } else {
        offerEverybodysRoom(at: time)
      }
    } else if standing.breakerLevel == 1 {
      offerEverybodysRoom(at: time)
    }
  }

  private mutating func recordBreaker(_ standing: MarketplaceStanding, at time: SimTime) {
    tables.breakers.row.append(time)
    tables.breakers.row.append(isClosed ? "closed" : "open")
    tables.breakers.row.append(standingMover.rawValue)
    tables.breakers.row.append(Int(standing.breakerLevel))
    tables.breakers.row.append(Int(standing.failureCount))
    tables.breakers.endRow()
  }

  private mutating func offerEverybodysRoom(at time: SimTime) {
    for index in hosts.indices where assignment.waitingCount > 0 {
      if hosts[index].hasRoom { offerRoom(of: HostID(UInt32(index)), at: time) }
    }
  }
}
