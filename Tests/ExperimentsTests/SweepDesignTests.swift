import Statistics
import Testing

@testable import Experiments

@Suite("The points of a sweep") struct SweepDesignTests {
  private func factor(
    _ from: Double, _ to: Double, _ scale: SweepFactor.Scale = .linear, step: Double? = nil
  ) -> SweepFactor {
    SweepFactor(
      path: "x", values: .range(from: from, to: to, scale: scale, step: step, unit: "%"))
  }

  @Test("take both ends of a range and equal steps between") func ranges() {
    #expect([0, 0.25, 1].map { factor(1, 5).text(at: $0) } == ["1%", "2%", "5%"])
    #expect([0, 0.5, 1].map { factor(1, 100, .log).text(at: $0) } == ["1%", "10%", "100%"])
    #expect(
      [0, 0.2499, 0.25, 0.999, 1].map { factor(1, 4, .integer).text(at: $0) } == [
        "1%", "1%", "2%", "4%", "4%",
      ])
    #expect([0, 0.4, 1].map { factor(0, 1, step: 0.25).text(at: $0) } == ["0%", "0.5%", "1%"])
    #expect([0, 0.9, 1].map { factor(0, 1, step: 0.3).text(at: $0) } == ["0%", "0.9%", "0.9%"])
  }

  @Test("are rounded to six digits, whatever their size") func rounding() {
    #expect(factor(0, 1).text(at: 1.0 / 3) == "0.333333%")
    #expect(factor(0, 1e9).text(at: 1.0 / 3) == "333333000%")
    #expect(factor(0, 1e-7).number(at: 1.0 / 3) == 3.33333e-8)
    #expect(factor(-1, 0).text(at: 1.0 / 3) == "-0.666667%")
  }

  @Test(
    "are read back as number and unit",
    arguments: [
      ("5/s", 5, "/s"), ("1_000 FAB", 1000, "FAB"), ("-2.5%", -2.5, "%"), ("1e3", 1000, ""),
      ("3e", 3, "e"), ("0.5 eth", 0.5, "eth"), ("2e-3 gwei", 0.002, "gwei"),
    ])
  func texts(text: String, number: Double, unit: String) {
    #expect(SweepFactor.number(of: text) == number && SweepFactor.unit(of: text) == unit)
    #expect(SweepFactor.number(of: "race") == nil)
  }

  @Test("of a grid take every listed value and the levels of each range") func grid() {
    let factors = [
      factor(0, 1), SweepFactor(path: "y", values: .listed(["a", "b", "c"])),
      factor(1, 2, .integer),
    ]
    #expect(factors.map { $0.gridLevels(standard: 4) } == [4, 3, 2])
    let design = SweepDesign(factors: factors, design: .grid(levels: [2, 3, 2]), seed: 1)
    #expect(design.count == 12)
    #expect(design.texts(at: 0) == ["0%", "a", "1%"] && design.texts(at: 11) == ["1%", "c", "2%"])
    #expect(design.texts(at: 3) == ["0%", "b", "2%"])
  }

  @Test("that break a constraint are left out") func constraints() {
    let factors = [factor(0, 1), factor(0, 1)]
    let design = SweepDesign(
      factors: factors, design: .grid(levels: [5, 5]),
      constraints: [SweepConstraint(.factor(0), .less, .factor(1))], seed: 1)
    #expect(design.count == 10)
    for relation in SweepConstraint.Relation.allCases {
      let held = [(1.0, 2.0), (2, 2), (3, 2)].map { left, _ in
        SweepConstraint(.factor(0), relation, .number(2)).holds { _ in left }
      }
      let expected: [Bool] =
        switch relation {
        case .less: [true, false, false]
        case .lessOrEqual: [true, true, false]
        case .equal: [false, true, false]
        case .unequal: [true, false, true]
        case .greaterOrEqual: [false, true, true]
        case .greater: [false, false, true]
        }
      #expect(held == expected, "\(relation)")
    }
    #expect(!SweepConstraint(.factor(0), .unequal, .number(2)).holds { _ in nil })
  }

  @Test("survive being written and read") func coding() throws {
    let plan = SweepFixture.plan()
    let read = try SweepPlan(decoding: plan.encoded())
    #expect(try read == plan && read.id() == plan.id())
    #expect(try SweepFixture.plan(build: "other").id() != plan.id())
  }
}
