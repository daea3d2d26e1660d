import Kernel
import Quantities

/// Renters of a host's own.
public struct Puppets: Sendable, Equatable {
  /// Requests per second of those of one host together, > 0.
  public var rate: Double
  /// Of each host, ≥ 1; rate limits are per renter.
  public var count: Int
  /// USDC of each of them at the start, > 0.
  public var budget: Double
  /// Whether their money comes from the host's wallet, for everybody to see, or from exchanges, as
  /// anybody's.
  public var sharesFunding: Bool

  public init(rate: Double, count: Int = 3, budget: Double = 10, sharesFunding: Bool = true) {
    self.rate = rate
    self.count = count
    self.budget = budget
    self.sharesFunding = sharesFunding
  }
}

/// Renters of the host's own, who buy from it to lift its score.
///
/// The host does no work for them: the result is nobody's. What it costs is the platform's fee and
/// the gas of both sides.
public struct WashTrading: Sendable, Equatable {
  public var puppets: Puppets
  /// Share of their requests that they buy from the market at large, at its prices, 0 … 1: what ties
  /// them, and the host, to people whom others trust.
  public var outside: Double

  public init(_ puppets: Puppets, outside: Double = 0) {
    self.puppets = puppets
    self.outside = outside
  }
}

/// Renters of the host's own whose jobs it claims and gives up at once, to make the marketplace count
/// failures until it pauses.
public struct Griefing: Sendable, Equatable {
  public var puppets: Puppets

  public init(_ puppets: Puppets) { self.puppets = puppets }
}

extension MarketConfiguration {
  /// With the renters that hosts run, each cohort's after those of the scenario, named for it.
  func withPuppets() -> MarketConfiguration {
    var whole = self
    for (number, cohort) in hosts.enumerated() {
      var master = RenterCohort.Master(cohort: number, puppetsPerHost: 0, isGriefing: false)
      if let washing = cohort.behaviour.washTrading {
        master.outside = washing.outside
        whole.renters.append(cohort.run(washing.puppets, "washing", as: master))
      }
      if let griefing = cohort.behaviour.griefing {
        master.outside = 0
        master.isGriefing = true
        whole.renters.append(cohort.run(griefing.puppets, "griefing", as: master))
      }
    }
    return whole
  }
}

extension HostCohort {
  fileprivate func run(
    _ puppets: Puppets, _ purpose: String, as master: RenterCohort.Master
  ) -> RenterCohort {
    var cohort = RenterCohort(
      name: "\(name)-\(purpose)", count: puppets.count * count,
      arrivals: .poisson(rate: puppets.rate * Double(count), profile: nil),
      // The smallest job that contracts take: its price is next to nothing.
      lengths: .fixed(prompt: 1, output: 1),
      models: [RenterCohort.Demand(model: serves[0].model, precision: serves[0].precision)],
      patience: .endless, timeToComplete: .hours(1), budget: puppets.budget, ratingProbability: 1)
    var master = master
    master.puppetsPerHost = puppets.count
    master.fundsPuppets = puppets.sharesFunding
    cohort.master = master
    cohort.regions = regions
    return cohort
  }
}

extension Market {
  /// The host that a puppet's requests go to; none for other renters.
  @inline(__always) func master(of renter: RenterID) -> HostID {
    let terms = renterTerms[Int(renters[Int(renter.index)].cohort)]
    if terms.puppetsPerHost == 0 { return .none }
    return HostID(
      terms.firstMaster + (renter.index - terms.firstRenter) / terms.puppetsPerHost)
  }

  /// Whether a puppet buys from somebody else this time.
  mutating func buysOutside(_ id: JobID, _ terms: RenterTerms) -> Bool {
    guard terms.outside > 0 else { return false }
    var stream = streams.conduct.stream(entity: 1, event: jobs[id].number)
    return stream.bernoulli(terms.outside)
  }

  /// A puppet posts for its own host, which has no work with it.
  mutating func postToMaster(_ id: JobID, _ host: HostID, at time: SimTime) {
    guard hosts[Int(host.index)].takesJobs else { return balk(id, at: time) }
    let payment = price(of: id, at: host)
    guard isAcceptable(payment, for: id) else { return balk(id, at: time) }
    jobs[id].isWash = true
    measured.washJobs += 1
    promise(id, to: host, for: payment, at: time)
  }

  /// The master's side, when the prompt that never was is there.
  ///
  /// - Returns: Whether the job is a puppet's.
  mutating func playsAlong(_ id: JobID, as host: HostID, at time: SimTime) -> Bool {
    guard jobs[id].isWash else { return false }
    guard master(of: jobs[id].renter) == host else {
      // Somebody else came to claim it, and works for his money.
      jobs[id].isWash = false
      return false
    }
    if terms(ofRenterOf: id).isGriefing {
      giveUp(id, at: time)
    } else {
      computed(id, firstTokenAt: time, at: time)
    }
    return true
  }

  /// The host tells the contract that it has failed; the job is free again, and its renter takes it
  /// back.
  private mutating func giveUp(_ id: JobID, at time: SimTime) {
    jobs[id].phase = .recovering
    jobs[id].isReported = true
    removeLoad(from: jobs[id].host, at: time)
    send(.giveUp, for: id, at: time)
  }

  mutating func givenUp(_ id: JobID, _ receipt: ChainReceipt, at time: SimTime) {
    guard receipt.isSuccess else {
      jobs[id].isReported = false
      return takeBack(id, at: time)
    }
    hostFailed(jobs[id].host, because: .deadline, at: time)
    send(.cancelJob, for: id, at: time)
  }

  /// What renters of each host's own spent, of what counts; empty where no host runs any.
  ///
  /// - Complexity: O(renters).
  func puppetSpending() -> [PuppetSpending] {
    guard renterTerms.contains(where: { $0.puppetsPerHost > 0 }) else { return [] }
    var spending = [PuppetSpending](repeating: PuppetSpending(), count: hosts.count)
    for index in renters.indices {
      let master = master(of: RenterID(UInt32(index)))
      if master.isNone { continue }
      let renter = countedRenter(index)
      spending[Int(master.index)].fees += Double(renter.fees) * 1e-18
      spending[Int(master.index)].payments += Double(renter.paid) * 1e-6
      spending[Int(master.index)].payments -= Double(renter.refunded) * 1e-6
    }
    return spending
  }
}

/// What renters that a host runs spent.
struct PuppetSpending {
  /// ETH.
  var fees = 0.0
  /// USD, less what came back.
  var payments = 0.0
}
