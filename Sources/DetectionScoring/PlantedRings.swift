public import Detection
public import Kernel
public import Quantities

/// An artificial market with rings of Sybils in it, to try detectors on.
///
/// Renters buy from hosts drawn evenly among the honest. The members of a ring are bought from only
/// by the ring's own renters, but for `attackEdges` purchases by honest renters that the attacker
/// paid for. Renters have their money from exchanges, those of a ring from where its members have it.
/// How careless rings are, in what each detector looks for, are parameters.
public struct PlantedRings: Hashable, Sendable {
  public var hosts = 10_000
  /// Among `hosts`.
  public var sybils = 500
  public var ringSizes = 5...50
  public var renters = 5_000
  /// Distinct pairs are fewer, since draws repeat.
  public var jobsPerRenter = 20
  /// Customers of each ring, who buy from its members in turn. With fewer than an honest host has, a
  /// member is too little known to be judged.
  public var ringRenters = 10
  /// Chance that a ring funds all its members and renters from one wallet, instead of from an exchange
  /// each.
  public var sharedFunding = 0.5
  /// Chance that a ring registers all its members through one controller.
  public var sharedController = 0.3
  /// Chance that a member claims when its ring does, instead of at a moment of its own.
  public var synchrony = 0.7
  /// Purchases of honest renters from Sybils, over all rings.
  public var attackEdges = 500
  /// Honest operators run this many hosts at most, with one funder, evenly from 1.
  public var operatorHostsMax = 3
  /// Wallets from which everyone else is funded.
  public var exchanges = 8
  public var horizon = SimDuration.days(7)

  public init() {}

  public struct Planted: Sendable {
    public var record = PublicRecord()
    public var truth = GroundTruth()
    /// Hosts of the honest that first entered, such as trust seeds can be taken from.
    public var honest: [Int] = []
    /// Members of each ring.
    public var rings: [Range<Int>] = []
  }

  /// The honest have the lower host numbers. Wallets: hosts' own, then exchanges, then funders, then
  /// renters'.
  public func plant(drawing stream: inout RandomStream) -> Planted {
    var planted = Planted()
    planted.honest = Array(0..<(hosts - sybils))
    var next = hosts - sybils
    while next < hosts {
      let size = min(stream.integer(in: ringSizes), hosts - next)
      planted.rings.append(next..<next + size)
      next += size
    }
    let sources = enter(&planted, drawing: &stream)
    fund(sources, &planted, &stream)
    for renter in 0..<renters {
      for _ in 0..<jobsPerRenter {
        let time = instant(&stream)
        trade(renter, planted.honest[stream.below(planted.honest.count)], at: time, &planted)
      }
    }
    for _ in 0..<attackEdges {
      let (renter, sybil) = (stream.below(renters), hosts - sybils + stream.below(sybils))
      let time = instant(&stream)
      trade(renter, sybil, at: time, &planted)
    }
    for (number, ring) in planted.rings.enumerated() { wash(ring, number, &planted, &stream) }
    return planted
  }

  /// - Returns: Of each ring the wallet that fills all of it, nil for exchanges; and the first wallet
  ///   number that nobody has.
  private func enter(
    _ planted: inout Planted, drawing stream: inout RandomStream
  ) -> (funders: [Int?], freeWallet: Int) {
    var funder = hosts + exchanges
    var number = 0
    var first = 0
    while first < planted.honest.count {
      let count = min(stream.integer(in: 1...operatorHostsMax), planted.honest.count - first)
      let isShared = count > 1
      for host in first..<first + count {
        let source = isShared ? funder : hosts + stream.below(exchanges)
        let time = enter(
          host, from: source, controller: isShared ? funder : nil, &planted, &stream)
        planted.truth.admit(isFraud: false, operator: number, at: time)
      }
      if isShared { funder += 1 }
      number += 1
      first += count
    }
    var funders: [Int?] = []
    for ring in planted.rings {
      let isFunded = stream.bernoulli(sharedFunding)
      let isControlled = stream.bernoulli(sharedController)
      for host in ring {
        let source = isFunded ? funder : hosts + stream.below(exchanges)
        let time = enter(
          host, from: source, controller: isControlled ? funder : nil, &planted, &stream)
        planted.truth.admit(isFraud: true, operator: number, at: time)
      }
      funders.append(isFunded ? funder : nil)
      funder += 1
      number += 1
    }
    return (funders, funder)
  }

  /// - Returns: When the host registered.
  private func enter(
    _ host: Int, from source: Int, controller: Int?, _ planted: inout Planted,
    _ stream: inout RandomStream
  ) -> SimTime {
    let funded = SimTime.zero + .seconds(Int64(stream.below(43_200)))
    let registered = funded + .seconds(Int64(stream.below(43_200)))
    planted.record.recordTransfer(from: source, to: host, amount: 1_000, at: funded)
    planted.record.recordRegistration(
      host: host, wallet: host, controller: controller, at: registered)
    return registered
  }

  /// Fills the wallets of renters: the honest first, then those of each ring.
  private func fund(
    _ sources: (funders: [Int?], freeWallet: Int), _ planted: inout Planted,
    _ stream: inout RandomStream
  ) {
    let honest = [Int?](repeating: nil, count: renters)
    let washing = sources.funders.flatMap { Array(repeating: $0, count: ringRenters) }
    for (renter, funder) in (honest + washing).enumerated() {
      let wallet = sources.freeWallet + renter
      let funded = SimTime.zero + .seconds(Int64(stream.below(43_200)))
      let source = funder ?? hosts + stream.below(exchanges)
      planted.record.recordTransfer(from: source, to: wallet, amount: 1_000, at: funded)
      planted.record.recordCustomer(renter: renter, wallet: wallet, at: funded + .hours(12))
    }
  }

  /// A ring's renters buy as often from each member as an honest host sells on average.
  private func wash(
    _ ring: Range<Int>, _ number: Int, _ planted: inout Planted, _ stream: inout RandomStream
  ) {
    let jobs = max(1, renters * jobsPerRenter / (hosts - sybils))
    for job in 0..<jobs {
      let renter = renters + ringRenters * number + job % ringRenters
      let together = instant(&stream)
      for host in ring {
        let alone = instant(&stream)
        let time = stream.bernoulli(synchrony) ? together : alone
        trade(renter, host, at: time, &planted)
      }
    }
  }

  private func trade(_ renter: Int, _ host: Int, at time: SimTime, _ planted: inout Planted) {
    planted.record.recordClaim(host: host, at: time)
    planted.record.recordPayment(renter: renter, host: host, amount: 1, at: time)
    planted.record.recordRating(renter: renter, host: host, stars: 5, at: time)
  }

  private func instant(_ stream: inout RandomStream) -> SimTime {
    let start = SimTime.zero + .days(1)
    return start + .seconds(Int64(stream.below(Int(horizon.seconds))))
  }
}
