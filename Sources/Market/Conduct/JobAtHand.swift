/// What a host knows of a job when its prompt is there.
struct JobAtHand: BitwiseCopyable {
  /// It will not be paid without a proof.
  var isProven: Bool
  /// The host's stored score.
  var score: UInt32
}

/// What a host does with a job in place of the work.
enum Deed: BitwiseCopyable {
  /// Sends a result that it made up, at once.
  case makeUp
  /// Never comes back to it.
  case forget
}

/// A deed that a host would do, and how it judges whether that pays.
struct Temptation: BitwiseCopyable {
  var deed: Deed
  /// Nil: it does not ask.
  var weighing: Weighing?
}
