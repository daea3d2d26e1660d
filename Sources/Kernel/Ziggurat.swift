#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// 256 layers of equal area under a decreasing density on x ≥ 0, for sampling by rejection.
///
/// - Source: Marsaglia, Tsang, "The ziggurat method for generating random variables", J. Stat. Softw.
///   5(8), 2000; with a layer index and a 53-bit abscissa from separate bits of one word, as Doornik
///   (2005) advises.
struct Ziggurat: Sendable {
  struct Layer: BitwiseCopyable, Sendable {
    /// Abscissa of the layer's right edge per unit of a 53-bit draw.
    var scale: Double
    /// Draws below it lie under the density without a look at it.
    var sureBelow: UInt64
    /// The density at the layer's outer edge and at the next one inward.
    var densityOuter: Double
    var densityInner: Double
  }

  /// Where the tail begins.
  let tailStart: Double
  let layers: InlineArray<256, Layer>

  /// - Parameters:
  ///   - tailStart: The right edge of the lowest layer's rectangle.
  ///   - area: What each layer covers; the lowest one's includes the tail.
  ///   - density: Decreasing from 1 at 0.
  ///   - inverse: Its inverse on (0, 1].
  init(
    tailStart: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) {
    self.tailStart = tailStart
    // Edges from the outermost inward: x[0] is the width of a rectangle as large as base and tail.
    var edges = [area / density(tailStart), tailStart]
    for _ in 2..<256 {
      let outer = edges[edges.count - 1]
      edges.append(inverse(density(outer) + area / outer))
    }
    edges.append(0)
    layers = InlineArray { index in
      Layer(
        scale: edges[index] * 0x1p-53,
        sureBelow: UInt64(edges[index + 1] / edges[index] * 0x1p53),
        densityOuter: index == 0 ? 0 : density(edges[index]),
        densityInner: density(edges[index + 1]))
    }
  }

  static let exponential = Ziggurat(
    tailStart: 7.697_117_470_131_050, area: 0.003_949_659_822_581_557_2,
    density: { exp(-$0) }, inverse: { -log($0) })

  static let normal = Ziggurat(
    tailStart: 3.654_152_885_361_009, area: 0.004_928_673_233_974_655_3,
    density: { exp(-0.5 * $0 * $0) }, inverse: { (-2 * log($0)).squareRoot() })
}
