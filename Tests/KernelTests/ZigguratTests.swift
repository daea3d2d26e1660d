import Foundation
import Testing

@testable import Kernel

@Suite("The ziggurats") struct ZigguratTests {
  /// The construction: from the outermost layer inward, each as large as the others.
  ///
  /// - Parameter area: What each layer covers; the outermost one's includes the tail.
  private func layers(
    tailStart: Double, area: Double, density: (Double) -> Double, inverse: (Double) -> Double
  ) -> [Ziggurat.Layer] {
    // edges[0] is the width of a rectangle as large as base and tail.
    var edges = [area / density(tailStart), tailStart]
    for index in 2..<256 {
      let outer = edges[index - 1]
      edges.append(inverse(density(outer) + area / outer))
    }
    // The innermost layer must end at the top of the density, or the areas are not equal.
    #expect(abs(density(edges[255]) + area / edges[255] - 1) < 1e-12)
    edges.append(0)
    return (0..<256).map { index in
      Ziggurat.Layer(
        edges[index] * 0x1p-53, UInt64(edges[index + 1] / edges[index] * 0x1p53),
        index == 0 ? 0 : density(edges[index]), density(edges[index + 1]))
    }
  }

  private func expect(_ ziggurat: Ziggurat, isMadeOf expected: [Ziggurat.Layer]) {
    for index in 0..<256 {
      let (got, want) = (ziggurat.layers[index], expected[index])
      // Equal up to how another platform rounds `exp` and `log`.
      #expect(abs(got.scale - want.scale) <= 1e-14 * want.scale, "layer \(index)")
      #expect(abs(Int64(got.sureBelow) - Int64(want.sureBelow)) < 1_000, "layer \(index)")
      #expect(abs(got.densityOuter - want.densityOuter) < 1e-14, "layer \(index)")
      #expect(abs(got.densityInner - want.densityInner) < 1e-14, "layer \(index)")
    }
  }

  @Test("lie under the exponential density") func exponential() {
    expect(
      .exponential,
      isMadeOf: layers(
        tailStart: Ziggurat.exponential.tailStart, area: 0.003_949_659_822_581_557_2,
        density: { exp(-$0) }, inverse: { -log($0) }))
  }

  @Test("lie under the normal density") func normal() {
    expect(
      .normal,
      isMadeOf: layers(
        tailStart: Ziggurat.normal.tailStart, area: 0.004_928_673_233_974_655_3,
        density: { exp(-0.5 * $0 * $0) }, inverse: { (-2 * log($0)).squareRoot() }))
  }
}
