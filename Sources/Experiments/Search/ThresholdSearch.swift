internal import Foundation
public import Statistics

/// Finds where a metric crosses a limit as a parameter grows, by bisection with as many replications
/// at each probe as it takes to tell the side.
///
/// The metric's mean must be monotone in the parameter. Every decision errs with so small a
/// probability that all are right with the stated confidence: then the crossing lies between the last
/// probe on each side.
public struct ThresholdSearch: Sendable {
  public enum Goal: Sendable, Equatable {
    case below(Double)
    case above(Double)
  }

  /// What a probe showed.
  public enum Side: String, Sendable {
    case holds
    case fails
    /// Not told within the limit of replications: the crossing is near.
    case undecided
  }

  public struct Probe: Sendable {
    public let parameter: Double
    public let interval: ConfidenceInterval
    public let replications: Int
    public let side: Side
  }

  public struct Answer: Sendable {
    public enum Kind: Sendable, Equatable {
      /// The crossing lies in the interval.
      case crossing
      /// The condition holds, or fails, at both ends of the range.
      case holdsEverywhere
      case failsEverywhere
      /// Not even the ends of the range can be told apart from the limit.
      case undecided
    }

    public let kind: Kind
    public let estimate: Estimate
    /// Where the condition was last found to hold, next to the crossing; nil without a crossing.
    public let lastHolding: Double?
    /// In the order in which they were made.
    public let probes: [Probe]
  }

  public let goal: Goal
  public let confidence: Double
  /// Width of the bracket, as a share of the range, at which the search ends.
  public let tolerance: Double
  /// Replications of the first look at a probe; each further look doubles them.
  public let replications: Int
  public let limit: Int

  /// - Precondition: 0 < `confidence` < 1, 0 < `tolerance` < 1, 2 ≤ `replications` ≤ `limit`.
  public init(
    _ goal: Goal, confidence: Double = 0.95, tolerance: Double = 0.01, replications: Int = 5,
    limit: Int = 320
  ) {
    precondition(confidence > 0 && confidence < 1 && tolerance > 0 && tolerance < 1)
    precondition(replications >= 2 && limit >= replications)
    self.goal = goal
    self.confidence = confidence
    self.tolerance = tolerance
    self.replications = replications
    self.limit = limit
  }

  /// - Parameter evaluate: The metric of some replications at a place 0 … 1 of the range; NaN where a
  ///   replication has none.
  public func run(_ evaluate: (Double, Range<Int>) throws -> [Double]) rethrows -> Answer {
    var probes: [Probe] = []
    func probe(_ place: Double) throws -> Side {
      let made = try look(at: place, evaluate)
      probes.append(made)
      return made.side
    }
    let start = try probe(0)
    let end = try probe(1)
    guard start != .undecided, end != .undecided, start != end else {
      let kind: Answer.Kind =
        start == end && start == .holds
        ? .holdsEverywhere : start == end && start == .fails ? .failsEverywhere : .undecided
      return Answer(
        kind: kind, estimate: Estimate(value: .nan, lower: 0, upper: 1, confidence: confidence),
        lastHolding: nil, probes: probes)
    }
    var (low, high) = (0.0, 1.0)
    // Places that could not be told; the crossing may lie on either side of them.
    var undecided: (low: Double, high: Double)?
    while high - low > tolerance, probes.count < maximumProbes {
      let places: [Double]
      if let undecided {
        places = [(low + undecided.low) / 2, (undecided.high + high) / 2]
      } else {
        places = [(low + high) / 2]
      }
      var isMoved = false
      for place in places {
        // Where a side is told to within the tolerance of what cannot be, nothing is gained.
        let gap = undecided.map { Swift.min(abs(place - $0.low), abs(place - $0.high)) } ?? 1
        guard gap > tolerance / 4, probes.count < maximumProbes else { continue }
        isMoved = true
        switch try probe(place) {
        case let side where side == start: low = Swift.max(low, place)
        case .undecided:
          undecided = (
            Swift.min(undecided?.low ?? place, place), Swift.max(undecided?.high ?? place, place)
          )
        default: high = Swift.min(high, place)
        }
      }
      if !isMoved { break }
    }
    let middle = undecided.map { ($0.low + $0.high) / 2 } ?? (low + high) / 2
    return Answer(
      kind: .crossing,
      estimate: Estimate(value: middle, lower: low, upper: high, confidence: confidence),
      lastHolding: start == .holds ? low : high, probes: probes)
  }

  private var maximumProbes: Int { 40 }
  private var looks: Int {
    var (count, size) = (1, replications)
    while size < limit {
      size *= 2
      count += 1
    }
    return count
  }

  private func look(
    at place: Double, _ evaluate: (Double, Range<Int>) throws -> [Double]
  ) rethrows -> Probe {
    // Bonferroni over every look that may be taken.
    let level = 1 - (1 - confidence) / Double(maximumProbes * looks)
    var values: [Double] = []
    var size = replications
    while true {
      values += try evaluate(place, values.count..<size)
      let tally = Tally(values.filter { !$0.isNaN })
      if tally.count > 1 {
        let interval = tally.interval(confidence: level)
        if isTelling(tally, size, level: level), let side = side(of: interval) {
          return Probe(
            parameter: place, interval: interval, replications: size, side: side)
        }
        if size >= limit {
          return Probe(
            parameter: place, interval: interval, replications: size, side: .undecided)
        }
      } else if size >= limit {
        let nothing = ConfidenceInterval(mean: .nan, halfWidth: .infinity, confidence: level)
        return Probe(parameter: place, interval: nothing, replications: size, side: .undecided)
      }
      size = Swift.min(2 * size, limit)
    }
  }

  /// Replications that all agree have an interval of no width, which says nothing of those that have not
  /// been made: they tell a side once they exclude, at `level`, that one in twenty differs.
  private func isTelling(_ tally: Tally, _ size: Int, level: Double) -> Bool {
    tally.variance > 0 || size >= limit
      || Double(tally.count) * -log1p(-0.05) >= -log(1 - level)
  }

  /// nil while the interval contains the limit.
  private func side(of interval: ConfidenceInterval) -> Side? {
    switch goal {
    case .below(let limit):
      interval.upper < limit ? .holds : interval.lower >= limit ? .fails : nil
    case .above(let limit):
      interval.lower > limit ? .holds : interval.upper <= limit ? .fails : nil
    }
  }
}
