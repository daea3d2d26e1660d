import Kernel
import Quantities
import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// What asking two hosts buys: the supermarket model.
enum MatchingChecks {
  static let all = [
    ValidationCheck(
      "supermarket", "The shorter of two random queues at 0.9: Mitzenmacher's tail λ^(2^i − 1)."
    ) { effort in
      let pairs = (0..<Queues.replications).map {
        Queues(choices: 2, replication: $0, effort).run()
      }
      let random = (0..<Queues.replications).map {
        Queues(choices: 1, replication: $0, effort).run()
      }
      let sojourn = (1...12).reduce(0.0) { $0 + pow(0.9, pow(2.0, Double($1)) - 2) }
      return [
        ValidationRow(
          "two: mean sojourn / s", expected: sojourn, pairs.map(\.sojourn), effort),
        ValidationRow(
          "two: share of hosts with 3 jobs or more", expected: pow(0.9, 7),
          pairs.map(\.shareOfThree), effort),
        ValidationRow("one: mean sojourn / s", expected: 10, random.map(\.sojourn), effort),
        ValidationRow(
          "one: share of hosts with 3 jobs or more", expected: pow(0.9, 3),
          random.map(\.shareOfThree), effort),
      ]
    }
  ]

  /// A thousand queues at 0.9 that start in the law of infinitely many.
  private struct Queues {
    private let choices: Int
    private let effort: ValidationEffort
    private let replication: Int
    private static let count = 1000
    private static let load = 0.9
    static let replications = 30

    init(choices: Int, replication: Int, _ effort: ValidationEffort) {
      self.choices = choices
      self.replication = replication
      self.effort = effort
    }

    private enum Event: DigestibleEvent {
      case arrived
      case served(UInt32)

      var digestKey: UInt64 {
        switch self {
        case .arrived: 0
        case .served(let queue): 1 << 32 | UInt64(queue)
        }
      }
    }

    func run() -> (sojourn: Double, shareOfThree: Double) {
      func stream(_ purpose: String) -> RandomStream {
        StreamSource(
          seed: effort.seed &+ 1, replication: replication,
          name: "validate.supermarket\(choices).\(purpose)"
        ).stream()
      }
      var (starts, gaps, picks, services) = (
        stream("starts"), stream("gaps"), stream("picks"), stream("services")
      )
      var kernel = EventKernel<Event>()
      var lengths = [Int](repeating: 0, count: Self.count)
      var jobs = 0
      var long = 0
      func serve(_ queue: Int) {
        kernel.schedule(
          .served(UInt32(queue)), after: SimDuration(rounding: services.standardExponential()))
      }
      for queue in lengths.indices {
        let u = starts.uniform()
        func tail(_ i: Int) -> Double {
          pow(Self.load, choices == 1 ? Double(i) : pow(2.0, Double(i)) - 1)
        }
        while tail(lengths[queue] + 1) > u { lengths[queue] += 1 }
        jobs += lengths[queue]
        if lengths[queue] >= 3 { long += 1 }
        if lengths[queue] > 0 { serve(queue) }
      }
      let rate = Self.load * Double(Self.count)
      kernel.schedule(.arrived, after: SimDuration(rounding: gaps.exponential(mean: 1 / rate)))
      // Random queues relax slowly, and so need a longer run for the same width.
      let arrivals = Double(effort.count(choices == 1 ? 100_000_000 : 24_000_000))
      let horizon = arrivals / rate / Double(Self.replications)
      kernel.horizon = SimTime.zero + SimDuration(rounding: horizon)
      var (jobLevel, longLevel) = (
        TimeWeightedLevel(level: Int64(jobs)), TimeWeightedLevel(level: Int64(long))
      )
      while let (time, event) = kernel.next() {
        switch event {
        case .arrived:
          kernel.schedule(
            .arrived, after: SimDuration(rounding: gaps.exponential(mean: 1 / rate)))
          var queue = picks.below(Self.count)
          for _ in 1..<choices {
            let other = picks.below(Self.count)
            if lengths[other] < lengths[queue] { queue = other }
          }
          lengths[queue] += 1
          jobLevel.add(1, at: time)
          if lengths[queue] == 3 { longLevel.add(1, at: time) }
          if lengths[queue] == 1 { serve(queue) }
        case .served(let number):
          let queue = Int(number)
          lengths[queue] -= 1
          jobLevel.add(-1, at: time)
          if lengths[queue] == 2 { longLevel.add(-1, at: time) }
          if lengths[queue] > 0 { serve(queue) }
        }
      }
      let end = kernel.now
      return (
        jobLevel.mean(until: end) / rate, longLevel.mean(until: end) / Double(Self.count)
      )
    }
  }
}
