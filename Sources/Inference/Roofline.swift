/// Products with one set of weights: read once per step, multiplied with every token of the step.
///
/// Time is the p-norm of the two, [reading^p + (tokens·work)^p]^(1/p): the sum for p = 1, the larger
/// of the two for large p.
struct Roofline: Equatable, Sendable {
  /// Seconds to read the weights.
  var reading: Double
  /// Seconds of products per token.
  var perToken: Double
  var exponent: Double

  static let none = Roofline(reading: 0, perToken: 0, exponent: 1)

  /// - Parameter share: Of the weights that have to be read.
  func time(tokens: Double, readingShare share: Double = 1) -> Double {
    let (read, multiplied) = (reading * share, tokens * perToken)
    let larger = max(read, multiplied)
    guard larger > 0 else { return 0 }
    let ratio = min(read, multiplied) / larger
    return larger * power(1 + power(ratio, exponent), 1 / exponent)
  }
}
