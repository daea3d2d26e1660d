public import Quantities

/// What anyone can see of a market: who comes and goes, customers, money, claims, ratings, failures.
///
/// It is all that a detector gets. Who cheats is not in it, and the types that know are in modules
/// that this one cannot import.
///
/// Hosts, renters and wallets are numbered densely from 0, each kind apart. A host that comes back
/// under a new identity is a new number. Instants are kept to the second, as block timestamps are.
///
/// An entry takes 8 to 16 bytes; a job that is claimed, paid and rated takes 40.
public struct PublicRecord: Sendable {
  public private(set) var registrations: [Registration] = []
  public private(set) var departures: [Departure] = []
  public private(set) var customers: [Customer] = []
  public private(set) var transfers: [Transfer] = []
  public private(set) var claims: [Claim] = []
  public private(set) var payments: [Payment] = []
  public private(set) var ratings: [Rating] = []
  public private(set) var failures: [Failure] = []

  /// One above the highest number seen of each kind.
  public private(set) var hostCount = 0
  public private(set) var renterCount = 0
  public private(set) var walletCount = 0

  public init() {}

  /// A node entered the registry.
  ///
  /// - Parameters:
  ///   - wallet: The account that owns the node.
  ///   - controller: The account that registered it on the owner's behalf, if any.
  public mutating func recordRegistration(
    host: Int, wallet: Int, controller: Int?, at time: SimTime
  ) {
    hostCount = max(hostCount, host + 1)
    walletCount = max(walletCount, wallet + 1, (controller ?? -1) + 1)
    registrations.append(
      Registration(
        host: UInt32(host), wallet: UInt32(wallet),
        controllerOrNone: controller.map(UInt32.init) ?? Registration.none,
        second: Self.second(of: time)))
  }

  /// A node left the registry, or was put out.
  public mutating func recordDeparture(host: Int, at time: SimTime) {
    hostCount = max(hostCount, host + 1)
    departures.append(Departure(host: UInt32(host), second: Self.second(of: time)))
  }

  /// A renter has appeared.
  ///
  /// - Parameter wallet: The account that it pays from; it has one from now on.
  public mutating func recordCustomer(renter: Int, wallet: Int, at time: SimTime) {
    renterCount = max(renterCount, renter + 1)
    walletCount = max(walletCount, wallet + 1)
    customers.append(
      Customer(renter: UInt32(renter), wallet: UInt32(wallet), second: Self.second(of: time)))
  }

  /// Money moved between wallets outside the market.
  ///
  /// - Parameter amount: In one unit for all entries; kept to 24 bits.
  public mutating func recordTransfer(
    from source: Int, to target: Int, amount: Double, at time: SimTime
  ) {
    walletCount = max(walletCount, source + 1, target + 1)
    transfers.append(
      Transfer(
        source: UInt32(source), target: UInt32(target), amount: Float(amount),
        second: Self.second(of: time)))
  }

  public mutating func recordClaim(host: Int, at time: SimTime) {
    hostCount = max(hostCount, host + 1)
    claims.append(Claim(host: UInt32(host), second: Self.second(of: time)))
  }

  /// - Parameter amount: In one unit for all entries; kept to 24 bits.
  public mutating func recordPayment(renter: Int, host: Int, amount: Double, at time: SimTime) {
    hostCount = max(hostCount, host + 1)
    renterCount = max(renterCount, renter + 1)
    payments.append(
      Payment(
        renter: UInt32(renter), host: UInt32(host), amount: Float(amount),
        second: Self.second(of: time)))
  }

  /// - Parameter stars: 1 … 5.
  public mutating func recordRating(renter: Int, host: Int, stars: Int, at time: SimTime) {
    precondition((1...5).contains(stars), "a rating has 1 to 5 stars")
    hostCount = max(hostCount, host + 1)
    renterCount = max(renterCount, renter + 1)
    ratings.append(
      Rating(
        renter: UInt32(renter), host: UInt32(host), second: Self.second(of: time),
        stars: UInt8(stars)))
  }

  /// A job failed, and anyone can see at whose hands.
  public mutating func recordFailure(host: Int, at time: SimTime) {
    hostCount = max(hostCount, host + 1)
    failures.append(Failure(host: UInt32(host), second: Self.second(of: time)))
  }

  /// How many entries of each kind there are.
  public struct Extent: BitwiseCopyable, Sendable {
    fileprivate var registrations = 0
    fileprivate var departures = 0
    fileprivate var customers = 0
    fileprivate var transfers = 0
    fileprivate var claims = 0
    fileprivate var payments = 0
    fileprivate var ratings = 0
    fileprivate var failures = 0

    /// Of an empty record.
    public init() {}
  }

  public var extent: Extent {
    var extent = Extent()
    extent.registrations = registrations.count
    extent.departures = departures.count
    extent.customers = customers.count
    extent.transfers = transfers.count
    extent.claims = claims.count
    extent.payments = payments.count
    extent.ratings = ratings.count
    extent.failures = failures.count
    return extent
  }

  /// The entries made since the record was of `extent`, for `append` to a copy from then.
  public func news(since extent: Extent) -> PublicRecord {
    var news = PublicRecord()
    news.registrations = Array(registrations[extent.registrations...])
    news.departures = Array(departures[extent.departures...])
    news.customers = Array(customers[extent.customers...])
    news.transfers = Array(transfers[extent.transfers...])
    news.claims = Array(claims[extent.claims...])
    news.payments = Array(payments[extent.payments...])
    news.ratings = Array(ratings[extent.ratings...])
    news.failures = Array(failures[extent.failures...])
    news.hostCount = hostCount
    news.renterCount = renterCount
    news.walletCount = walletCount
    return news
  }

  public mutating func append(_ news: PublicRecord) {
    registrations += news.registrations
    departures += news.departures
    customers += news.customers
    transfers += news.transfers
    claims += news.claims
    payments += news.payments
    ratings += news.ratings
    failures += news.failures
    hostCount = max(hostCount, news.hostCount)
    renterCount = max(renterCount, news.renterCount)
    walletCount = max(walletCount, news.walletCount)
  }

  /// What could be seen up to and at `time`.
  ///
  /// The counts stay, so that scores before and after have the same shape.
  public func upTo(_ time: SimTime) -> PublicRecord {
    let last = Self.second(of: time)
    var past = self
    past.registrations.removeAll { $0.second > last }
    past.departures.removeAll { $0.second > last }
    past.customers.removeAll { $0.second > last }
    past.transfers.removeAll { $0.second > last }
    past.claims.removeAll { $0.second > last }
    past.payments.removeAll { $0.second > last }
    past.ratings.removeAll { $0.second > last }
    past.failures.removeAll { $0.second > last }
    return past
  }

  /// The same entries in the order of their seconds, so that what `upTo` leaves out comes last.
  public func inOrder() -> PublicRecord {
    var ordered = self
    ordered.registrations.sort { $0.second < $1.second }
    ordered.departures.sort { $0.second < $1.second }
    ordered.customers.sort { $0.second < $1.second }
    ordered.transfers.sort { $0.second < $1.second }
    ordered.claims.sort { $0.second < $1.second }
    ordered.payments.sort { $0.second < $1.second }
    ordered.ratings.sort { $0.second < $1.second }
    ordered.failures.sort { $0.second < $1.second }
    return ordered
  }

  static func second(of time: SimTime) -> UInt32 { UInt32(time.nanoseconds / 1_000_000_000) }

  /// Whole seconds in `span`, at least 1.
  static func seconds(in span: SimDuration) -> Int {
    max(1, Int(span.nanoseconds / 1_000_000_000))
  }
}
