#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RandomStream {
  /// Gamma with the given shape and scale; the mean is their product.
  ///
  /// The number of words varies, so draw from a stream of the event's own where common random
  /// numbers matter.
  ///
  /// - Precondition: both parameters are positive.
  /// - Source: Marsaglia, Tsang, "A simple method for generating gamma variables", ACM TOMS 26(3),
  ///   2000; shapes below 1 by their boost U^(1/shape).
  public mutating func gamma(shape: Double, scale: Double) -> Double {
    precondition(shape > 0 && scale > 0, "a gamma variate needs a positive shape and scale")
    if shape < 1 {
      let boost = pow(uniform(), 1 / shape)
      return boost * gamma(shape: shape + 1, scale: scale)
    }
    let d = shape - 1.0 / 3
    let c = 1 / (9 * d).squareRoot()
    while true {
      let x = standardNormal()
      let root = 1 + c * x
      guard root > 0 else { continue }
      let v = root * root * root
      let u = uniform()
      if u < 1 - 0.0331 * (x * x) * (x * x) { return d * v * scale }
      if log(u) < 0.5 * x * x + d * (1 - v + log(v)) { return d * v * scale }
    }
  }
}
