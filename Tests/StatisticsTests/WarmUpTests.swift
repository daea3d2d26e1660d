import Foundation
import Testing

@testable import Statistics

@Suite("The end of a warm-up") struct WarmUpTests {
  @Test("is found where a step ends") func step() throws {
    var stream = SampleStream(seed: 5)
    let batches = (0..<400).map { $0 < 37 ? 10 + stream.normal() : stream.normal() }
    let warmUp = try #require(WarmUp(removedFrom: batches))
    #expect((37...40).contains(warmUp.deleted))
    #expect(!warmUp.isUndetermined)
    #expect(abs(warmUp.mean) < 0.2)
  }

  @Test("removes the bias of a decaying transient") func decay() throws {
    var stream = SampleStream(seed: 6)
    let batches = (0..<2000).map { 20 * exp(-Double($0) / 40) + stream.normal() }
    let warmUp = try #require(WarmUp(removedFrom: batches))
    let kept = batches[warmUp.deleted...]
    #expect(abs(Tally(batches).mean) > 0.35)
    #expect(abs(warmUp.mean) < 0.1)
    #expect(abs(warmUp.mean - Tally(kept).mean) < 1e-12)
  }

  @Test("minimises the statistic over every truncation", arguments: 10...40) func twin(count: Int) {
    var stream = SampleStream(seed: UInt64(count))
    let batches = (0..<count).map { 3 / Double($0 + 1) + stream.normal() }
    let errors = (0...(count / 2)).map { deleted in
      let kept = batches[deleted...]
      let mean = kept.reduce(0, +) / Double(kept.count)
      let squares = kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return squares / Double(kept.count * kept.count)
    }
    let best = errors.indices.min { errors[$0] < errors[$1] }
    #expect(WarmUp(removedFrom: batches)?.deleted == best)
  }

  @Test("is undetermined when the run is all transient, and unknown below ten batches")
  func tooShort() {
    #expect(WarmUp(removedFrom: (0..<100).map { Double($0) })?.isUndetermined == true)
    #expect(WarmUp(removedFrom: Array(repeating: 1, count: 9)) == nil)
    #expect(WarmUp(removedFrom: Array(repeating: 1, count: 10))?.deleted == 0)
  }

  @Test("works on batch means that fit any run in bounded memory") func batches() {
    var series = BatchSeries(capacity: 8)
    for value in 0..<39 { series.record(Double(value)) }
    #expect(series.batchSize == 5)
    #expect(series.means == [2, 7, 12, 17, 22, 27, 32])
    series.record(39)
    #expect(series.batchSize == 10)
    #expect(series.means == [4.5, 14.5, 24.5, 34.5])
    for value in 40..<100_000 { series.record(Double(value)) }
    #expect(series.means.count < 8 && series.means.count >= 4)
    let first = Double(series.batchSize - 1) / 2
    #expect(series.means[0] == first)
  }
}
