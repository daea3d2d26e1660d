internal import CGSL
public import Statistics

/// Looks for the best place of several parameters by Nelder and Mead's simplex.
///
/// Every place is judged by the same replications, so the mean is a function and not a rumour; the
/// answer is the best of what was looked at, with the paired gain over the middle of the range.
public struct SimplexSearch: Sendable {
  public struct Answer: Sendable {
    /// 0 … 1 for each parameter.
    public let place: [Double]
    /// Of the metric there.
    public let interval: ConfidenceInterval
    /// Metric there less metric in the middle, replication by replication.
    public let gain: PairedDifference?
    public let evaluations: Int
  }

  public let isMaximised: Bool
  public let replications: Int
  public let evaluationLimit: Int
  public let confidence: Double

  public init(
    isMaximised: Bool, replications: Int = 10, evaluationLimit: Int = 100, confidence: Double = 0.95
  ) {
    precondition(replications >= 2 && evaluationLimit >= 5)
    self.isMaximised = isMaximised
    self.replications = replications
    self.evaluationLimit = evaluationLimit
    self.confidence = confidence
  }

  /// - Parameter evaluate: The metric of some replications at a place.
  /// - Returns: nil when no replication has the metric.
  public func run(
    dimensions: Int, _ evaluate: @escaping ([Double], Range<Int>) throws -> [Double]
  ) throws -> Answer? {
    precondition(dimensions > 0)
    var known: [(place: [Double], values: [Double])] = []
    func cost(_ place: [Double]) throws -> Double {
      let inside = place.map { Swift.min(Swift.max($0, 0), 1) }
      let values: [Double]
      if let match = known.first(where: { $0.place == inside }) {
        values = match.values
      } else {
        values = try evaluate(inside, 0..<replications)
        known.append((inside, values))
      }
      let mean = Tally(values.filter { !$0.isNaN }).mean
      // Places outside cost the more the further out they lie.
      let outside = zip(place, inside).reduce(0) { $0 + abs($1.0 - $1.1) }
      let signed = isMaximised ? -mean : mean
      return signed.isNaN ? .infinity : signed + outside * (1 + signed.magnitude)
    }
    let middle = [Double](repeating: 0.5, count: dimensions)
    var failure: (any Error)?
    Self.minimise(
      from: middle,
      cost: { place in
        guard failure == nil else { return .infinity }
        do { return try cost(place) } catch {
          failure = error
          return .infinity
        }
      }, isEnough: { known.count >= evaluationLimit || failure != nil })
    if let failure { throw failure }
    let means = known.map { Tally($0.values.filter { !$0.isNaN }).mean }
    let better: (Int, Int) -> Bool = { isMaximised ? means[$0] > means[$1] : means[$0] < means[$1] }
    guard let best = known.indices.filter({ !means[$0].isNaN }).min(by: better) else { return nil }
    let tally = Tally(known[best].values.filter { !$0.isNaN })
    return Answer(
      place: known[best].place, interval: tally.interval(confidence: confidence),
      gain: PairedDifference(
        first: known[0].values, second: known[best].values, confidence: confidence),
      evaluations: known.count)
  }

  /// GSL's simplex of 1 + n points, first a quarter of the range apart.
  private static func minimise(
    from start: [Double], cost: @escaping ([Double]) -> Double, isEnough: () -> Bool
  ) {
    let objective = Objective(cost)
    withExtendedLifetime(objective) {
      unsafe minimise(from: start, objective, isEnough)
    }
  }

  /// What GSL calls back, which takes no Swift closure.
  private final class Objective {
    let cost: ([Double]) -> Double
    init(_ cost: @escaping ([Double]) -> Double) { self.cost = cost }
  }

  @unsafe private static func minimise(
    from start: [Double], _ objective: Objective, _ isEnough: () -> Bool
  ) {
    let count = start.count
    guard let place = unsafe gsl_vector_alloc(count), let step = unsafe gsl_vector_alloc(count),
      let simplex = unsafe gsl_multimin_fminimizer_alloc(cgsl_multimin_nmsimplex2(), count)
    else { preconditionFailure("no memory for a simplex") }
    defer {
      unsafe gsl_multimin_fminimizer_free(simplex)
      unsafe gsl_vector_free(place)
      unsafe gsl_vector_free(step)
    }
    for index in 0..<count {
      unsafe gsl_vector_set(place, index, start[index])
      unsafe gsl_vector_set(step, index, 0.25)
    }
    var function = unsafe gsl_multimin_function(
      f: { x, objective in
        guard let x = unsafe x, let objective = unsafe objective else { return .infinity }
        let count = unsafe x.pointee.size
        let place = (0..<count).map { unsafe gsl_vector_get(x, $0) }
        return unsafe Unmanaged<Objective>.fromOpaque(objective).takeUnretainedValue().cost(place)
      }, n: count, params: Unmanaged.passUnretained(objective).toOpaque())
    // The minimiser keeps a pointer to the function while it runs.
    unsafe withUnsafeMutablePointer(to: &function) { function in
      guard unsafe gsl_multimin_fminimizer_set(simplex, function, place, step) == 0
      else { return }
      while !isEnough() {
        guard unsafe gsl_multimin_fminimizer_iterate(simplex) == 0 else { return }
        if unsafe gsl_multimin_fminimizer_size(simplex) < 1e-3 { return }
      }
    }
  }
}
