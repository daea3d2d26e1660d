/// What a bundler remembers of a paymaster, by the integer rules of ERC-7562.
///
/// - Source: ERC-7562, "Reputation calculation" (minimum inclusion denominator 10 for bundlers, 100 for
///   clients; throttling slack 10, ban slack 50; both counters lose a 24th each hour).
struct PaymasterReputation {
  enum Standing { case good, throttled, banned }

  let denominator: Int
  private(set) var seen = 0
  private(set) var included = 0

  init(denominator: Int) { self.denominator = denominator }

  var standing: Standing {
    let expected = seen / denominator
    if expected <= included + 10 { return .good }
    return expected <= included + 50 ? .throttled : .banned
  }

  mutating func see(_ operations: Int = 1) { seen += operations }
  mutating func include(_ operations: Int = 1) { included += operations }

  mutating func passHour() {
    seen = seen * 23 / 24
    included = included * 23 / 24
  }

  /// A bundle failed for its sake.
  mutating func fail() {
    seen = 10_000
    included = 0
  }
}
