import Quantities

/// Turns gaps of unit mean into arrival times at a rate that may follow the hours of a week and the
/// changes of a scenario.
///
/// A gap is spent against the cumulative rate, so a renewal process keeps its shape whatever the
/// profile: time runs fast when the rate is high. Exact, since the rate is constant between steps.
struct ArrivalClock {
  /// A multiple ≥ 0 of the rate, from a time in seconds on.
  struct Factor: Equatable {
    var from: Double
    var factor: Double
  }

  private let rate: Double
  private let hourly: [Double]
  private let factors: [Factor]
  private var hour = 0
  /// Factors whose time has come, and the last of them.
  private var factorsPassed = 0
  private var factor = 1.0
  /// Seconds since the start of the run; a Double keeps 10⁻⁷ s over a year.
  private(set) var now = 0.0

  static let secondsPerHour = 3_600.0

  /// - Parameter rate: mean arrivals per second.
  /// - Parameter profile: 168 hourly multipliers from Monday 00:00, which is the run's start.
  /// - Parameter factors: In order of time; 1 holds before the first.
  init(rate: Double, profile: WeeklyProfile?, factors: [Factor] = []) {
    self.rate = rate
    self.factors = factors
    hourly = profile?.hourly ?? []
  }

  /// The next arrival after a gap of `gap` mean gaps, in seconds; nil when none comes any more, as
  /// when the profile is zero for a whole week.
  mutating func advance(by gap: Double) -> Double? {
    guard !hourly.isEmpty || !factors.isEmpty else {
      now += gap / rate
      return now
    }
    var left = gap
    var silentHours = 0
    while hourly.isEmpty || silentHours < hourly.count {
      let hourEnd = hourly.isEmpty ? Double.infinity : Double(hour + 1) * Self.secondsPerHour
      let step = factorsPassed < factors.count ? factors[factorsPassed].from : .infinity
      let end = min(hourEnd, step)
      let current = rate * factor * (hourly.isEmpty ? 1 : hourly[hour % hourly.count])
      if current > 0, left <= (end - now) * current {
        now += left / current
        return now
      }
      guard end.isFinite else { return nil }
      left -= (end - now) * current
      now = end
      if step == end {
        factor = factors[factorsPassed].factor
        factorsPassed += 1
      }
      if hourEnd == end { hour += 1 }
      silentHours = current > 0 || factorsPassed < factors.count ? 0 : silentHours + 1
    }
    return nil
  }
}
