import Kernel
import Quantities
import Testing

private func expectNext(
  _ event: UInt64?, of kernel: inout EventKernel<UInt64>,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let got = kernel.next()?.event
  #expect(got == event, sourceLocation: sourceLocation)
}

@Suite("The event kernel") struct EventKernelTests {
  @Test("takes events by time, then phase, then order of scheduling") func totalOrder() {
    var kernel = EventKernel<UInt64>()
    kernel.schedule(5, at: SimTime(nanoseconds: 20))
    kernel.schedule(3, at: SimTime(nanoseconds: 10), in: Phase(6))
    kernel.schedule(1, at: SimTime(nanoseconds: 10), in: Phase(2))
    kernel.schedule(4, at: SimTime(nanoseconds: 10), in: Phase(6))
    kernel.schedule(2, at: SimTime(nanoseconds: 10), in: Phase(3))
    var order: [UInt64] = []
    while let (_, event) = kernel.next() { order.append(event) }
    #expect(order == [1, 2, 3, 4, 5])
    #expect(kernel.now == SimTime(nanoseconds: 20))
  }

  @Test("takes an earlier phase of the current instant next") func earlierPhaseOfNow() {
    var kernel = EventKernel<UInt64>()
    for event in 0..<5_000 { kernel.schedule(UInt64(event), after: .seconds(2), in: Phase(6)) }
    for expected in 0..<5_000 {
      expectNext(UInt64(expected), of: &kernel)
      kernel.schedule(1_000_000 + UInt64(expected), after: .zero, in: Phase(1))
      expectNext(1_000_000 + UInt64(expected), of: &kernel)
    }
    expectNext(nil, of: &kernel)
    #expect(kernel.now == .zero + .seconds(2))
  }

  @Test("stops at the horizon, which is inclusive, and goes on when it moves") func horizon() {
    var kernel = EventKernel<UInt64>(horizon: SimTime(nanoseconds: 100))
    kernel.schedule(1, at: SimTime(nanoseconds: 100), in: Phase(7))
    kernel.schedule(2, at: SimTime(nanoseconds: 101), in: Phase(0))
    expectNext(1, of: &kernel)
    expectNext(nil, of: &kernel)
    #expect(kernel.now == SimTime(nanoseconds: 100))
    #expect(kernel.pendingCount == 1)
    kernel.schedule(3, after: .zero)
    expectNext(3, of: &kernel)
    kernel.horizon = .distantFuture
    expectNext(2, of: &kernel)
    expectNext(nil, of: &kernel)
    #expect(kernel.now == SimTime(nanoseconds: 101))
  }

  @Test("cancels a pending event once, and no other") func cancellation() {
    var kernel = EventKernel<UInt64>()
    let first = kernel.schedule(1, after: .seconds(1))
    let second = kernel.schedule(2, after: .seconds(2))
    let cancelled = (kernel.cancel(first), kernel.cancel(first))
    #expect(cancelled == (true, false))
    // The freed slot is used again; the old ticket must not reach the new event.
    let third = kernel.schedule(3, after: .seconds(3))
    let stale = kernel.cancel(first)
    #expect(!stale)
    #expect(first != third)
    expectNext(2, of: &kernel)
    let late = kernel.cancel(second)
    #expect(!late)
    #expect(kernel.pendingCount == 1)
    expectNext(3, of: &kernel)
    let never = kernel.cancel(.none)
    #expect(!never)
    #expect(kernel.scheduledCount == 3)
    #expect(kernel.cancelledCount == 1)
    #expect(kernel.executedCount == 2)
  }

  @Test("does not keep what cancelled events took up") func cancelledMemory() {
    // A year's timeouts, each cancelled at once: what remains must not grow with their number.
    var kernel = EventKernel<UInt64>()
    kernel.schedule(0, after: .days(365))
    func churn(_ count: Int) {
      for step in 0..<count {
        let delay = SimDuration.days(300) + .nanoseconds(Int64(step) * 7_919)
        kernel.cancel(kernel.schedule(1, after: delay))
      }
    }
    churn(10_000)
    let before = kernel.reservedBytes
    churn(200_000)
    #expect(kernel.reservedBytes == before)
    #expect(before < 1 << 18)
    #expect(kernel.pendingCount == 1)
    expectNext(0, of: &kernel)
  }

  @Test("traps with event and time when asked to change the past") func past() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var kernel = EventKernel<UInt64>()
      kernel.schedule(11, at: SimTime(nanoseconds: 500))
      _ = kernel.next()
      kernel.schedule(12, at: SimTime(nanoseconds: 499))
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("cannot schedule 12"))
    #expect(message.contains("499 ns"))
  }

  @Test("takes the last time of its range and traps at the next") func range() async {
    var kernel = EventKernel<UInt64>()
    kernel.schedule(1, at: SimTime(nanoseconds: 1 << 60 - 1), in: Phase(7))
    expectNext(1, of: &kernel)
    await #expect(processExitsWith: .failure) {
      var kernel = EventKernel<UInt64>()
      kernel.schedule(1, at: SimTime(nanoseconds: 1 << 60))
    }
  }

  @Test("keeps ten million pending events in order") func tenMillion() {
    #if DEBUG
      let count = 200_000
    #else
      let count = 10_000_000
    #endif
    var kernel = EventKernel<UInt64>()
    var draw = TestGenerator(state: 3)
    for event in 0..<count {
      kernel.schedule(
        UInt64(event), at: SimTime(nanoseconds: Int64(draw.below(86_400_000_000_000))))
    }
    // 16 bytes in the list, 16 in the slot, 0.25 of links; room doubles, so at most twice that.
    #expect(kernel.reservedBytes < 65 * count + 1 << 18)
    var last = SimTime.zero
    var taken = 0
    while let (time, _) = kernel.next() {
      guard time >= last else {
        Issue.record("event \(taken) at \(time) after \(last)")
        return
      }
      last = time
      taken += 1
    }
    #expect(taken == count)
  }
}
