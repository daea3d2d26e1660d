import Contracts
import Detection
import Kernel
import Quantities

/// What detectors that act do to the hosts that they accuse, right or wrong.
extension Market {
  /// - Parameter accused: Identities of the public record.
  mutating func act(
    on accused: [Int], by kind: DetectionConfiguration.Kind, at time: SimTime
  ) {
    let action = configuration.detection.actions[kind] ?? .watch
    guard action != .watch else { return }
    for identity in accused {
      let index = watch.hosts[identity]
      // Who has become somebody else since is not found by its old name.
      guard watch.identities[index] == identity else { continue }
      switch action {
      case .watch: break
      case .refuse: refuse(index)
      case .slash:
        submit(
          MarketTransaction(
            function: .slashNode, job: .none, generation: 0, contractJob: 0,
            host: HostID(UInt32(index))),
          at: time)
      }
    }
  }

  private mutating func refuse(_ index: Int) {
    guard !hosts[index].isRefused else { return }
    hosts[index].isRefused = true
    measured.hostsRefused += 1
    if hostTerms[Int(hosts[index].cohort)].isHonest { measured.honestRefused += 1 }
    refresh(HostID(UInt32(index)))
  }

  /// Governance takes the share of a failure from what the host has at stake now.
  mutating func slashAccused(_ host: HostID) -> ChainReceipt {
    let account = hosts[Int(host.index)].account
    let share = UInt256(chain.world.rules.slash)
    return chain.slashNode(account, amount: chain.stake(of: account) * share / 10_000)
  }
}
