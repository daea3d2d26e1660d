import Quantities

@testable import Inference

/// A fleet of one server. A class, because test macros copy what they look at and a fleet cannot be;
/// never inlined into tests, because Swift 6.3.1's optimiser fails on the fleet in a macro's closure.
final class OneServer {
  private var fleet = ServerFleet()
  private let server: ServerFleet.ServerID

  init(_ kind: ServerKind) {
    server = fleet.addServer(fleet.add(kind))
  }

  convenience init(
    fifo law: StepLaw, cacheTokens: Int = 8_192, contextMaximum: Int = 4_096
  ) throws {
    self.init(
      try ServerKind(
        law: law, cacheTokens: cacheTokens, contextMaximum: contextMaximum,
        settings: ServerSettings(discipline: .fifo)))
  }

  convenience init(
    batching law: StepLaw, change: (inout ServerSettings) -> Void = { _ in }
  ) throws {
    var settings = ServerSettings(discipline: .continuousBatching)
    change(&settings)
    self.init(
      try ServerKind(
        law: law, cacheTokens: settings.cacheTokens ?? 8_192, contextMaximum: 4_096,
        settings: settings))
  }

  @discardableResult
  @inline(never) func submit(
    _ job: UInt32, prompt: Int32, output: Int32, at time: SimTime
  ) -> ServerFleet.RequestID {
    fleet.submit(job, prompt: prompt, output: output, to: server, at: time)
  }

  var nextBoundary: SimTime? { fleet.nextBoundary(of: server) }
  @inline(never) func advance(to time: SimTime) { fleet.advance(server, to: time) }
  func pop(by time: SimTime) -> ServerFleet.Completion? {
    fleet.popCompletion(of: server, by: time)
  }
  func cancel(_ request: ServerFleet.RequestID, job: UInt32, at time: SimTime) -> Bool {
    fleet.cancel(request, job: job, at: time)
  }
  func hasFirstToken(_ request: ServerFleet.RequestID, by time: SimTime) -> Bool {
    fleet.hasFirstToken(request, by: time)
  }
  func occupy(for duration: SimDuration, at time: SimTime) -> SimTime {
    fleet.occupy(server, for: duration, at: time)
  }
  func fail(at time: SimTime) { fleet.fail(server, at: time) }
  var load: ServerFleet.Load {
    @inline(never) get { fleet.load(of: server) }
  }
  var busyTime: SimDuration { fleet.busyTime(of: server) }
  var requestsInFlight: Int { fleet.requestsInFlight }

  /// Works everything off; completions by job.
  func run() -> [ServerFleet.Completion] {
    var all: [ServerFleet.Completion] = []
    advance(to: .distantFuture)
    while let done = pop(by: .distantFuture) { all.append(done) }
    return all.sorted { $0.job < $1.job }
  }
}
