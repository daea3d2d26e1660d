import EVM
import Quantities
import Testing

@Suite("A step series") struct StepSeriesTests {
  @Test("refuses what is empty, late, unsorted or absurd, and says where") func defects() {
    #expect(throws: StepSeries.Defect.empty) { try StepSeries([]) }
    #expect(throws: StepSeries.Defect.startsLate) {
      try StepSeries([(.zero + .seconds(1), 1)])
    }
    #expect(throws: StepSeries.Defect.notAscending(index: 2)) {
      try StepSeries([(.zero, 1), (.zero + .seconds(1), 1), (.zero + .seconds(1), 2)])
    }
    #expect(throws: StepSeries.Defect.absurdValue(index: 1)) {
      try StepSeries([(.zero, 1), (.zero + .seconds(1), -1)])
    }
    #expect(throws: StepSeries.Defect.absurdValue(index: 0)) {
      try StepSeries([(.zero, .nan)])
    }
  }

  @Test("holds each value until the next") func steps() throws {
    let series = try StepSeries([(.zero, 1), (.zero + .seconds(5), 2), (.zero + .seconds(9), 3)])
    let at = { (seconds: Int64) in series.value(at: .zero + .seconds(seconds)) }
    #expect([0, 4, 5, 8, 9, 1_000].map(at) == [1, 1, 2, 2, 3, 3])
  }
}
