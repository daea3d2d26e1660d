import Kernel
import Quantities

extension Benchmark {
  /// The hold model: with a constant number pending, take the next event and schedule it again
  /// after an exponential delay.
  ///
  /// - Source: Jones, "An empirical comparison of priority-queue and event-set implementations",
  ///   CACM 29(4), 1986.
  static let hold = Benchmark(
    name: "hold",
    abstract: "events through the kernel with SIZE pending, exponential delays included",
    sizes: [100, 1_000, 10_000, 100_000, 1_000_000], tinySize: 100,
    measure: { size, effort in
      let events = effort == .tiny ? 1_000 : max(4_000_000, 3 * size)
      var digest: UInt64 = 0
      var growth = 0
      let time = Stopwatch.medianNanoseconds(runs: effort.runs) {
        var model = HoldModel(pending: size)
        model.run(events: effort == .tiny ? 1_000 : max(1_000_000, 2 * size))
        let before = Stopwatch.allocatedBytes
        let taken = Stopwatch.nanoseconds { model.run(events: events) }
        if let before, let after = Stopwatch.allocatedBytes { growth = after - before }
        digest = model.kernel.digest
        return taken
      }
      return BenchmarkOutcome(
        figures: [
          BenchmarkFigure(
            name: "hold", size: size, value: Double(events) / time * 1e9, unit: "events/s"),
          BenchmarkFigure(
            name: "hold_time", size: size, value: time / Double(events), unit: "ns/event"),
          BenchmarkFigure(
            name: "hold_allocated", size: size, value: Double(growth) / Double(events),
            unit: "B/event"),
        ],
        digest: digest)
    })
}

/// An event as large as a marketplace's: 16 bytes.
private struct HoldEvent: DigestibleEvent {
  var kind: UInt32
  var entity: UInt32
  var argument: UInt64

  var digestKey: UInt64 { UInt64(kind) << 32 | UInt64(entity) ^ argument }
}

private struct HoldModel: ~Copyable {
  var kernel = EventKernel<HoldEvent>()
  var delays = StreamSource(seed: 1, replication: 0, name: "bench.hold").stream()

  init(pending: Int) {
    for entity in 0..<pending {
      kernel.schedule(
        HoldEvent(kind: 1, entity: UInt32(entity), argument: 0),
        after: delays.exponential(mean: .seconds(1)))
    }
  }

  mutating func run(events: Int) {
    for _ in 0..<events {
      guard let (_, event) = kernel.next() else { return }
      kernel.schedule(event, after: delays.exponential(mean: .seconds(1)))
    }
  }
}
