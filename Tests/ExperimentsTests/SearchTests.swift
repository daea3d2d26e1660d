import Foundation
import Kernel
import Statistics
import Testing

@testable import Experiments

@Suite("A search") struct SearchTests {
  private static func stream(_ replication: Int, _ name: String) -> RandomStream {
    StreamSource(seed: 3, replication: replication, name: name).stream()
  }

  /// Profit of cheating at 1,000 jobs with gain 1 a job and a loss at each detection: the smallest
  /// loss at which cheats lose is (1 − q)/q.
  private static func profit(loss: Double, q: Double, _ replication: Int) -> Double {
    var stream = stream(replication, "cheats")
    let caught = Double(stream.binomial(trials: 1000, probability: q))
    return 1000 - caught - caught * loss
  }

  @Test(
    "finds the deterring loss in an interval that contains theory's", arguments: [0.05, 0.1, 0.25])
  func deterrence(q: Double) {
    let search = ThresholdSearch(.below(0), tolerance: 0.005, replications: 10, limit: 5120)
    let answer = search.run { place, replications in
      replications.map { Self.profit(loss: 40 * place, q: q, $0) }
    }
    #expect(answer.kind == .crossing)
    let truth = (1 - q) / q / 40
    #expect(answer.estimate.contains(truth), "\(answer.estimate), \(truth)")
    #expect(answer.estimate.upper - answer.estimate.lower < 0.06)
    #expect(abs(answer.estimate.value - truth) < 0.03)
  }

  @Test("covers the crossing as often as it says") func coverage() {
    let covered = (0..<200).count { experiment in
      let search = ThresholdSearch(.above(0.4), tolerance: 0.02, replications: 5, limit: 160)
      let answer = search.run { place, replications in
        replications.map { replication in
          var stream = StreamSource(
            seed: UInt64(experiment), replication: replication, name: "noise"
          ).stream(entity: Int(place * 1e9))
          return place + 0.3 * stream.standardNormal()
        }
      }
      return answer.kind == .crossing && answer.estimate.contains(0.4)
    }
    #expect(covered >= 190, "\(covered)")
  }

  @Test("does not take a few replications that agree for certainty") func agreement() {
    // One in ten is 1, the others 0: five of them agree six times in ten, at a mean above the limit.
    var most = 0
    for experiment in 0..<20 {
      let search = ThresholdSearch(.below(0.05), tolerance: 0.02, replications: 5, limit: 320)
      let answer = search.run { place, replications in
        replications.map { replication in
          var stream = StreamSource(
            seed: UInt64(experiment), replication: replication, name: "rare"
          ).stream(entity: Int(place * 1e9))
          return stream.bernoulli(0.1 + 0.4 * place) ? 1 : 0
        }
      }
      #expect(answer.kind != .holdsEverywhere && answer.kind != .crossing)
      most = max(most, answer.probes[0].replications)
    }
    #expect(most >= 40)
    // Where nothing ever varies, ln(0.05/40/8)/ln(0.95) = 171 are enough.
    let flat = ThresholdSearch(.below(0.5), replications: 5, limit: 320).run {
      place, replications in
      replications.map { _ in place }
    }
    #expect(flat.kind == .crossing && flat.estimate.contains(0.5))
    #expect(flat.probes.allSatisfy { (171...320).contains($0.replications) })
    #expect(flat.lastHolding.map { $0 < 0.5 } == true)
  }

  @Test("says so where there is no crossing to find") func noCrossing() {
    func kind(_ goal: ThresholdSearch.Goal, _ value: Double) -> ThresholdSearch.Answer.Kind {
      ThresholdSearch(goal, replications: 2, limit: 8).run { _, replications in
        replications.map { value + Double($0) * 1e-6 }
      }.kind
    }
    #expect(kind(.below(1), 0) == .holdsEverywhere && kind(.below(1), 2) == .failsEverywhere)
    #expect(kind(.above(1), .nan) == .undecided)
  }

  @Test("takes more replications where the side is hard to tell") func sequential() {
    let search = ThresholdSearch(.below(0.5), tolerance: 0.01, replications: 4, limit: 256)
    let answer = search.run { place, replications in
      replications.map { replication in
        var stream = Self.stream(replication, "noise")
        return place + 0.1 * stream.standardNormal()
      }
    }
    #expect(answer.probes[0].replications < 16)
    #expect(answer.probes.map(\.replications).max() == 256)
    #expect(answer.estimate.contains(0.5))
  }

  @Test("finds the best of two parameters within the range", arguments: [true, false])
  func simplex(isMaximised: Bool) throws {
    let sign = isMaximised ? -1.0 : 1.0
    let answer = try #require(
      SimplexSearch(isMaximised: isMaximised, replications: 5, evaluationLimit: 80)
        .run(dimensions: 2) { place, replications in
          replications.map { replication in
            var stream = Self.stream(replication, "noise")
            let distance = pow(place[0] - 0.3, 2) + pow(place[1] - 0.9, 2)
            return sign * distance + 0.01 * stream.standardNormal()
          }
        })
    #expect(abs(answer.place[0] - 0.3) < 0.02 && abs(answer.place[1] - 0.9) < 0.02)
    let gain = try #require(answer.gain?.interval)
    // Common random numbers: the noise cancels.
    #expect(gain.contains(-sign * 0.2) || abs(gain.mean + sign * 0.2) < 1e-3)
    #expect(gain.halfWidth < 1e-6 && answer.evaluations <= 80)
  }

  @Test("stays within the range") func boundary() throws {
    let answer = try #require(
      SimplexSearch(isMaximised: true, replications: 2, evaluationLimit: 60)
        .run(dimensions: 2) { place, replications in replications.map { _ in place[0] - place[1] } }
    )
    #expect(answer.place[0] > 0.97 && answer.place[1] < 0.03)
    #expect(answer.place.allSatisfy { (0...1).contains($0) })
  }

  @Test("samples replications in order on any number of workers, and stops when asked")
  func sampler() throws {
    func sample(workers: Int) throws -> [Double] {
      try ReplicationSampler<ToyQueue>(workers: workers, metric: 0).sample(
        3..<9, isInterrupted: { false }, of: { ToyQueue(customers: 50, failing: [4]) })
    }
    let one = try sample(workers: 1)
    #expect(one.count == 6 && one[1].isNaN)
    #expect(try sample(workers: 4).map(\.bitPattern) == one.map(\.bitPattern))
    #expect(throws: ReplicationStopped.self) {
      try ReplicationSampler<ToyQueue>(workers: 1, metric: 0).sample(
        0..<3, isInterrupted: { true }, of: { ToyQueue(onCustomer: { _, _ in usleep(100) }) })
    }
  }
}
