import Statistics
import Testing

@Suite("An experimental design") struct DesignTests {
  private static let all: [ExperimentDesign] = [
    .grid(levels: [3, 1, 4]), .random(points: 50), .latinHypercube(points: 50),
    .sobol(points: 64), .morris(trajectories: 10, levels: 4), .saltelli(base: 16),
  ]

  @Test("has the points that it counts, inside the cube, the same each time", arguments: all)
  func purity(design: ExperimentDesign) {
    let points = design.points(factors: 3, seed: 5)
    #expect(points.count == design.count(factors: 3))
    #expect(points.coordinates.allSatisfy { (0...1).contains($0) })
    #expect(design.points(factors: 3, seed: 5) == points)
    if case .grid = design { return }
    #expect(design.points(factors: 3, seed: 6) != points)
  }

  @Test("counts without overflowing") func overflow() {
    let design = ExperimentDesign.grid(levels: Array(repeating: 1 << 20, count: 5))
    #expect(design.count(factors: 5) == .max)
  }

  @Test("grid is every combination, the last factor fastest") func grid() {
    let points = ExperimentDesign.grid(levels: [2, 3]).points(factors: 2, seed: 0)
    #expect(
      (0..<6).map { Array(points[$0]) } == [
        [0, 0], [0, 0.5], [0, 1], [1, 0], [1, 0.5], [1, 1],
      ])
  }

  @Test("latinHypercube hits every stratum of every axis once") func strata() {
    let points = ExperimentDesign.latinHypercube(points: 40).points(factors: 5, seed: 3)
    for factor in 0..<5 {
      let strata = (0..<40).map { Int(Array(points[$0])[factor] * 40) }
      #expect(strata.sorted() == Array(0..<40))
    }
  }

  @Test("sobol fills dyadic boxes equally, whatever the shift", arguments: [1, 2, 3])
  func boxes(seed: UInt64) {
    let points = ExperimentDesign.sobol(points: 64).points(factors: 2, seed: seed)
    // The first two axes are a (0, 6, 2)-net: each box of area 1/64 holds one point.
    for power in 0...6 {
      let (wide, high) = (1 << power, 1 << (6 - power))
      let boxes = (0..<64).map { index in
        let point = Array(points[index])
        return Int(point[0] * Double(wide)) * high + Int(point[1] * Double(high))
      }
      #expect(boxes.sorted() == Array(0..<64))
    }
  }

  @Test("sobol begins with the points of a longer one") func extension_() {
    let short = ExperimentDesign.sobol(points: 10).points(factors: 4, seed: 1)
    let long = ExperimentDesign.sobol(points: 99).points(factors: 4, seed: 1)
    #expect(Array(long.coordinates.prefix(40)) == short.coordinates)
  }

  @Test("morris moves each factor once a trajectory by half the grid", arguments: [2, 4, 8])
  func trajectories(levels: Int) {
    let points = ExperimentDesign.morris(trajectories: 6, levels: levels).points(
      factors: 3, seed: 9)
    let step = Double(levels) / (2 * Double(levels - 1))
    for trajectory in 0..<6 {
      var moved: [Int] = []
      for index in (4 * trajectory)..<(4 * trajectory + 3) {
        let change = zip(points[index + 1], points[index]).map { $0 - $1 }
        let factors = change.indices.filter { change[$0] != 0 }
        moved += factors
        #expect(factors.count == 1 && abs(abs(change[factors[0]]) - step) < 1e-12)
      }
      #expect(moved.sorted() == [0, 1, 2])
    }
  }

  @Test("saltelli mixes one coordinate of the second sample into the first") func mixtures() {
    let points = ExperimentDesign.saltelli(base: 4).points(factors: 3, seed: 2)
    for row in 0..<4 {
      let a = Array(points[5 * row])
      let b = Array(points[5 * row + 1])
      for factor in 0..<3 {
        var expected = a
        expected[factor] = b[factor]
        #expect(Array(points[5 * row + 2 + factor]) == expected)
      }
    }
  }
}
