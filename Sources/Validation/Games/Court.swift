import CGSL
import Kernel

/// Juries that vote by majority, each of whose members errs alone; a party may appeal to a larger one.
struct Court {
  /// Odd, in the order of the appeals.
  var juries = [3, 7, 15, 31, 63]
  /// Chance of each juror to vote wrongly.
  var error: Double

  /// Jurors who decide in vain unless bribed, through all verdicts up to and with that many appeals.
  func jurorsToBribe(appeals: Int) -> Int {
    juries.prefix(appeals + 1).reduce(0) { $0 + $1 / 2 + 1 }
  }

  /// Chance that one jury errs.
  func chanceOfError(jury: Int) -> Double {
    gsl_cdf_binomial_Q(UInt32(juries[jury] / 2), error, UInt32(juries[jury]))
  }

  /// Whether the last verdict is wrong where the right side appeals every wrong one, as far as
  /// `appeals` allows, and the wrong side none.
  func errs(appeals: Int, _ stream: inout RandomStream) -> Bool {
    for jury in juries.prefix(appeals + 1) {
      if stream.binomial(trials: jury, probability: error) <= jury / 2 { return false }
    }
    return true
  }
}
