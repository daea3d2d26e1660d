import Quantities
import Statistics

/// Finds the end of a replication's warm-up by MSER-5 from what its blocks see.
///
/// Three levels are watched, an observation a block: requests under way (their mean over the block
/// time, which by Little's law is what waiting and service times make of the arrivals), hosts at work,
/// and the base fee. The warm-up ends when the last of them has settled.
///
/// Without noise MSER-5 would delete a transient to the last digit: of what it deletes, the end is
/// kept whose removal moves the mean by less than a thousandth.
struct WarmUpSearch {
  private static let tolerance = 1e-3
  private var jobsLive = BatchSeries()
  private var hostsBusy = BatchSeries()
  private var baseFee = BatchSeries()
  private var lastArea: Int128 = 0
  private let spacing: SimDuration

  /// - Parameter spacing: Between observations, the first of which covers the first `spacing`.
  init(spacing: SimDuration) { self.spacing = spacing }

  /// - Parameter jobsLiveArea: Integral from time zero, job-nanoseconds.
  mutating func observe(jobsLiveArea: Int128, hostsBusy busy: Int, baseFee fee: Double) {
    jobsLive.record(Double(jobsLiveArea - lastArea) / Double(spacing.nanoseconds))
    lastArea = jobsLiveArea
    hostsBusy.record(Double(busy))
    baseFee.record(fee)
  }

  var found: MarketWarmUp {
    var longest = MarketWarmUp.none
    for series in [jobsLive, hostsBusy, baseFee] {
      guard let warmUp = WarmUp(removedFrom: series.means) else {
        // Below ten batches the rule says nothing.
        return MarketWarmUp(duration: .zero, isUndetermined: true)
      }
      let deleted = Self.deletion(of: series.means, atMost: warmUp)
      longest.duration = max(longest.duration, spacing * Int64(deleted * series.batchSize))
      if warmUp.isUndetermined, deleted == warmUp.deleted { longest.isUndetermined = true }
    }
    return longest
  }

  /// Fewest leading batches such that deleting more, up to what the rule says, matters to no mean.
  private static func deletion(of batches: [Double], atMost warmUp: WarmUp) -> Int {
    var tail = Tally(batches[warmUp.deleted...])
    var deleted = warmUp.deleted
    while deleted > 0 {
      tail.record(batches[deleted - 1])
      if (tail.mean - warmUp.mean).magnitude > tolerance * warmUp.mean.magnitude { break }
      deleted -= 1
    }
    return deleted
  }
}

/// What of a replication does not count.
struct MarketWarmUp: Equatable {
  /// From time zero; what happens at its end counts.
  var duration: SimDuration
  /// The run is too short for MSER-5 to say where its warm-up ends.
  var isUndetermined = false

  static let none = MarketWarmUp(duration: .zero)
}
