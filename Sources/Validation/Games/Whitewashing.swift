import Kernel

/// A host that lives on cheats under one name after the other, or honestly under one.
///
/// Cheats gain 1 each over honest work while unseen, and are seen with `checkRate` each; then the name
/// is worthless, and a new one costs `dues`, the income lost in its probation included.
struct WhitewashingHost {
  var checkRate: Double
  var dues: Double

  /// Gain of cheating over honesty per name, over `lives` names.
  func gainPerLife(_ lives: Int, _ stream: inout RandomStream) -> Double {
    var gain = 0.0
    for _ in 0..<lives {
      gain += Double(stream.geometric(probability: checkRate) - 1) - dues
    }
    return gain / Double(lives)
  }
}
