internal import Report
internal import Statistics
internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Two runs of one replication on two threads, neither more than a chunk of events ahead.
struct LockstepPair<Model: Replicable>: Sendable {
  private let model: Model
  private let replication: Int
  private let trace: String

  init(_ model: Model, replication: Int, trace: String) {
    self.model = model
    self.replication = replication
    self.trace = trace
  }

  /// - Returns: What the first found, unless interrupted; and where they differ, if they do.
  func run(
    isInterrupted: () -> Bool, progress: (Double) -> Void
  ) throws -> (ReplicationOutput?, Divergence?) {
    let stop = StopFlag()
    let exchange = LockstepExchange(replication: replication)
    let controls = [ReplicationControl(stop: stop), ReplicationControl(stop: stop)]
    let results = Mutex<[Result<ReplicationOutput, any Error>?]>([nil, nil])
    Workforce(workers: 2).run(
      items: [0, 1], isStopped: { false },
      watch: {
        if isInterrupted() || exchange.divergence != nil {
          stop.raise()
          exchange.release()
        }
        progress(controls[0].fraction)
      },
      body: { side in
        let result = Result { try follow(side, exchange, controls[side]) }
        results.withLock { $0[side] = result }
        exchange.end(side)
      })
    if let divergence = exchange.divergence { return (nil, divergence) }
    let (first, second) = results.withLock { ($0[0], $0[1]) }
    do {
      guard let first = try first?.get(), let second = try second?.get() else { return (nil, nil) }
      return (
        first,
        Divergence(of: first, second, replication: replication, between: LockstepExchange.names)
      )
    } catch is ReplicationStopped {
      return (nil, nil)
    }
  }

  private func follow(
    _ side: Int, _ exchange: LockstepExchange, _ control: ReplicationControl
  ) throws -> ReplicationOutput {
    let outlet = TableOutlet(replication: nil) { schema in
      schema.name == trace ? LockstepSink(side, exchange) : nil
    }
    return try model.run(replication: replication, tables: outlet, control: control)
  }
}

/// Hands the rows of one side's trace to the comparison.
private final class LockstepSink: TableSink {
  private let side: Int
  private let exchange: LockstepExchange

  init(_ side: Int, _ exchange: LockstepExchange) {
    self.side = side
    self.exchange = exchange
  }

  func write(_ rows: ResultTable) throws {
    var bytes: [UInt8] = []
    CSVEncoder.appendRows(of: rows, to: &bytes)
    exchange.deposit(bytes, from: side, columns: rows.schema.columns.map(\.header))
  }

  func finish() throws {}
}

/// Compares what two sides deposit, chunk by chunk, and keeps the one ahead waiting.
private final class LockstepExchange: Sendable {
  static let names = ["the first run", "the second run"]

  private struct State {
    var pending: [[UInt8]?] = [nil, nil]
    var hasEnded = [false, false]
    var isReleased = false
    var compared = 0
    var divergence: Divergence?
  }

  private let replication: Int
  private let state = Mutex(State())

  init(replication: Int) { self.replication = replication }

  var divergence: Divergence? { state.withLock { $0.divergence } }

  /// Lets both sides run on without being compared.
  func release() { state.withLock { $0.isReleased = true } }

  func deposit(_ bytes: [UInt8], from side: Int, columns: [String]) {
    while true {
      let isTaken = state.withLock { state in
        if state.isReleased || state.divergence != nil { return true }
        guard state.pending[side] == nil else { return false }
        state.pending[side] = bytes
        compare(columns, &state)
        return true
      }
      if isTaken { return }
      // A chunk is a thousand events and more: polling costs less than it takes.
      usleep(100)
    }
  }

  func end(_ side: Int) {
    state.withLock { state in
      state.hasEnded[side] = true
      compare([], &state)
    }
  }

  private func compare(_ columns: [String], _ state: inout State) {
    guard !state.isReleased, state.divergence == nil else { return }
    let (first, second) = (state.pending[0], state.pending[1])
    switch (first, second) {
    case (let first?, let second?):
      if first == second {
        state.compared += first.count { $0 == UInt8(ascii: "\n") }
        state.pending = [nil, nil]
      } else {
        state.divergence = divergence(first, second, columns, state.compared)
      }
    case (let first?, nil) where state.hasEnded[1]:
      state.divergence = divergence(first, [], columns, state.compared)
    case (nil, let second?) where state.hasEnded[0]:
      state.divergence = divergence([], second, columns, state.compared)
    default: break
    }
  }

  private func divergence(
    _ first: [UInt8], _ second: [UInt8], _ columns: [String], _ compared: Int
  ) -> Divergence {
    let a = CSVRecords.parse(first) ?? []
    let b = CSVRecords.parse(second) ?? []
    let common = zip(a, b).prefix { $0 == $1 }.count
    func row(_ rows: [[String]]) -> String {
      guard common < rows.count else { return "has no such event" }
      if columns.count != rows[common].count { return rows[common].joined(separator: ", ") }
      return zip(columns, rows[common]).map { "\($0) \($1)" }.joined(separator: ", ")
    }
    return Divergence(
      replication: replication, between: Self.names, event: compared + common + 1, first: row(a),
      second: row(b))
  }
}
