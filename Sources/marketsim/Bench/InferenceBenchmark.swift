import Inference
import Quantities

extension Benchmark {
  /// Skip-ahead hosts under load: requests submitted, every announced boundary followed, every
  /// completion taken.
  static let inference = Benchmark(
    name: "inference",
    abstract: "SIZE requests through 20 batching hosts (H100, llama3-8b@fp16) at 60 % load",
    sizes: [200_000], tinySize: 500,
    measure: { size, effort in
      let workload = BatchingWorkload(requests: size, hosts: 20, load: 0.6)
      var tally = BatchingTally()
      var growth = 0
      let time = Stopwatch.medianNanoseconds(runs: effort.runs) {
        var fleet = workload.fleet()
        workload.run(&fleet, from: .zero, into: &tally)
        tally = BatchingTally()
        let before = Stopwatch.allocatedBytes
        let taken = Stopwatch.nanoseconds {
          workload.run(&fleet, from: .zero + workload.duration, into: &tally)
        }
        if let before, let after = Stopwatch.allocatedBytes { growth = after - before }
        return taken
      }
      let jobs = Double(size)
      return BenchmarkOutcome(
        figures: [
          BenchmarkFigure(
            name: "inference_time", size: size, value: time / jobs, unit: "ns/job"),
          BenchmarkFigure(
            name: "inference_events", size: size, value: Double(tally.boundaries) / jobs,
            unit: "events/job"),
          BenchmarkFigure(
            name: "inference_allocated", size: size, value: Double(growth) / jobs, unit: "B/job"),
          BenchmarkFigure(
            name: "inference_host", size: size, value: Double(ServerFleet.bytesPerServer), unit: "B"
          ),
          BenchmarkFigure(
            name: "inference_request", size: size, value: Double(ServerFleet.bytesPerRequest),
            unit: "B"),
        ],
        digest: tally.digest)
    })
}

/// What following a fleet counted.
private struct BatchingTally {
  var boundaries = 0
  var digest: UInt64 = 0
}

/// Requests for a number of equal hosts, drawn beforehand so that drawing is not measured.
private struct BatchingWorkload {
  struct Arrival {
    let time: SimDuration
    let prompt: Int32
    let output: Int32
  }

  let kind: ServerKind
  /// By host, in order of time.
  let arrivals: [[Arrival]]
  /// Longer than the last request needs.
  let duration: SimDuration

  init(requests: Int, hosts: Int, load: Double) {
    guard let gpu = try? Catalogue.gpu("h100-sxm"),
      let served = try? ServedModel(parsing: "llama3-8b@fp16"),
      let engine = try? Catalogue.engine("vllm-new"),
      let kind = try? ServerKind(
        Deployment(gpu: gpu, serving: served, engine: engine),
        settings: ServerSettings(discipline: .continuousBatching))
    else { preconditionFailure("the benchmark's deployment is not in the catalogue") }
    self.kind = kind
    // Prompts of 50 … 2000 and outputs of 20 … 380 tokens; at saturation 64 sequences decode.
    let (prompt, output, concurrency) = (1_025.0, 200.0, 64.0)
    let cycle =
      kind.law.timePerOutputToken(concurrency: 64, context: prompt + output / 2) * output
      + kind.law.prefillTime(tokens: 1_025, chunk: 2_048) * concurrency
    let gap = cycle / concurrency / load
    var word: UInt64 = 1
    func draw(_ range: ClosedRange<Int32>) -> Int32 {
      word = word &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return range.lowerBound + Int32((word >> 33) % UInt64(range.count))
    }
    arrivals = (0..<hosts).map { host in
      var time = 0.0
      return (0..<(requests * (host + 1) / hosts - requests * host / hosts)).map { _ in
        time += gap * Double(draw(0...2_000_000)) * 1e-6
        return Arrival(
          time: SimDuration(rounding: time), prompt: draw(50...2_000), output: draw(20...380))
      }
    }
    let last = arrivals.compactMap(\.last?.time.nanoseconds).max() ?? 0
    duration = SimDuration(nanoseconds: last) + .hours(1)
  }

  func fleet() -> ServerFleet {
    var fleet = ServerFleet(reservingServers: arrivals.count)
    let kindID = fleet.add(kind)
    for _ in arrivals { _ = fleet.addServer(kindID) }
    return fleet
  }

  func run(_ fleet: inout ServerFleet, from start: SimTime, into tally: inout BatchingTally) {
    for host in arrivals.indices {
      let server = ServerFleet.ServerID(rawValue: UInt32(host))
      for (index, arrival) in arrivals[host].enumerated() {
        follow(&fleet, server, through: start + arrival.time, into: &tally)
        _ = fleet.submit(
          UInt32(index), prompt: arrival.prompt, output: arrival.output, to: server,
          at: start + arrival.time)
      }
      follow(&fleet, server, through: .distantFuture, into: &tally)
    }
  }

  private func follow(
    _ fleet: inout ServerFleet, _ server: ServerFleet.ServerID, through time: SimTime,
    into tally: inout BatchingTally
  ) {
    while let boundary = fleet.nextBoundary(of: server), boundary <= time {
      tally.boundaries += 1
      fleet.advance(server, to: boundary)
      while let completion = fleet.popCompletion(of: server, by: boundary) {
        tally.digest =
          (tally.digest &+ UInt64(completion.endedAt.nanoseconds)) &* 0x9E37_79B9_7F4A_7C15
      }
    }
  }
}
