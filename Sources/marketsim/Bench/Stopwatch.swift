import CGSL
import Foundation

/// Measures what the whole program spends.
enum Stopwatch {
  /// Wall-clock nanoseconds of `work`, the median of several runs.
  ///
  /// `work` warms itself up outside the interval that it returns.
  static func medianNanoseconds(runs: Int, of work: () -> Double) -> Double {
    let measured = (0..<runs).map { _ in work() }.sorted()
    return measured[runs / 2]
  }

  /// Wall-clock nanoseconds of one execution.
  static func nanoseconds(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let taken = clock.measure(body).components
    return Double(taken.seconds) * 1e9 + Double(taken.attoseconds) * 1e-9
  }

  /// The process's largest resident memory so far, in bytes.
  static var peakMemory: Int {
    var usage = rusage()
    #if os(Linux)
      guard unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 else { return 0 }
      return usage.ru_maxrss * 1_024
    #else
      guard unsafe getrusage(RUSAGE_SELF, &usage) == 0 else { return 0 }
      return usage.ru_maxrss
    #endif
  }

  /// Bytes that the C allocator has handed out and not taken back; nil where it does not tell.
  static var allocatedBytes: Int? {
    let bytes = cgsl_allocated_bytes()
    return bytes < 0 ? nil : bytes
  }
}
