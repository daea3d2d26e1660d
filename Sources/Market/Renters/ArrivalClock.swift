import Quantities

/// Turns gaps of unit mean into arrival times at a rate that may follow the hours of a week.
///
/// A gap is spent against the cumulative rate, so a renewal process keeps its shape whatever the
/// profile: time runs fast when the profile is high. Exact for the piecewise-constant profile.
struct ArrivalClock {
  private let rate: Double
  private let hourly: [Double]
  private var hour = 0
  /// Seconds since the start of the run; a Double keeps 10⁻⁷ s over a year.
  private(set) var now = 0.0

  static let secondsPerHour = 3_600.0

  /// - Parameter rate: mean arrivals per second.
  /// - Parameter profile: 168 hourly multipliers from Monday 00:00, which is the run's start.
  init(rate: Double, profile: WeeklyProfile?) {
    self.rate = rate
    hourly = profile?.hourly ?? []
  }

  /// The next arrival after a gap of `gap` mean gaps, in seconds; nil when the profile is zero for
  /// a whole week.
  mutating func advance(by gap: Double) -> Double? {
    guard !hourly.isEmpty else {
      now += gap / rate
      return now
    }
    var left = gap
    var silentHours = 0
    while silentHours < hourly.count {
      let hourEnd = Double(hour + 1) * Self.secondsPerHour
      let current = rate * hourly[hour % hourly.count]
      let reach = (hourEnd - now) * current
      if left <= reach, current > 0 {
        now += left / current
        return now
      }
      left -= reach
      now = hourEnd
      hour += 1
      silentHours = current > 0 ? 0 : silentHours + 1
    }
    return nil
  }
}
