import Quantities

/// A period of a host that learns how to play, of which verdicts may still come.
struct Lesson: BitwiseCopyable {
  /// Of its bandit: 0 for the other parts of its conduct, 1 for honest work.
  var arm: UInt8
  /// The work of the period was completed after this instant and up to that one.
  var from: SimTime
  var until: SimTime
  /// USD so far.
  var profit: Double
}
