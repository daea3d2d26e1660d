import CGSL
import EVM
import Kernel
import Market
import Quantities
import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Incentives, fees and money against their closed forms.
enum EconomyChecks {
  static let all = [baseFee, deterrence, detection, inspection, court, conservation]

  private static let baseFee = ValidationCheck(
    "eip-1559", "A full block raises the fee by (elasticity − 1)/denominator, in whole wei."
  ) { _ in
    let target = Gas(15_000_000)
    let wei = Wei(1_000_000_000_000)
    let classic = BaseFeeController(gasTarget: target, denominator: 8, minimum: Wei(0))
    func ratio(_ controller: BaseFeeController, _ uses: [UInt64]) -> Double {
      let last = uses.reduce(wei) { controller.next(after: $0, gasUsed: Gas($1)) }
      return Double(last.rawValue) / Double(wei.rawValue)
    }
    let full = target.units * 2
    var rows = [
      ValidationRow(
        "full block at 2 and 8", expected: 1.125, exactly: ratio(classic, [full]), tolerance: 0),
      ValidationRow(
        "empty block at 8", expected: 0.875, exactly: ratio(classic, [0]), tolerance: 0),
      ValidationRow(
        "full and empty in turn, a pair", expected: 0.984375, exactly: ratio(classic, [full, 0]),
        tolerance: 0),
      ValidationRow(
        "block on target", expected: 1, exactly: ratio(classic, [target.units]), tolerance: 0),
    ]
    for (elasticity, denominator) in [(UInt64(5), UInt64(50)), (6, 250), (10, 50)] {
      let controller = BaseFeeController(
        gasTarget: target, denominator: denominator, minimum: Wei(0))
      rows.append(
        ValidationRow(
          "full block at \(elasticity) and \(denominator)",
          expected: 1 + Double(elasticity - 1) / Double(denominator),
          exactly: ratio(controller, [target.units * elasticity]), tolerance: 1e-12))
    }
    return rows
  }

  /// A cheat earns g when unchecked and loses S when checked: it stops paying at S = g(1 − q)/q.
  private static let deterrence = ValidationCheck(
    "deterrence", "Cheating stops to pay at a loss of g(1 − q)/q at one detection."
  ) { effort in
    [0.25, 0.1, 0.05, 0.01].map { q in
      let jobs = effort.count(40_000_000)
      // The stake at which the cheats of a replication would have broken even.
      let stakes = (0..<20).map { replication in
        var stream = StreamSource(
          seed: effort.seed &+ 1, replication: replication, name: "validate.deterrence.\(q)"
        ).stream()
        let caught = stream.binomial(trials: jobs, probability: q)
        return Double(jobs - caught) / Double(Swift.max(caught, 1))
      }
      return ValidationRow(
        "q = \(q): break-even loss / g", expected: (1 - q) / q, stakes, effort)
    }
  }

  private static let detection = ValidationCheck(
    "detection-delay", "Jobs to the first detection are geometric."
  ) { effort in
    [(0.01, 299.0, 0.605), (0.05, 59, 0.0769), (0.1, 29, 0.00515), (0.25, 11, 5.66e-7)].flatMap {
      q, jobs95, undetected in
      var (means, survivors) = ([Double](), [Double]())
      for replication in 0..<20 {
        var stream = StreamSource(
          seed: effort.seed &+ 1, replication: replication, name: "validate.detection.\(q)"
        ).stream()
        let count = effort.count(8_000_000) / 20
        var (sum, late) = (0, 0)
        for _ in 0..<count {
          let delay = stream.geometric(probability: q)
          sum += delay
          if delay > 50 { late += 1 }
        }
        means.append(Double(sum) / Double(count))
        survivors.append(Double(late) / Double(count))
      }
      var rows = [
        ValidationRow("q = \(q): mean delay / jobs", expected: 1 / q, means, effort),
        ValidationRow(
          "q = \(q): jobs to 95 % detection", expected: jobs95,
          exactly: (log(0.05) / log(1 - q)).rounded(.up), tolerance: 0),
        ValidationRow(
          "q = \(q): published P(undetected after 50)", expected: undetected,
          exactly: pow(1 - q, 50), tolerance: 2e-3),
      ]
      if q < 0.2 {
        rows.append(
          ValidationRow(
            "q = \(q): P(undetected after 50)", expected: pow(1 - q, 50), survivors, effort,
            isProbability: true))
      }
      return rows
    }
  }

  /// Gain g of an unseen cheat, loss S of a seen one; a check costs C, finding a cheat earns R, and
  /// missing one costs L.
  private static let inspection = ValidationCheck(
    "inspection-game",
    "At the mixed point, checking g/(g + S) and cheating C/(R + L), nobody gains."
  ) { effort in
    let (g, s, c, r, l) = (2.0, 8.0, 0.3, 1.0, 2.0)
    let (checks, cheats) = (g / (g + s), c / (r + l))
    var (cheater, inspector, cheatsFound) = ([Double](), [Double](), [Double]())
    for replication in 0..<20 {
      var stream = StreamSource(
        seed: effort.seed &+ 1, replication: replication, name: "validate.inspection"
      ).stream()
      let count = effort.count(80_000_000) / 20
      // Enough to know each side's mean payoff of deviating, from the other side's mixture.
      let checked = stream.binomial(trials: count, probability: checks)
      let cheated = stream.binomial(trials: count, probability: cheats)
      let (y, x) = (Double(checked) / Double(count), Double(cheated) / Double(count))
      cheater.append((1 - y) * g - y * s)
      inspector.append((x * r - c) - (-x * l))
      cheatsFound.append(c / (r + l) / x)
    }
    return [
      ValidationRow("gain of cheating over honesty", expected: 0, cheater, effort),
      ValidationRow("gain of checking over trusting", expected: 0, inspector, effort),
      ValidationRow("break-even share of cheats over C/(R + L)", expected: 1, cheatsFound, effort),
    ]
  }

  private static let court = ValidationCheck(
    "court", "A jury with a share p of bad jurors errs with the binomial's upper tail."
  ) { effort in
    let published: [(Double, [Double])] = [
      (0.4, [0.352, 0.290, 0.213, 0.128, 0.054]), (0.3, [0.216, 0.126, 0.050, 0.0095, 0.00044]),
      (0.5, [0.5, 0.5, 0.5, 0.5, 0.5]),
    ]
    let juries = [3, 7, 15, 31, 63]
    return published.flatMap { p, figures in
      zip(juries, figures).flatMap { jurors, figure in
        let majority = jurors / 2
        let tail = gsl_cdf_binomial_Q(UInt32(majority), p, UInt32(jurors))
        var rows = [
          ValidationRow(
            "p = \(p), \(jurors) jurors by the published figure", expected: figure, exactly: tail,
            tolerance: 0.02)
        ]
        guard tail > 0.005 else { return rows }
        let errors = (0..<20).map { replication in
          var stream = StreamSource(
            seed: effort.seed &+ 1, replication: replication, name: "validate.court.\(p).\(jurors)"
          ).stream()
          let trials = effort.count(tail < 0.05 ? 1_500_000 : 6_000_000) / 20
          let wrong = (0..<trials).count { _ in
            stream.binomial(trials: jurors, probability: p) > majority
          }
          return Double(wrong) / Double(trials)
        }
        rows.append(
          ValidationRow(
            "p = \(p), \(jurors) jurors: P(wrong)", expected: tail, errors, effort,
            isProbability: true))
        return rows
      }
    }
  }

  /// The market stops at the first block whose ledgers do not add up, and recounts all at the end.
  private static let conservation = ValidationCheck(
    "conservation", "In a market, no token and no request is made or lost."
  ) { effort in
    let configuration = MarketConfiguration(
      name: "conservation", seed: effort.seed &+ 1, duration: .minutes(20),
      hosts: [
        HostCohort(
          name: "home", count: 20, gpu: "rtx4090",
          serves: [ServedModel(model: "llama3-8b", precision: "q4_k_m")], discipline: .fifo,
          availability: HostCohort.Availability(up: .minutes(5), down: .minutes(1)))
      ],
      renters: [
        RenterCohort(
          name: "chat", count: 40, arrivals: .gamma(rate: 1, shape: 0.8, profile: nil),
          lengths: .fixed(prompt: 300, output: 120))
      ])
    guard let scenario = try? MarketScenario(configuration),
      let values = try? scenario.run(replication: 0, tables: .discarding)?.values
    else {
      return [ValidationRow("blocks audited", expected: 600, exactly: .nan)]
    }
    func number(_ name: String) -> Double { values.number(named: name) ?? .nan }
    let ends = [
      "jobs_served", "jobs_late", "jobs_stuck", "renters_left", "renters_balked",
      "requests_refused", "jobs_open",
    ].map(number).reduce(0, +)
    return [
      ValidationRow("blocks audited", expected: 600, exactly: number("blocks"), tolerance: 0),
      ValidationRow(
        "requests less their ends", expected: 0, exactly: number("jobs_requested") - ends,
        tolerance: 0),
      ValidationRow(
        "payments less fees and revenue / USDC", expected: 0,
        exactly: number("payments") - number("platform_fees") - number("host_revenue"),
        tolerance: 1e-9),
    ]
  }
}
