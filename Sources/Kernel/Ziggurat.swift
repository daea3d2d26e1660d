/// 256 layers of equal area under a decreasing density on x ≥ 0, for sampling by rejection.
///
/// The layers are literals, so that they need no initialisation (whose check at every draw cost a
/// quarter of the draw) and do not depend on a platform's `exp` and `log`.
///
/// - Source: Marsaglia, Tsang, "The ziggurat method for generating random variables", J. Stat. Softw.
///   5(8), 2000; with a layer index and a 53-bit abscissa from separate bits of one word, as Doornik
///   (2005) advises.
struct Ziggurat: Sendable {
  struct Layer: BitwiseCopyable, Sendable {
    /// Abscissa of the layer's right edge per unit of a 53-bit draw.
    let scale: Double
    /// Draws below it lie under the density without a look at it.
    let sureBelow: UInt64
    /// The density at the layer's outer edge and at the next one inward.
    let densityOuter: Double
    let densityInner: Double

    init(_ scale: Double, _ sureBelow: UInt64, _ densityOuter: Double, _ densityInner: Double) {
      self.scale = scale
      self.sureBelow = sureBelow
      self.densityOuter = densityOuter
      self.densityInner = densityInner
    }
  }

  /// Where the tail begins.
  let tailStart: Double
  let layers: InlineArray<256, Layer>
}
