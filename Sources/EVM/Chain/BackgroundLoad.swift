public import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Everybody else's demand for gas at the reference base fee, as a share of the gas target.
public enum BackgroundLoad: Hashable, Sendable {
  /// 0 or more.
  case constant(Double)
  /// A sine over the day around `mean`, with `amplitude` 0 … 1 relative to it, highest at
  /// `peakHour` 0 … 24 of the simulation's clock.
  case diurnal(mean: Double, amplitude: Double, peakHour: Double)
  /// A recorded load.
  case series(StepSeries)

  /// The share in force at `time`, 0 or more.
  public func share(at time: SimTime) -> Double {
    switch self {
    case .constant(let share): return share
    case .diurnal(let mean, let amplitude, let peakHour):
      let turns = (time.seconds / 3_600 - peakHour) / 24
      return mean * (1 + amplitude * cos(2 * Double.pi * turns))
    case .series(let series): return series.value(at: time)
    }
  }
}
