/// Everything that a tallied metric observed in one replication, less its warm-up when asked.
///
/// With a terminating horizon everything counts. With a steady state, `settled()` deletes the
/// leading observations that MSER-5 finds to be transient. Up to 40,955 observations the deletion is
/// exact; in longer runs it is rounded up to a segment, at most 1/32 of the run.
public struct Observations: Sendable {
  /// What is left after the warm-up.
  public struct Settled: Sendable {
    public let tally: Tally
    public let quantiles: Quantiles
    /// Leading observations that were deleted.
    public let deleted: Int
    /// The run is too short to say where its warm-up ends; at most half of it was deleted.
    public let isUndetermined: Bool
  }

  private var tally = Tally()
  private var quantiles = Quantiles()
  private var transient: TransientRecord?

  /// - Parameter removesWarmUp: Costs up to 4 MB and some nanoseconds an observation.
  public init(removesWarmUp: Bool = false) {
    if removesWarmUp { transient = TransientRecord() }
  }

  /// Observations so far.
  public var count: Int { tally.count }

  /// - Precondition: `value` is finite.
  public mutating func record(_ value: Double) {
    tally.record(value)
    quantiles.record(value)
    transient?.record(value)
  }

  public func settled() -> Settled {
    guard let transient, let warmUp = WarmUp(removedFrom: transient.series.means),
      warmUp.deleted > 0
    else {
      let isTooShort = transient.map { $0.series.means.count < 10 } ?? false
      return Settled(
        tally: tally, quantiles: quantiles, deleted: 0, isUndetermined: isTooShort)
    }
    let (kept, keptQuantiles) = transient.without(batches: warmUp.deleted)
    return Settled(
      tally: kept, quantiles: keptQuantiles, deleted: tally.count - kept.count,
      isUndetermined: warmUp.isUndetermined)
  }
}

extension MetricValues {
  /// Reports every statistic that `metric` keeps, after any warm-up.
  public mutating func set(_ metric: Metric, _ observations: Observations) {
    let settled = observations.settled()
    set(metric, settled.tally, settled.quantiles)
  }
}

/// What must be kept so that any number of leading batches can still be deleted: the values
/// themselves while they are few, then tallies of 32 to 64 equal segments.
private struct TransientRecord: Sendable {
  struct Segment: Sendable {
    var tally = Tally()
    var quantiles = Quantiles()
  }

  private(set) var series = BatchSeries(capacity: Self.capacity)
  private var values: [Double] = []
  private var segments: [Segment] = []
  private static let capacity = 8192
  private static let segmentCount = 64
  private static let batchesPerSegment = capacity / segmentCount

  mutating func record(_ value: Double) {
    let size = series.batchSize
    let isWhole = segments.isEmpty
    if isWhole { values.append(value) } else { recordInSegment(value) }
    series.record(value)
    guard series.batchSize > size else { return }
    if isWhole { cutIntoSegments() } else { joinSegments() }
  }

  /// Tally and quantiles of what follows the first `count` batches.
  func without(batches count: Int) -> (Tally, Quantiles) {
    if segments.isEmpty {
      let kept = values[(count * series.batchSize)...]
      return (Tally(kept), Quantiles(kept))
    }
    var rest = Segment()
    let first = (count + Self.batchesPerSegment - 1) / Self.batchesPerSegment
    for segment in segments[first...] {
      rest.tally.merge(segment.tally)
      rest.quantiles.merge(segment.quantiles)
    }
    return (rest.tally, rest.quantiles)
  }

  private mutating func recordInSegment(_ value: Double) {
    let size = Self.batchesPerSegment * series.batchSize
    if let last = segments.last, last.tally.count < size {
      segments[segments.count - 1].tally.record(value)
      segments[segments.count - 1].quantiles.record(value)
    } else {
      segments.append(Segment(tally: Tally([value]), quantiles: Quantiles([value])))
    }
  }

  private mutating func cutIntoSegments() {
    let cut = values
    values = []
    for value in cut { recordInSegment(value) }
  }

  private mutating func joinSegments() {
    for pair in 0..<(segments.count / 2) {
      segments[pair] = segments[2 * pair]
      segments[pair].tally.merge(segments[2 * pair + 1].tally)
      segments[pair].quantiles.merge(segments[2 * pair + 1].quantiles)
    }
    segments.removeLast(segments.count / 2)
  }
}
