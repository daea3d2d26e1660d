import EVM
import Kernel
import Quantities
import Statistics

/// The tables that a replication streams out while it runs.
struct MarketTables: ~Copyable {
  var timeSeries: TableStream
  var reputation: TableStream
  var jobs: TableStream
  var transactions: TableStream
  var events: TableStream

  init(_ outputs: OutputSelection, outlet: TableOutlet) throws {
    timeSeries = try outlet.stream(.timeSeries)
    reputation = try outlet.stream(.reputation)
    let silent = TableOutlet.discarding
    jobs = try (outputs.jobs ? outlet : silent).stream(.jobs)
    transactions = try (outputs.transactions ? outlet : silent).stream(.transactions)
    events = try (outputs.events ? outlet : silent).stream(.events)
  }

  mutating func finish() throws {
    try timeSeries.finish()
    try reputation.finish()
    try jobs.finish()
    try transactions.finish()
    try events.finish()
  }

  mutating func record(_ event: MarketEvent, at time: SimTime) {
    events.row.append(time)
    events.row.append(event.name)
    events.row.append(Int(event.digestKey & 0xFFFF_FFFF))
    events.endRow()
  }
}

/// How a request ended, as `jobs.csv` says it.
enum JobOutcome: String {
  case served
  case left
  case balked
  case refused
  case stuck
  case open
}
