import Kernel
import Quantities
import Testing

/// A model's event that may be a mere observation.
private enum WatchedEvent: DigestibleEvent, Equatable {
  case arrival(UInt32)
  case departure(UInt32)
  case sample

  var digestKey: UInt64 {
    switch self {
    case .arrival(let customer): 1 << 32 | UInt64(customer)
    case .departure(let customer): 2 << 32 | UInt64(customer)
    case .sample: 3 << 32
    }
  }
  var isDigested: Bool { self != .sample }
}

/// A queue with one server; what it did is all that a model could put out.
private struct Queue {
  var log: [String] = []
  var digest: UInt64 = 0
  var executedCount = 0

  /// - Parameter samplesEvery: Observations to insert, by phase; none when nil.
  init(seed: UInt64, samplesEvery period: SimDuration?, in phase: Phase = .ordinary) {
    var kernel = EventKernel<WatchedEvent>(horizon: .zero + .seconds(500))
    let gaps = StreamSource(seed: seed, replication: 0, name: "gaps")
    let services = StreamSource(seed: seed, replication: 0, name: "services")
    var waiting: [UInt32] = []
    kernel.schedule(.arrival(0), after: .zero)
    if let period { kernel.schedule(.sample, after: period, in: phase) }
    while let (time, event) = kernel.next() {
      switch event {
      case .arrival(let customer):
        log.append("\(time.nanoseconds) arrival \(customer)")
        waiting.append(customer)
        var gap = gaps.stream(entity: Int(customer))
        // Whole seconds, so that many events fall on one instant, observations included.
        let seconds = Int64(gap.below(3))
        kernel.schedule(.arrival(customer + 1), after: .seconds(seconds))
        if waiting.count == 1 {
          kernel.schedule(.departure(customer), after: Self.service(of: customer, from: services))
        }
      case .departure(let customer):
        log.append("\(time.nanoseconds) departure \(customer)")
        waiting.removeFirst()
        if let next = waiting.first {
          kernel.schedule(.departure(next), after: Self.service(of: next, from: services))
        }
      case .sample:
        if let period { kernel.schedule(.sample, after: period, in: phase) }
      }
    }
    digest = kernel.digest
    executedCount = kernel.executedCount
  }

  private static func service(of customer: UInt32, from source: StreamSource) -> SimDuration {
    var stream = source.stream(entity: Int(customer))
    return .seconds(Int64(stream.below(2)))
  }
}

@Suite("The event digest") struct EventDigestTests {
  @Test("and every output stay when observations are inserted", arguments: [0, 4, 7] as [UInt8])
  func metamorphic(phase: UInt8) {
    for seed in [1, 2, 3] as [UInt64] {
      let plain = Queue(seed: seed, samplesEvery: nil)
      #expect(plain.log.count > 500)
      for period in [SimDuration.seconds(1), .milliseconds(333), .nanoseconds(10_000_019)] {
        let watched = Queue(seed: seed, samplesEvery: period, in: Phase(phase))
        #expect(watched.log == plain.log, "seed \(seed) period \(period)")
        #expect(watched.digest == plain.digest, "seed \(seed) period \(period)")
        #expect(watched.executedCount == plain.executedCount)
      }
    }
  }

  @Test("changes with a time, a phase, an event or their order") func sensitivity() {
    func digest(_ events: [(event: UInt64, time: Int64, phase: UInt8)]) -> UInt64 {
      var kernel = EventKernel<UInt64>()
      for (event, time, phase) in events {
        kernel.schedule(event, at: SimTime(nanoseconds: time), in: Phase(phase))
      }
      while kernel.next() != nil {}
      return kernel.digest
    }
    let digests = [
      digest([]), digest([(1, 10, 4)]), digest([(2, 10, 4)]), digest([(1, 11, 4)]),
      digest([(1, 10, 5)]), digest([(1, 10, 4), (2, 10, 4)]), digest([(2, 10, 4), (1, 10, 4)]),
      digest([(1, 10, 4), (1, 10, 4)]), digest([(0, 0, 0)]), digest([(0, 0, 0), (0, 0, 0)]),
    ]
    #expect(Set(digests).count == digests.count)
    #expect(digest([(1, 10, 4)]) == digests[1])
  }

  @Test("is the same for the same seed and another for another") func seeds() {
    #expect(
      Queue(seed: 1, samplesEvery: nil).digest == Queue(seed: 1, samplesEvery: nil).digest)
    #expect(
      Queue(seed: 1, samplesEvery: nil).digest != Queue(seed: 2, samplesEvery: nil).digest)
  }
}
