import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Queues on the event kernel against their closed forms.
enum QueueingChecks {
  static let all = [
    single, manyServers, loss, finiteRoom, general, priorities, little, impatience, pasta,
  ]

  private static let single = ValidationCheck(
    "mm1", "M/M/1 at 0.8: mean wait ρ/(1 − ρ), sojourn exponential."
  ) { effort in
    let figures = QueueSystem(arrivalRates: [0.8], sojournLimit: 4).replications(
      30_000_000, warmUp: 20_000, effort, name: "mm1")
    return [
      ValidationRow("mean wait / s", expected: 4, figures.map { $0.waits[0] }, effort),
      ValidationRow(
        "P(sojourn > 4 s)", expected: exp(-0.8), figures.map(\.shareOverLimit), effort,
        isProbability: true),
      ValidationRow("mean customers", expected: 4, figures.map(\.customers), effort),
    ]
  }

  /// Erlang's probability of waiting, by the recursion of his loss formula.
  static func erlangC(servers: Int, load: Double) -> Double {
    let b = erlangB(servers: servers, load: load)
    let rho = load / Double(servers)
    return b / (1 - rho * (1 - b))
  }

  static func erlangB(servers: Int, load: Double) -> Double {
    (1...servers).reduce(1.0) { b, k in load * b / (Double(k) + load * b) }
  }

  private static let manyServers = ValidationCheck(
    "erlang-c", "M/M/c: Erlang's probability of waiting and mean wait."
  ) { effort in
    [(servers: 3, rho: 2.0 / 3, count: 16_000_000), (8, 0.8, 50_000_000)].flatMap {
      servers, rho, count in
      let load = rho * Double(servers)
      let c = erlangC(servers: servers, load: load)
      let figures = QueueSystem(arrivalRates: [load], servers: servers).replications(
        count, warmUp: 20_000, effort, name: "erlangC\(servers)")
      return [
        ValidationRow(
          "c = \(servers): P(wait)", expected: c, figures.map(\.shareWaiting), effort,
          isProbability: true),
        ValidationRow(
          "c = \(servers): mean wait / s", expected: c / (Double(servers) - load),
          figures.map { $0.waits[0] }, effort),
      ]
    }
  }

  private static let loss = ValidationCheck(
    "erlang-b", "M/G/50/50 at 47.5: the loss depends on the mean service time alone."
  ) { effort in
    let b = erlangB(servers: 50, load: 47.5)
    let laws: [(String, QueueSystem.Service)] = [
      ("exponential", .exponential), ("deterministic", .deterministic),
      ("lognormal", .lognormal(logDeviation: 0.8)),
    ]
    return laws.map { name, service in
      let figures = QueueSystem(
        arrivalRates: [47.5], servers: 50, service: service, room: 50
      ).replications(30_000_000, warmUp: 10_000, effort, name: "erlangB.\(name)")
      return ValidationRow(
        "\(name): loss", expected: b, figures.map(\.shareTurnedAway), effort, isProbability: true)
    }
  }

  private static let finiteRoom = ValidationCheck(
    "mm1k", "M/M/1 with room for five at 0.8: share turned away."
  ) { effort in
    let figures = QueueSystem(arrivalRates: [0.8], room: 5).replications(
      10_000_000, warmUp: 1000, effort, name: "mm1k")
    let expected = 0.2 * pow(0.8, 5) / (1 - pow(0.8, 6))
    return [
      ValidationRow(
        "loss", expected: expected, figures.map(\.shareTurnedAway), effort, isProbability: true)
    ]
  }

  private static let general = ValidationCheck(
    "pollaczek-khinchine", "M/G/1: the mean wait follows from two moments of service."
  ) { effort in
    let deterministic = QueueSystem(arrivalRates: [0.8], service: .deterministic).replications(
      16_000_000, warmUp: 10_000, effort, name: "md1")
    let spread = QueueSystem(arrivalRates: [0.5], service: .gamma(shape: 0.25)).replications(
      40_000_000, warmUp: 10_000, effort, name: "mg1")
    return [
      ValidationRow(
        "ρ = 0.8, constant: mean wait / s", expected: 2, deterministic.map { $0.waits[0] },
        effort),
      ValidationRow(
        "ρ = 0.5, c² = 4: mean wait / s", expected: 2.5, spread.map { $0.waits[0] }, effort),
    ]
  }

  private static let priorities = ValidationCheck(
    "priorities", "Two classes without interruption: Cobham's waits and Kleinrock's conservation."
  ) { effort in
    let figures = QueueSystem(arrivalRates: [0.4, 0.4]).replications(
      60_000_000, warmUp: 20_000, effort, name: "priorities")
    return [
      ValidationRow(
        "first class: mean wait / s", expected: 4.0 / 3, figures.map { $0.waits[0] }, effort),
      ValidationRow(
        "second class: mean wait / s", expected: 20.0 / 3, figures.map { $0.waits[1] }, effort),
      ValidationRow(
        "Σ ρ W", expected: 3.2, figures.map { 0.4 * ($0.waits[0] + $0.waits[1]) }, effort),
    ]
  }

  private static let little = ValidationCheck(
    "little", "From empty to empty, ∫N dt equals the sum of sojourns to the tick."
  ) { effort in
    let systems: [(String, QueueSystem)] = [
      ("M/M/1", QueueSystem(arrivalRates: [0.8])),
      (
        "M/G/3 with two classes",
        QueueSystem(
          arrivalRates: [1, 1.5], servers: 3, service: .lognormal(logDeviation: 1))
      ),
      ("M/M/10 with impatience", QueueSystem(arrivalRates: [12], servers: 10, patience: 1)),
    ]
    return systems.map { name, system in
      let figures = system.run(
        seed: effort.seed &+ 1, replication: 0, warmUp: 0, count: effort.count(1_000_000),
        name: "little")
      return ValidationRow(
        "\(name): ∫N dt − Σ sojourns / ns", expected: 0,
        exactly: Double(figures.area - figures.sojourns), tolerance: 0)
    }
  }

  /// With patience of the mean of service, customers in the system are Poisson.
  private static let impatience = ValidationCheck(
    "erlang-a", "M/M/10+M with patience as long as service: the number in the system is Poisson."
  ) { effort in
    [(load: 10.0, wait: 0.54207, left: 0.12511), (12, 0.75761, 0.21363)].flatMap {
      load, wait, left in
      let figures = QueueSystem(arrivalRates: [load], servers: 10, patience: 1).replications(
        16_000_000, warmUp: 5000, effort, name: "erlangA\(load)")
      // Σ P(N = n) from n = 10, and the balance a·P(leave) = E[(N − 10)⁺].
      var probability = exp(-load)
      var (below, spare) = (0.0, 0.0)
      for n in 0..<10 {
        below += probability
        spare += Double(10 - n) * probability
        probability *= load / Double(n + 1)
      }
      let excess = load - 10 + spare
      return [
        ValidationRow(
          "a = \(Int(load)): P(wait) by the published figure", expected: wait,
          exactly: 1 - below, tolerance: 1e-5),
        ValidationRow(
          "a = \(Int(load)): P(wait)", expected: 1 - below, figures.map(\.shareWaiting), effort,
          isProbability: true),
        ValidationRow(
          "a = \(Int(load)): P(leave) by the published figure", expected: left,
          exactly: excess / load, tolerance: 3e-5),
        ValidationRow(
          "a = \(Int(load)): P(leave)", expected: excess / load, figures.map(\.shareLeft), effort,
          isProbability: true),
      ]
    }
  }

  private static let pasta = ValidationCheck(
    "pasta", "Poisson arrivals see time averages: a busy server in M/M/1/1 at 0.8."
  ) { effort in
    let busy = QueueSystem(arrivalRates: [0.8], room: 1).replications(
      4_000_000, warmUp: 100, effort, name: "pasta")
    return [
      ValidationRow(
        "seen by arrivals", expected: 0.8 / 1.8, busy.map(\.shareTurnedAway), effort,
        isProbability: true),
      ValidationRow("over time", expected: 0.8 / 1.8, busy.map(\.customers), effort),
      ValidationRow(
        "difference", expected: 0, busy.map { $0.shareTurnedAway - $0.customers }, effort),
    ]
  }
}
