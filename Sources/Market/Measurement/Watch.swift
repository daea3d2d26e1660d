import Detection
import DetectionScoring
import Kernel
import Quantities
import Statistics

/// The public record of a run, and the observers who read it.
struct Watch {
  var record = PublicRecord()
  var truth = GroundTruth()
  /// Number in the record of each host's present identity, and the host of each identity.
  var identities: [Int] = []
  var hosts: [Int] = []
  /// Wallet of each host's present identity.
  private(set) var wallets: [Int] = []
  /// Which wallet each host's first one is filled from.
  private(set) var sources: [Int] = []
  private(set) var surveillance: Surveillance
  /// Where the rounds go on beside the market, until `gather`.
  private let background: BackgroundSurveillance?
  /// What of the record `background` has.
  private var told = PublicRecord.Extent()

  /// - Parameter hasSpareThread: Whether observers who only watch may work on a thread of their own.
  init(
    _ configuration: DetectionConfiguration, sybilThreshold: UInt64, seeds: [Int],
    hasSpareThread: Bool
  ) {
    let detectors: [Detector] = configuration.detectors.map { kind in
      let threshold = configuration.threshold(of: kind, sybilThreshold: sybilThreshold)
      switch kind {
      case .controllerThreshold:
        return .controllerThreshold(ControllerThreshold(threshold: threshold))
      case .fundingCluster: return .fundingCluster(FundingCluster(threshold: threshold))
      // A few blocks: in a minute of a busy market most hosts claim something.
      case .claimTiming:
        return .behaviouralCorrelation(
          BehaviouralCorrelation(.claims(within: .seconds(10)), threshold: threshold))
      case .sharedCustomers:
        return .behaviouralCorrelation(BehaviouralCorrelation(.customers, threshold: threshold))
      case .sybilRank: return .sybilRank(SybilRank(seeds: seeds, threshold: threshold))
      case .eigenTrust: return .eigenTrust(EigenTrust(seeds: seeds, threshold: threshold))
      case .selfDealing: return .selfDealing(SelfDealing(threshold: threshold))
      }
    }
    surveillance = Surveillance(detectors)
    let isOnlyWatching = configuration.actions.values.allSatisfy { $0 == .watch }
    background =
      hasSpareThread && isOnlyWatching && !detectors.isEmpty
      ? BackgroundSurveillance(surveillance) : nil
  }

  var detectors: [Detector] { surveillance.detectors }
  /// Of the latest round.
  var scores: [[Double]] { surveillance.scores }
  var flags: [Flags] { surveillance.flags }

  /// - Returns: Of each detector, whom it accuses for the first time; empty while observers only
  ///   watch, and do so beside the market.
  mutating func look(at time: SimTime) -> [[Int]] {
    guard let background else {
      return surveillance.look(at: record, hosts: truth.hostCount, time: time)
    }
    background.look(at: record.news(since: told), hosts: truth.hostCount, time: time)
    told = record.extent
    return []
  }

  /// Waits for the rounds that are under way.
  mutating func gather() {
    if let background { surveillance = background.finished() }
  }
}

extension Watch {
  /// A host, there or yet to come; its identity and its wallet have its own number.
  mutating func admit(_ host: Int, fundedBy source: Int) {
    sources.append(source)
    identities.append(host)
    hosts.append(host)
    wallets.append(host)
  }

  /// A host that comes under a new account, filled from its old one.
  mutating func rename(_ host: Int, isFraud: Bool, operator number: Int, at time: SimTime) {
    let wallet = record.walletCount
    record.recordTransfer(from: wallets[host], to: wallet, amount: 1_000, at: time)
    wallets[host] = wallet
    identities[host] = truth.hostCount
    hosts.append(host)
    truth.admit(isFraud: isFraud, operator: number, at: time)
  }
}

extension Market {
  /// A host has registered during the run.
  mutating func recordRegistration(of index: Int, isSomebodyElse: Bool, at time: SimTime) {
    if isSomebodyElse {
      let conduct = configuration.hosts[Int(hosts[index].cohort)].behaviour
      watch.rename(
        index, isFraud: !conduct.isHonest, operator: operatorNumber(of: index), at: time)
    } else {
      let identity = watch.identities[index]
      if !watch.truth.hasEntered(identity) {
        watch.record.recordTransfer(
          from: watch.sources[index], to: watch.wallets[index], amount: 1_000, at: time)
      }
      watch.truth.enter(identity, at: time)
    }
    watch.record.recordRegistration(
      host: watch.identities[index], wallet: watch.wallets[index], controller: nil, at: time)
  }

  /// A host is out of the registry and has its stake back; until then there is something to slash.
  mutating func recordDeparture(of index: Int, at time: SimTime) {
    guard isWatched else { return }
    watch.record.recordDeparture(host: watch.identities[index], at: time)
    watch.truth.leave(watch.identities[index], at: time)
  }

  /// One of all hosts of a ring; others are their own.
  private func operatorNumber(of index: Int) -> Int {
    let ring = Int(hosts[index].ring)
    return ring > 0 ? hosts.count + ring : index
  }

  /// Who registered, and who paid for it: of all that observers see the part that happens at genesis.
  mutating func prepareWatch() {
    guard isWatched else { return }
    // Wallets: hosts, exchanges, then a wallet and a controller for each ring.
    let exchanges = 8
    let firstExchange = hosts.count
    let firstRing = firstExchange + exchanges
    for index in hosts.indices {
      let host = hosts[index]
      let conduct = configuration.hosts[Int(host.cohort)].behaviour
      watch.truth.admit(
        isFraud: !conduct.isHonest, operator: operatorNumber(of: index),
        at: host.isAway ? .distantFuture : .zero)
      var source = firstExchange + index % exchanges
      var controller: Int?
      if let ring = conduct.group {
        let wallet = firstRing + 2 * Int(host.ring - 1)
        if ring.sharesFunding { source = wallet }
        if ring.sharesController { controller = wallet + 1 }
      }
      watch.admit(index, fundedBy: source)
      if host.isAway { continue }
      watch.record.recordTransfer(from: source, to: index, amount: 1_000, at: .zero)
      watch.record.recordRegistration(host: index, wallet: index, controller: controller, at: .zero)
    }
    // Exchanges fill many more wallets than hosts'.
    let firstOutsider = firstRing + 2 * Int(hosts.indices.map { hosts[$0].ring }.max() ?? 0)
    for exchange in 0..<exchanges {
      for outsider in 0..<100 {
        watch.record.recordTransfer(
          from: firstExchange + exchange, to: firstOutsider + exchange * 100 + outsider,
          amount: 1_000, at: .zero)
      }
    }
    recordCustomers(firstWallet: firstOutsider + exchanges * 100) { firstExchange + $0 % exchanges }
    scheduleDetection(after: .zero)
  }

  /// Renters have their money from exchanges, and puppets from the host that they belong to if it
  /// does not mind.
  private mutating func recordCustomers(firstWallet: Int, exchange: (Int) -> Int) {
    for index in renters.indices {
      let terms = renterTerms[Int(renters[index].cohort)]
      let master = master(of: RenterID(UInt32(index)))
      let source = terms.isFundedByMaster ? watch.wallets[Int(master.index)] : exchange(index)
      let wallet = firstWallet + index
      watch.record.recordTransfer(from: source, to: wallet, amount: 1_000, at: .zero)
      watch.record.recordCustomer(renter: index, wallet: wallet, at: .zero)
    }
  }

  private mutating func scheduleDetection(after time: SimTime) {
    let next = time + configuration.detection.interval(of: configuration.duration)
    if next <= horizon { kernel.schedule(.detectionDue, at: next, in: .sampling) }
  }

  mutating func detectionDue(at time: SimTime) {
    for (number, accused) in watch.look(at: time).enumerated() {
      act(on: accused, by: configuration.detection.detectors[number], at: time)
    }
    scheduleDetection(after: time)
  }

  /// Honest hosts of the start that observers know, spread over the honest cohorts.
  static func seeds(_ configuration: MarketConfiguration) -> [Int] {
    var honest: [Int] = []
    var first = 0
    for cohort in configuration.hosts {
      let staying = Double(cohort.count) * (cohort.participation?.initially ?? 1)
      if cohort.behaviour.isHonest { honest += first..<first + Int(staying.rounded()) }
      first += cohort.count
    }
    guard !honest.isEmpty else { return [] }
    let wanted = min(configuration.detection.seeds, honest.count)
    return (0..<wanted).map { honest[$0 * honest.count / wanted] }
  }
}
