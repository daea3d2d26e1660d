internal import Market
internal import Statistics

/// What is computed from the rows of a sweep in their order: means of points, sensitivity, verdicts.
///
/// Keeps one mean a point and metric.
struct SweepSummary {
  struct Point {
    let number: Int
    var finished = 0
    var failed = 0
    var nextReplication = 0
    /// One for each metric of the plan, of the replications that have it.
    var tallies: [Tally]
  }

  private let tables: SweepTables
  private var open: Point?
  private(set) var runs = 0
  private(set) var failed = 0
  private var digests = SHA256()
  /// Points in order, with the means of their metrics.
  private var seen: [Int32] = []
  private var means: [[Double]]
  /// Of each metric: the sum over points of the variance of the mean, and how many points have one.
  private var noise: [(sum: Double, count: Int)]
  private var verdictInputs: [(expectation: Int, point: Int, tally: Tally)] = []
  private(set) var verdicts: [SweepVerdict] = []
  private(set) var sensitivity: ResultTable?
  private var firstGap: (count: Int, example: String)?

  init(_ tables: SweepTables) {
    self.tables = tables
    means = Array(repeating: [], count: tables.entries.count)
    noise = Array(repeating: (0, 0), count: tables.entries.count)
  }

  /// - Returns: The point before, when this row begins another.
  mutating func add(_ bytes: [UInt8]) throws -> Point? {
    guard let record = CSVRecords.parse(bytes)?.first, let row = SweepRow(record, of: tables)
    else { throw SweepError.unreadable(path: "results.csv") }
    let closed = open?.number == row.point ? nil : closePoint()
    var point =
      open
      ?? Point(
        number: row.point, tallies: Array(repeating: Tally(), count: tables.entries.count))
    runs += 1
    digests.update("\(row.eventDigest)\n".utf8)
    if row.replication != point.nextReplication {
      noteGap(point.number, point.nextReplication, row.replication - point.nextReplication)
    }
    point.nextReplication = row.replication + 1
    if row.isFailed {
      failed += 1
      point.failed += 1
    } else {
      point.finished += 1
      for (index, number) in row.numbers.enumerated() where !number.isNaN {
        point.tallies[index].record(number)
      }
    }
    open = point
    return closed
  }

  mutating func closePoint() -> Point? {
    guard let point = open else { return nil }
    open = nil
    seen.append(Int32(point.number))
    let planned = tables.plan.replications
    if point.nextReplication < planned {
      noteGap(point.number, point.nextReplication, planned - point.nextReplication)
    }
    for (index, tally) in point.tallies.enumerated() {
      means[index].append(tally.mean)
      if tally.count > 1 {
        noise[index].sum += tally.variance / Double(tally.count)
        noise[index].count += 1
      }
    }
    for (number, line) in tables.plan.expectations.enumerated()
    where line.applies(to: tables.plan.design.texts(at: point.number)) {
      let metric = tables.plan.metrics.firstIndex(of: line.expectation.metric)
      verdictInputs.append((number, point.number, metric.map { point.tallies[$0] } ?? Tally()))
    }
    return point
  }

  /// - Throws: `SweepError.missingRuns`.
  mutating func check(_ shard: Shard) throws {
    var place = 0
    for point in shard.points(of: tables.plan.runs.count) {
      if place < seen.count, seen[place] == point {
        place += 1
      } else {
        noteGap(point, 0, tables.plan.replications)
      }
    }
    if let firstGap {
      throw SweepError.missingRuns(count: firstGap.count, example: firstGap.example)
    }
  }

  private mutating func noteGap(_ point: Int, _ replication: Int, _ count: Int) {
    let example = firstGap?.example ?? "replication \(replication) of point \(point)"
    firstGap = ((firstGap?.count ?? 0) + count, example)
  }

  /// Of a whole sweep: what needs all points.
  mutating func judge() {
    let single = verdictInputs.map { input in
      ExpectationVerdict(
        tables.plan.expectations[input.expectation].expectation, tally: input.tally)
    }
    verdicts = zip(verdictInputs, ExpectationVerdict.corrected(single)).map { input, verdict in
      SweepVerdict(expectation: verdict.expectation, point: input.point, verdict: verdict)
    }
    sensitivity = SweepSensitivity(tables, means: means, noise: noise).table
  }

  var eventDigest: String {
    let bytes = digests.finish()
    return String(SHA256.hexadecimal(bytes).prefix(32))
  }

  func result(_ status: SweepResult.Status, folder: String, resumed: Int) -> SweepResult {
    SweepResult(
      status: status, folder: folder, points: seen.count, runs: runs, failed: failed,
      resumed: resumed, verdicts: verdicts, sensitivity: sensitivity)
  }
}
