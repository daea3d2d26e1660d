import Kernel
import Statistics

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Games between those who cheat, watch, judge and leave, against their closed forms.
enum GameChecks {
  static let all = [
    inspection, dilemma, challenge, appeals, exitRace, replication, whitewashing, slashing,
    paymaster,
  ]

  /// A figure of each of twenty replications.
  private static func replications(
    _ name: String, _ effort: ValidationEffort, _ figure: (inout RandomStream) -> Double
  ) -> [Double] {
    (0..<20).map { replication in
      var stream = StreamSource(
        seed: effort.seed &+ 1, replication: replication, name: "validate.\(name)"
      ).stream()
      return figure(&stream)
    }
  }

  private static let inspection = ValidationCheck(
    "inspection-learning",
    "Learning players come to cheat in C/(R + L) of rounds, whatever a cheat gains, and to check in g/(g + S)."
  ) { effort in
    [1.0, 2, 5, 10].flatMap { gain in
      let game = InspectionGame(gain: gain, loss: 8, cost: 0.3, reward: 1, damage: 2)
      let (cheating, checking) = game.fictitiousPlay(rounds: effort.count(8_000_000))
      let tolerance = effort.scale < 1 ? 0.2 : 0.01
      return [
        ValidationRow(
          "g = \(gain): share of cheats", expected: 0.1, exactly: cheating, tolerance: tolerance),
        ValidationRow(
          "g = \(gain): share of checks", expected: game.mixedPoint.checking, exactly: checking,
          tolerance: tolerance),
      ]
    }
  }

  private static let dilemma = ValidationCheck(
    "verifiers-dilemma",
    "Planted errors keep ⌊f·J/C⌋ verifiers looking, tests those with P·A > C, and a jackpot that halves per claim never pays for more names."
  ) { effort in
    func lookers(_ verifiers: Int, from start: Int) -> [Double] {
      let game = VerifiersDilemma(verifiers: verifiers, cost: 0.9, forcedErrors: 0.05, jackpot: 100)
      return replications("dilemma.\(verifiers).\(start)", effort) {
        Double(game.lookers(from: start, rounds: 200_000, &$0))
      }
    }
    var rows = [
      ValidationRow(
        "f·J/C = 5.6, 10 verifiers, all look", expected: 5, lookers(10, from: 10), effort),
      ValidationRow(
        "f·J/C = 5.6, 10 verifiers, none looks", expected: 5, lookers(10, from: 0), effort),
      ValidationRow("f·J/C = 5.6, 4 verifiers, all look", expected: 4, lookers(4, from: 4), effort),
    ]
    for probability in [0.02, 0.1] {
      let results = effort.count(80_000_000) / 20
      let penalties = replications("tests.\(probability)", effort) {
        Double(results) / Double(max(1, $0.binomial(trials: results, probability: probability)))
      }
      rows.append(
        ValidationRow(
          "tests of P = \(probability): break-even penalty / C", expected: 1 / probability,
          penalties,
          effort))
    }
    for (claims, share) in [(1, 1.0), (2, 1), (3, 0.75), (4, 0.5), (8, 0.0625)] {
      rows.append(
        ValidationRow(
          "\(claims) claims: share of the jackpot", expected: share,
          exactly: VerifiersDilemma.shareOfJackpot(claims: claims)))
    }
    return rows
  }

  private static let challenge = ValidationCheck(
    "optimistic-challenge",
    "A fraud passes with probability Π(1 − yᵢ), pays up to a bond of g·Π/(1 − Π), and always where nobody watches."
  ) { effort in
    func passed(_ watching: [Double], _ count: Int, _ stream: inout RandomStream) -> Int {
      (0..<count).count { _ in
        // Whoever looks challenges; the others need not look then, but have paid to.
        watching.count { stream.bernoulli($0) } == 0
      }
    }
    let cases: [[Double]] = [[0.3, 0.5, 0.2], [0.1, 0.1, 0.1, 0.1], [0.9]]
    var rows = cases.flatMap { watching in
      let pass = watching.reduce(1) { $0 * (1 - $1) }
      let count = effort.count(8_000_000) / 20
      let shares = replications("challenge.\(watching)", effort) {
        Double(passed(watching, count, &$0)) / Double(count)
      }
      return [
        ValidationRow(
          "y = \(watching): P(pass)", expected: pass, shares, effort, isProbability: true),
        ValidationRow(
          "y = \(watching): break-even bond / g", expected: pass / (1 - pass),
          shares.map { $0 / (1 - $0) }, effort),
      ]
    }
    rows.append(
      ValidationRow(
        "nobody watches: P(pass)", expected: 1,
        replications("challenge.none", effort) { Double(passed([], 1_000, &$0)) / 1_000 }, effort))
    return rows
  }

  private static let appeals = ValidationCheck(
    "appeals",
    "Each appeal doubles what an attacker must bribe; a right side that appeals loses only if every jury errs; disputers of half a bond need to be right two times in three."
  ) { effort in
    let court = Court(error: 0.4)
    var rows = zip(0..., [2.0, 6, 14, 30, 62]).map { appeals, jurors in
      ValidationRow(
        "\(appeals) appeals: jurors to bribe", expected: jurors,
        exactly: Double(court.jurorsToBribe(appeals: appeals)))
    }
    var chance = 1.0
    for appeals in 0...1 {
      chance *= court.chanceOfError(jury: appeals)
      let trials = effort.count(8_000_000) / 20
      let errors = replications("appeals.\(appeals)", effort) { stream in
        Double((0..<trials).count { _ in court.errs(appeals: appeals, &stream) }) / Double(trials)
      }
      rows.append(
        ValidationRow(
          "p = 0.4, \(appeals) appeals of the right side: P(wrong)", expected: chance, errors,
          effort,
          isProbability: true))
    }
    // Half the loser's bond is burned, half goes to the winner.
    let disputes = effort.count(8_000_000) / 20
    let gains = replications("appeals.bond", effort) { stream in
      let right = stream.binomial(trials: disputes, probability: 2.0 / 3)
      return (0.5 * Double(right) - Double(disputes - right)) / Double(disputes)
    }
    rows.append(
      ValidationRow("right in 2/3 of disputes: gain / bond", expected: 0, gains, effort))
    return rows
  }

  private static let exitRace = ValidationCheck(
    "exit-race",
    "A stake is slashed with probability 1 − e^(−U/ℓ)/(1 + r/ℓ): never where an attentive cheat leaves at once."
  ) { effort in
    let hour = 3_600.0
    let cases: [(name: String, unbonding: Double, reaction: Double)] = [
      ("U = 0, r = 0", 0, 0), ("U = 0, r = ℓ", 0, hour), ("U = ℓ, r = 0", hour, 0),
      ("U = ℓ, r = ℓ", hour, hour), ("U = 1 d, r = 0", 24 * hour, 0),
      ("U = 7 d, r = 0", 168 * hour, 0),
    ]
    return cases.map { name, unbonding, reaction in
      let race = ExitRace(slashLatency: hour, reaction: reaction, unbonding: unbonding)
      let runs = effort.count(600_000) / 20
      let slashed = replications("exit.\(name)", effort) { stream in
        Double((0..<runs).count { _ in race.isSlashed(&stream) }) / Double(runs)
      }
      let expected = 1 - exp(-unbonding / hour) / (1 + reaction / hour)
      // Nothing is ever certain, but for a day the chance of an escape is 4·10⁻¹¹.
      return expected > 0.999
        ? ValidationRow(name, expected: expected, exactly: Tally(slashed).mean, tolerance: 1e-9)
        : ValidationRow(name, expected: expected, slashed, effort, isProbability: true)
    }
  }

  private static let replication = ValidationCheck(
    "replication", "PoCo believes the fewest equal workers k with wᵏ > trust − 1."
  ) { _ in
    let trusts = [2, 4, 8, 16, 100, 1_000]
    var rows = zip([0, 30], [[1.0, 2, 3, 4, 7, 10], [1, 1, 1, 2, 3, 4]]).flatMap {
      score, published in
      zip(trusts, published).map { trust, workers in
        ValidationRow(
          "score \(score), trust \(trust): workers", expected: workers,
          exactly: Double(Replication(trust: trust).workers(ofScore: score)))
      }
    }
    for (score, left) in [(30, 20.0), (10, 6), (1, 0)] {
      rows.append(
        ValidationRow(
          "score \(score) after a fault", expected: left,
          exactly: Double(Replication.scoreAfterFault(score))))
    }
    return rows
  }

  private static let whitewashing = ValidationCheck(
    "whitewashing",
    "Names are thrown away while one costs less than (1 − q)/q cheats gain, and no longer."
  ) { effort in
    [0.25, 0.1, 0.05].flatMap { rate in
      let threshold = (1 - rate) / rate
      let lives = effort.count(8_000_000) / 20
      let dues = replications("whitewash.\(rate)", effort) {
        WhitewashingHost(checkRate: rate, dues: 0).gainPerLife(lives, &$0)
      }
      /// Of hosts that have tried it for long enough to know.
      func share(_ dues: Double) -> [Double] {
        replications("whitewash.\(rate).\(dues)", effort) { stream in
          Double(
            (0..<50).count { _ in
              WhitewashingHost(checkRate: rate, dues: dues).gainPerLife(2_000, &stream) > 0
            }) / 50
        }
      }
      return [
        ValidationRow("q = \(rate): break-even dues / g", expected: threshold, dues, effort),
        ValidationRow(
          "q = \(rate): share at 0.8 of that", expected: 1, share(0.8 * threshold), effort),
        ValidationRow(
          "q = \(rate): share at 1.25 of that", expected: 0, share(1.25 * threshold), effort),
      ]
    }
  }

  private static let slashing = ValidationCheck(
    "correlated-slashing", "Who fails with many loses min(1, three times their share) of the stake."
  ) { _ in
    [(0.01, 0.03), (0.1, 0.3), (1.0 / 3, 1), (0.5, 1)].map { share, penalty in
      ValidationRow(
        "\(share) of all stake slashed together", expected: penalty, exactly: min(1, 3 * share))
    }
  }

  private static let paymaster = ValidationCheck(
    "erc-7562",
    "A paymaster whose operations are never included is throttled, banned and forgiven by the integer rules."
  ) { _ in
    [(10, 110.0, 510.0, 22.0), (100, 1_100, 5_100, 213)].flatMap { row in
      let denominator = row.0
      func firstSeen(_ standing: PaymasterReputation.Standing) -> Double {
        var reputation = PaymasterReputation(denominator: denominator)
        while reputation.standing != standing { reputation.see() }
        return Double(reputation.seen)
      }
      func isEverBanned(hourly load: Int) -> Bool {
        var reputation = PaymasterReputation(denominator: denominator)
        for _ in 0..<5_000 {
          reputation.see(load)
          if reputation.standing == .banned { return true }
          reputation.passHour()
        }
        return false
      }
      let highest = (1...1_000).last { !isEverBanned(hourly: $0) } ?? 0
      return [
        ValidationRow(
          "denominator \(denominator): throttled at", expected: row.1,
          exactly: firstSeen(.throttled)),
        ValidationRow(
          "denominator \(denominator): banned at", expected: row.2, exactly: firstSeen(.banned)),
        ValidationRow(
          "denominator \(denominator): hourly load never banned", expected: row.3,
          exactly: Double(highest)),
      ]
    } + [
      ValidationRow(
        "hours of a ban after a failed bundle", expected: 70, exactly: Double(hoursOfBan())),
      ValidationRow(
        "left of a count after 96 h", expected: 0.0168, exactly: left(after: 96), tolerance: 2e-3),
    ]
  }

  private static func hoursOfBan() -> Int {
    var reputation = PaymasterReputation(denominator: 10)
    reputation.fail()
    var hours = 0
    while reputation.standing == .banned {
      reputation.passHour()
      hours += 1
    }
    return hours
  }

  private static func left(after hours: Int) -> Double {
    var reputation = PaymasterReputation(denominator: 10)
    reputation.see(1_000_000_000)
    for _ in 0..<hours { reputation.passHour() }
    return Double(reputation.seen) / 1e9
  }
}
