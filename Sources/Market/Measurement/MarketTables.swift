import EVM
import Kernel
import Quantities
import Statistics

/// The tables that a replication streams out while it runs.
struct MarketTables: ~Copyable {
  var timeSeries: TableStream
  var reputation: TableStream
  var reputationModels: TableStream
  var jobs: TableStream
  var transactions: TableStream
  var events: TableStream
  var slashing: TableStream
  var breakers: TableStream
  var solvency: TableStream
  var script: TableStream
  var changes: TableStream

  init(_ outputs: OutputSelection, outlet: TableOutlet) throws {
    // Assigned together at the end: a half-made value of noncopyable parts cannot be thrown away.
    let silent = TableOutlet.discarding
    let timeSeries = try outlet.stream(.timeSeries)
    let reputation = try outlet.stream(.reputation)
    let reputationModels = try outlet.stream(.reputationModels)
    let jobs = try (outputs.jobs ? outlet : silent).stream(.jobs)
    let transactions = try (outputs.transactions ? outlet : silent).stream(.transactions)
    let events = try (outputs.events ? outlet : silent).stream(.events)
    let slashing = try outlet.stream(.slashing)
    let breakers = try outlet.stream(.breakers)
    let solvency = try outlet.stream(.solvency)
    let script = try outlet.stream(.script)
    let changes = try outlet.stream(.changes)
    self.changes = changes
    self.slashing = slashing
    self.breakers = breakers
    self.solvency = solvency
    self.script = script
    self.timeSeries = timeSeries
    self.reputation = reputation
    self.reputationModels = reputationModels
    self.jobs = jobs
    self.transactions = transactions
    self.events = events
  }

  mutating func finish() throws {
    try timeSeries.finish()
    try reputation.finish()
    try reputationModels.finish()
    try jobs.finish()
    try transactions.finish()
    try events.finish()
    try slashing.finish()
    try breakers.finish()
    try solvency.finish()
    try script.finish()
    try changes.finish()
  }

  mutating func record(_ event: MarketEvent, at time: SimTime) {
    events.row.append(time)
    events.row.append(event.name)
    events.row.append(Int(event.digestKey & 0xFFFF_FFFF))
    events.endRow()
  }
}

/// How a request ended, as `jobs.csv` says it: in exactly one of these ways.
enum JobOutcome: String {
  /// Paid, and the first token came while the renter waited.
  case served
  /// Paid, but the first token came after the renter's patience had ended.
  case late
  /// The renter's patience ended before it had posted; nothing was paid.
  case left
  /// Not posted or refused by the contract: too dear, or means exhausted.
  case balked
  /// Longer than any suitable host can hold.
  case refused
  /// Not posted: it would have exceeded the renter's rate limit.
  case limited
  /// Not posted: the marketplace took no posts.
  case halted
  /// Posted, not served, and the payment came back to the renter.
  case refunded
  /// Posted and paid into escrow, from which nothing can move it any more.
  case stuck
  /// Under way at the horizon.
  case open
}
