import Quantities
import Testing

@testable import Inference

@Suite("A first-in-first-out server") struct FIFOTests {
  @Test("serves one request in the closed form's time") func closedForm() throws {
    let kind = try ServerKind(
      Fixture.deployment("rtx4090", "llama3-8b@q4_k_m", engine: "llama.cpp"),
      settings: ServerSettings(discipline: .fifo))
    let server = OneServer(kind)
    let start = SimTime(nanoseconds: 5_000_000_000)
    server.submit(7, prompt: 1_000, output: 200, at: start)
    let prefill = kind.law.prefillTime(tokens: 1_000, chunk: 512)
    let step = kind.law.timePerOutputToken(concurrency: 1, context: 1_100)
    let end = start + SimDuration(rounding: prefill + 200 * step)
    #expect(server.nextBoundary == end)
    server.advance(to: end - .nanoseconds(1))
    #expect(server.pop(by: end - .nanoseconds(1)) == nil)
    server.advance(to: end)
    #expect(
      server.pop(by: end)
        == ServerFleet.Completion(
          job: 7, isServed: true, firstTokenAt: start + SimDuration(rounding: prefill + step),
          endedAt: end))
    #expect(server.nextBoundary == nil)
    #expect(server.busyTime == end - start)
  }

  @Test("waits as M/D/1 predicts") func waitsAsPollaczekKhinchine() throws {
    // Ten steps of 10 ms for the output and one for the prompt: service 0.11 s.
    let server = try OneServer(fifo: Fixture.constantLaw(seconds: 0.01))
    let service = 0.11
    let load = 0.6
    var random = SplitMix(seed: 20_251)
    var now = 0.0
    var waits = 0.0
    let count = 40_000
    var arrivals: [SimTime] = []
    for job in 0..<count {
      now -= logarithm(1 - random.uniform()) * service / load
      let at = SimTime.zero + SimDuration(rounding: now)
      arrivals.append(at)
      server.submit(UInt32(job), prompt: 1, output: 10, at: at)
    }
    server.advance(to: .distantFuture)
    while let done = server.pop(by: .distantFuture) {
      waits += (done.endedAt - arrivals[Int(done.job)]).seconds - service
    }
    let expected = load * service / (2 * (1 - load))
    #expect(abs(waits / Double(count) / expected - 1) < 0.05)
  }

  @Test("lets the next begin when a request is withdrawn") func cancellation() throws {
    let server = try OneServer(fifo: Fixture.constantLaw(seconds: 1))
    let first = server.submit(0, prompt: 1, output: 9, at: .zero)
    let second = server.submit(1, prompt: 1, output: 9, at: .zero)
    server.submit(2, prompt: 1, output: 9, at: .zero)
    let now = SimTime.zero + .seconds(4)
    #expect(server.cancel(second, job: 1, at: now))
    #expect(server.cancel(first, job: 0, at: now))
    #expect(server.nextBoundary == now + .seconds(10))
    server.advance(to: now + .seconds(10))
    #expect(server.pop(by: now + .seconds(10))?.job == 2)
    #expect(server.requestsInFlight == 0)
    #expect(server.busyTime == .seconds(14))
  }

  @Test("does other work at once, after what else it was given, and nothing beside it")
  func occupation() throws {
    let server = try OneServer(fifo: Fixture.constantLaw(seconds: 1))
    func at(_ seconds: Int64) -> SimTime { .zero + .seconds(seconds) }
    server.submit(0, prompt: 1, output: 4, at: .zero)
    let second = server.submit(1, prompt: 1, output: 4, at: .zero)
    server.submit(2, prompt: 1, output: 4, at: .zero)
    // The prompt is read; its first token is out after two seconds, or five with the work.
    #expect(server.occupy(for: .seconds(3), at: at(1)) == at(4))
    #expect(server.occupy(for: .seconds(2), at: at(2)) == at(6))
    #expect(server.nextBoundary == at(10))
    server.advance(to: at(10))
    let first = try #require(server.pop(by: at(10)))
    #expect(first.firstTokenAt == at(7))
    // The next has begun; withdrawn while other work goes on, it makes room only after that.
    #expect(server.occupy(for: .seconds(5), at: at(10)) == at(15))
    #expect(server.cancel(second, job: 1, at: at(12)))
    #expect(server.nextBoundary == at(20))
    server.advance(to: at(20))
    #expect(server.pop(by: at(20))?.job == 2)
    #expect(server.occupy(for: .seconds(1), at: at(30)) == at(31))
    server.submit(3, prompt: 1, output: 1, at: at(30))
    #expect(server.nextBoundary == at(33))
    #expect(server.busyTime == .seconds(10 + 10 + 1 + 2))
    server.fail(at: at(32))
    #expect(server.busyTime == .seconds(10 + 10 + 1 + 1))
  }

  @Test("loses what is inside when it fails, and serves again afterwards") func failure() throws {
    let server = try OneServer(fifo: Fixture.constantLaw(seconds: 1))
    for job in 0..<3 { server.submit(UInt32(job), prompt: 1, output: 4, at: .zero) }
    let crash = SimTime.zero + .seconds(7)
    server.fail(at: crash)
    let ended = (0..<3).compactMap { _ in server.pop(by: crash) }
    #expect(ended.map(\.job) == [0, 1, 2])
    #expect(ended.map(\.isServed) == [true, false, false])
    #expect(ended.map(\.endedAt) == [.zero + .seconds(5), crash, crash])
    #expect(ended[1].firstTokenAt == .zero + .seconds(7) && ended[2].firstTokenAt == nil)
    #expect(server.busyTime == .seconds(7))
    #expect(server.load.waiting == 0)
    server.submit(9, prompt: 1, output: 4, at: crash)
    #expect(server.nextBoundary == crash + .seconds(5))
  }
}
