import Quantities
import Testing

@testable import Inference

@Suite("A batching server") struct BatchingTests {
  @Test("serves a lone request in one prefill and its decode steps") func loneRequest() throws {
    let law = try StepLaw(Fixture.deployment("a100-80", "llama3-8b@fp16"))
    let server = try OneServer(batching: law)
    server.submit(0, prompt: 1_000, output: 101, at: .zero)
    let done = server.run()[0]
    let first = law.stepTime(decoding: 0, cachedTokens: 0, promptTokens: 1_000, meanContext: 500)
    #expect(abs(try #require(done.firstTokenAt).seconds - first) < 2e-9)
    let decode = (1...100).reduce(0) { sum, token in
      sum
        + law.stepTime(
          decoding: 1, cachedTokens: Double(1_000 + token), promptTokens: 0, meanContext: 0)
    }
    #expect(abs(done.endedAt.seconds - first - decode) < 1e-7)
  }

  @Test("shares steps among sequences and admits arrivals at the next boundary")
  func sharedSteps() throws {
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1))
    server.submit(0, prompt: 5, output: 10, at: .zero)
    server.submit(1, prompt: 5, output: 3, at: .zero + .milliseconds(2_500))
    let done = server.run()
    #expect(done.map(\.firstTokenAt) == [.zero + .seconds(1), .zero + .seconds(4)])
    #expect(done.map(\.endedAt) == [.zero + .seconds(10), .zero + .seconds(6)])
  }

  @Test("makes an arrival wait one more step when it schedules ahead") func schedulesAhead() throws
  {
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1)) {
      $0.schedulesAhead = true
    }
    server.submit(0, prompt: 5, output: 10, at: .zero)
    server.submit(1, prompt: 5, output: 3, at: .zero + .milliseconds(2_500))
    let done = server.run()
    #expect(done.map(\.firstTokenAt) == [.zero + .seconds(1), .zero + .seconds(5)])
  }

  @Test("reads a prompt longer than the budget chunk by chunk") func chunkedPrompt() throws {
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1)) {
      $0.sequencesMaximum = 4
      $0.tokenBudget = 10
    }
    server.submit(0, prompt: 25, output: 2, at: .zero)
    // Five tokens of the third step are left for the second prompt; its other three follow.
    server.submit(1, prompt: 8, output: 1, at: .zero)
    let done = server.run()
    #expect(done.map(\.firstTokenAt) == [.zero + .seconds(3), .zero + .seconds(4)])
  }

  @Test("runs no more sequences than its limit") func sequenceLimit() throws {
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1)) {
      $0.sequencesMaximum = 2
    }
    for job in 0..<4 { server.submit(UInt32(job), prompt: 1, output: 5, at: .zero) }
    let load = server.load
    #expect(load.waiting == 4 && load.running == 0)
    server.advance(to: .zero + .seconds(2))
    #expect(server.load.waiting == 2 && server.load.running == 2)
    let done = server.run()
    #expect(done.map(\.endedAt.seconds) == [5, 5, 10, 10])
  }

  @Test("preempts the newest when memory is full and recomputes it") func preemption() throws {
    // Forty tokens, two requests that want 31 each: the newer is thrown out as soon as both hold 20.
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1)) {
      $0.cacheTokens = 40
      $0.blockTokens = 1
    }
    server.submit(0, prompt: 10, output: 21, at: .zero)
    server.submit(1, prompt: 10, output: 21, at: .zero)
    let done = server.run()
    // The first decodes through: 21 tokens in 21 steps. The second has 11 tokens at the full step 11,
    // comes back when the first leaves after 21 steps, and rereads 21 tokens in step 22.
    #expect(done.map(\.firstTokenAt?.seconds) == [1, 1])
    #expect(done.map(\.endedAt) == [.zero + .seconds(21), .zero + .seconds(31)])
  }

  @Test("tells before its end whether a request has its first token") func firstToken() throws {
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1))
    let request = server.submit(0, prompt: 5, output: 10, at: .zero)
    _ = server.nextBoundary
    #expect(!server.hasFirstToken(request, by: .zero + .milliseconds(999)))
    #expect(server.hasFirstToken(request, by: .zero + .seconds(1)))
    #expect(server.nextBoundary == .zero + .seconds(10))
  }

  @Test("loses what is inside when it fails, a step in progress included") func failure() throws {
    let server = try OneServer(batching: Fixture.constantLaw(seconds: 1))
    server.submit(0, prompt: 5, output: 2, at: .zero)
    server.submit(1, prompt: 5, output: 9, at: .zero)
    // This submission makes the server finish its step in progress, the last of request 0.
    server.submit(2, prompt: 5, output: 9, at: .zero + .milliseconds(1_200))
    let crash = SimTime.zero + .milliseconds(1_500)
    server.fail(at: crash)
    let done = server.run()
    #expect(done.map(\.isServed) == [false, false, false])
    #expect(done.map(\.endedAt) == [crash, crash, crash])
    #expect(done.map(\.firstTokenAt) == [.zero + .seconds(1), .zero + .seconds(1), nil])
    #expect(server.busyTime == .milliseconds(1_500))
    #expect(server.requestsInFlight == 0 && server.load.cachedTokens == 0)
  }

  @Test("is as good as new once it is back, however often it failed") func recovery() throws {
    // Memory for four whole requests: what lost ones still held would leave room for none.
    func server() throws -> OneServer {
      try OneServer(batching: Fixture.constantLaw(seconds: 1)) {
        $0.cacheTokens = 256
        $0.blockTokens = 16
      }
    }
    let worn = try server()
    for round in 0..<20 {
      let start = SimTime.zero + .seconds(Int64(round) * 10)
      for job in 0..<4 {
        worn.submit(UInt32(round * 4 + job), prompt: 20 + Int32(job), output: 30, at: start)
      }
      worn.fail(at: start + .milliseconds(4_500))
      while worn.pop(by: start + .seconds(9)) != nil {}
    }
    let fresh = try server()
    let start = SimTime.zero + .seconds(1_000)
    for job in 0..<6 {
      for server in [worn, fresh] {
        server.submit(UInt32(job), prompt: 20 + Int32(job), output: 30, at: start)
      }
    }
    let (again, anew) = (worn.run(), fresh.run())
    #expect(again.map(\.endedAt) == anew.map(\.endedAt))
    #expect(again.map(\.firstTokenAt) == anew.map(\.firstTokenAt))
    #expect(again.allSatisfy(\.isServed) && again.count == 6)
  }

  @Test("costs little memory, idle or busy") func memory() {
    #expect(ServerFleet.bytesPerServer <= 160)
    #expect(ServerFleet.bytesPerRequest <= 80)
  }
}
