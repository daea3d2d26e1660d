import CGSL
import Kernel
import Quantities
import Testing

/// A thousand entities, each with a timeout that is mostly cancelled, a substream per event and a
/// GSL sampler: all that a market does per event with the kernel.
private struct BusyModel: ~Copyable {
  var kernel = EventKernel<UInt64>()
  let delays = StreamSource(seed: 1, replication: 0, name: "allocation")
  var timeouts = [Ticket](repeating: .none, count: 1_000)

  init() {
    for entity in 0..<1_000 { kernel.schedule(UInt64(entity), after: .zero) }
  }

  mutating func run(events: Int) {
    for step in 0..<events {
      guard let (_, entity) = kernel.next() else { return }
      if entity >= 1_000 { continue }
      var stream = delays.stream(entity: Int(entity), event: step)
      kernel.cancel(timeouts[Int(entity)])
      let extra = SimDuration.nanoseconds(Int64(stream.poisson(mean: 3)))
      timeouts[Int(entity)] = kernel.schedule(1_000 + entity, after: .seconds(20) + extra)
      kernel.schedule(entity, after: stream.exponential(mean: .seconds(1)))
    }
  }
}

@Suite("A warm kernel") struct AllocationTests {
  @Test("reserves nothing more for further events") func reserve() {
    var model = BusyModel()
    model.run(events: 50_000)
    let before = model.kernel.reservedBytes
    model.run(events: 100_000)
    #expect(model.kernel.reservedBytes == before)
  }

  @Test("takes no byte from the allocator for further events") func allocator() async {
    // In a process of its own, since other tests allocate meanwhile.
    await #expect(processExitsWith: .success) {
      var model = BusyModel()
      model.run(events: 50_000)
      let before = cgsl_allocated_bytes()
      model.run(events: 100_000)
      let after = cgsl_allocated_bytes()
      precondition(after == before, "100,000 events took \(after - before) bytes")
    }
  }
}
