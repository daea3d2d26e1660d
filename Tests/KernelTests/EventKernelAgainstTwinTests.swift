import Kernel
import Quantities
import Testing

/// A tiny generator for the tests only: what drives them must not be what they test.
struct TestGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ bound: UInt64) -> UInt64 { next() % bound }
}

/// How far ahead events are scheduled; each one hurts another kind of future event list.
enum Spread: CaseIterable {
  case uniform, now, sameInstants, bimodal, powersOfTwo, nextTick, blocks, shrinking, farThenNear

  func delay(step: Int, drawing draw: inout TestGenerator) -> Int64 {
    switch self {
    case .uniform: return Int64(draw.below(2_000_000_000))
    case .now: return draw.below(3) == 0 ? Int64(draw.below(1_000)) : 0
    case .sameInstants: return Int64(draw.below(4)) * 1_000_000
    case .bimodal:
      let isFar = draw.below(10) == 0
      return Int64(draw.below(isFar ? 30 * 86_400_000_000_000 : 9_000_000))
    case .powersOfTwo: return Int64(1) << Int64(draw.below(58))
    case .nextTick: return Int64(draw.below(3))
    case .blocks: return 2_000_000_000 - Int64(step % 7) / 6
    case .shrinking: return Int64(4_000_000_000_000) / Int64(step + 1)
    case .farThenNear: return Int64(step % 1_000 < 500 ? draw.below(1 << 50) : draw.below(64))
    }
  }
}

@Suite("The event kernel and its slow twin") struct EventKernelAgainstTwinTests {
  @Test("agree on every event, time and cancellation", arguments: Spread.allCases, [1, 2, 3])
  func randomOperations(spread: Spread, seed: UInt64) {
    var draw = TestGenerator(state: seed &* 1_000_003 &+ 17)
    var kernel = EventKernel<UInt64>()
    var twin = SortedEventList<UInt64>()
    var tickets: [(ticket: Ticket, order: Int)] = []
    var horizon = SimTime.distantFuture
    for step in 0..<20_000 {
      // Phases of growth, balance and decline, up to some thousand pending events.
      let growth: UInt64 = [60, 45, 50, 20][step / 1_250 % 4]
      let choice = draw.below(100)
      if choice < growth {
        let delay = SimDuration(nanoseconds: spread.delay(step: step, drawing: &draw))
        let phase = Phase(UInt8(draw.below(8)))
        guard (kernel.now + delay).nanoseconds < 1 << 60 else { continue }
        let event = UInt64(step)
        let ticket = kernel.schedule(event, after: delay, in: phase)
        tickets.append((ticket, twin.schedule(event, at: twin.now + delay, in: phase)))
      } else if choice < growth + 12, !tickets.isEmpty {
        // Of all tickets ever issued, so that many have happened or been cancelled already.
        let pick = tickets[Int(draw.below(UInt64(tickets.count)))]
        #expect(kernel.cancel(pick.ticket) == twin.cancel(pick.order), "seed \(seed) step \(step)")
      } else if choice == 99 {
        horizon =
          draw.below(3) == 0
          ? .distantFuture
          : kernel.now + SimDuration(nanoseconds: spread.delay(step: step, drawing: &draw))
        kernel.horizon = horizon
      } else {
        let got = kernel.next()
        let expected = twin.next(upTo: horizon)
        if got?.time != expected?.time || got?.event != expected?.event {
          Issue.record("seed \(seed) step \(step): got \(got as Any), not \(expected as Any)")
          return
        }
      }
      if kernel.now != twin.now || kernel.pendingCount != twin.pendingCount {
        Issue.record("seed \(seed) step \(step): clock or count differ")
        return
      }
    }
    kernel.horizon = .distantFuture
    while let expected = twin.next(upTo: .distantFuture) {
      let got = kernel.next()
      if got?.time != expected.time || got?.event != expected.event {
        Issue.record("seed \(seed) draining: got \(got as Any), not \(expected)")
        return
      }
    }
    #expect(kernel.next() == nil)
    #expect(kernel.pendingCount == 0)
    #expect(tickets.count > 5_000)
  }
}
