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

  // MARK: Keys

  private static let rateKey = ConductKey(
    "rate", .rate(upTo: 1_000), "Requests of each host's own renters together.")
  private static let countKey = ConductKey(
    "puppets", .count(1...1_000), .standard("3"),
    "Renters of each host's own; rate limits count for each renter.")
  private static let budgetKey = ConductKey(
    "budget", .amount(unit: "USDC", upTo: 1e9), .standard("10 USDC"),
    "Money of each of them at the start.")
  private static let funding = ConductKey(
    "funding", .word(Sharing.words), .standard("shared"),
    "shared: it comes from the host's wallet, for everybody to see; separate: from exchanges, as "
      + "anybody's.")

  static let keys = [rateKey, countKey, budgetKey, funding]

  init(_ values: ConductValues) {
    self.init(
      rate: values[Self.rateKey], count: Int(values[Self.countKey]),
      budget: values[Self.budgetKey], sharesFunding: Sharing.isShared(values[Self.funding]))
  }
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
  ///
  /// - Parameter request: Number of the request.
  private mutating func buysOutside(_ request: UInt64, _ terms: RenterTerms) -> Bool {
    guard terms.outside > 0 else { return false }
    var stream = streams.conduct.stream(entity: 1, event: request)
    return stream.bernoulli(terms.outside)
  }

  /// Whether a puppet does not ask this time: its master has left such ways for now or is out of the
  /// market, or takes no jobs, so that its puppets can only buy from others.
  ///
  /// - Parameter request: Number that the request would have.
  @inline(never) mutating func staysSilent(_ renter: RenterID, request: UInt64) -> Bool {
    let master = master(of: renter)
    if master.isNone { return false }
    if isStraight(master) || hosts[Int(master.index)].isAway { return true }
    if hosts[Int(master.index)].takesJobs { return false }
    return !buysOutside(request, renterTerms[Int(renters[Int(renter.index)].cohort)])
  }

  /// Whether a host belongs to whom the renter does: it is its master, or of one ring with it.
  mutating func isOwn(_ host: HostID, of renter: RenterID) -> Bool {
    let master = master(of: renter)
    if master.isNone { return false }
    let ring = hosts[Int(host.index)].ring
    return host == master || (ring != 0 && ring == hosts[Int(master.index)].ring)
  }

  /// Whether a host must not have a job that its own puppet buys outside.
  @inline(never) mutating func shuns(_ host: HostID, _ id: JobID) -> Bool {
    !jobs[id].isWash && isOwn(host, of: jobs[id].renter)
  }

  /// Whether a puppet's job ties its master to somebody else.
  @inline(never) mutating func isEdge(_ id: JobID, to host: HostID) -> Bool {
    terms(ofRenterOf: id).puppetsPerHost > 0 && !jobs[id].isWash
      && !isOwn(host, of: jobs[id].renter)
  }

  /// What a puppet does with a request: it posts for its own host, or buys from others, and not of
  /// its own.
  mutating func postAsPuppet(_ id: JobID, _ terms: RenterTerms, at time: SimTime) {
    if buysOutside(jobs[id].number, terms) {
      // Or a router that names the best or the cheapest would name its own again and again.
      let own = hostsOfOwn(jobs[id].renter)
      hide(own, true)
      seekOffer(for: id, at: time)
      hide(own, false)
    } else {
      postToMaster(id, master(of: jobs[id].renter), at: time)
    }
  }

  /// A puppet posts for its own host, which has no work with it.
  private mutating func postToMaster(_ id: JobID, _ host: HostID, at time: SimTime) {
    // One that was turned away and tries again may find it gone.
    guard hosts[Int(host.index)].takesJobs, !isStraight(host) else { return balk(id, at: time) }
    let payment = price(of: id, at: host)
    guard isAcceptable(payment, for: id) else { return balk(id, at: time) }
    jobs[id].isWash = true
    measured.washJobs += 1
    promise(id, to: host, for: payment, at: time)
  }

  /// A ring's hosts are numbered together.
  private mutating func hostsOfOwn(_ renter: RenterID) -> ClosedRange<Int> {
    let master = Int(master(of: renter).index)
    let ring = hosts[master].ring
    var own = master...master
    if ring == 0 { return own }
    while own.lowerBound > 0, hosts[own.lowerBound - 1].ring == ring {
      own = own.lowerBound - 1...own.upperBound
    }
    while own.upperBound + 1 < hosts.count, hosts[own.upperBound + 1].ring == ring {
      own = own.lowerBound...own.upperBound + 1
    }
    return own
  }

  private mutating func hide(_ own: ClosedRange<Int>, _ isHidden: Bool) {
    for index in own {
      hosts[index].isHidden = isHidden
      refresh(HostID(UInt32(index)))
    }
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

  /// Gas for an edge: a puppet's transaction about a job of somebody else.
  @inline(never) mutating func countEdgeFee(
    _ fee: Wei, of transaction: MarketTransaction, by renter: RenterID
  ) {
    guard !master(of: renter).isNone, !transaction.job.isNone, !jobs[transaction.job].isWash else {
      return
    }
    measured.edgeSpending += fee.eth * changes.prices.eth
  }

  /// What renters of one host's own have spent since the start.
  ///
  /// - Complexity: O(cohorts of renters + puppets of the host).
  func puppetSpending(ofHost index: Int) -> PuppetSpending {
    var spending = PuppetSpending()
    for terms in renterTerms where terms.puppetsPerHost > 0 {
      let place = index - Int(terms.firstMaster)
      let masters = configuration.hosts[Int(hosts[index].cohort)].count
      guard place >= 0, place < masters,
        members(of: Int(hosts[index].cohort)).lowerBound == Int(terms.firstMaster)
      else { continue }
      let first = Int(terms.firstRenter) + place * Int(terms.puppetsPerHost)
      for renter in first..<first + Int(terms.puppetsPerHost) {
        spending.payments += Double(renters[renter].paid) * 1e-6
        spending.payments -= Double(renters[renter].refunded) * 1e-6
        spending.fees += Double(renters[renter].fees) * 1e-18
      }
    }
    return spending
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
struct PuppetSpending: BitwiseCopyable {
  /// ETH.
  var fees = 0.0
  /// USD, less what came back.
  var payments = 0.0
}
