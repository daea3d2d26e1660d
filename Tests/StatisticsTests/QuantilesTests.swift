import Foundation
import Testing

@testable import Statistics

@Suite("Quantiles") struct QuantilesTests {
  static let shares = [0, 0.001, 0.1, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1]

  @Test("are exact up to 1,024 observations, interpolated as type 7") func exact() {
    let quantiles = Quantiles([4, 1, 3, 2])
    #expect(quantiles.isExact)
    #expect(quantiles.value(at: 0) == 1)
    #expect(quantiles.value(at: 0.5) == 2.5)
    #expect(quantiles.value(at: 0.9) == 3.7)
    #expect(quantiles.value(at: 1) == 4)
    #expect(Quantiles((0..<1024).map(Double.init)).isExact)
    #expect(!Quantiles((0..<1025).map(Double.init)).isExact)
    #expect(Quantiles().value(at: 0.5).isNaN)
    #expect(Quantiles([7]).value(at: 0.3) == 7)
  }

  @Test("stay within 0.5 % of the exact ones, over ten decades and both signs", arguments: 1...8)
  func errorBound(seed: UInt64) {
    var stream = SampleStream(seed: seed)
    let values = (0..<20_000).map { _ in
      let magnitude = exp(5 * stream.normal())
      return seed.isMultiple(of: 2) && stream.uniform() < 0.3 ? -magnitude : magnitude
    }
    let quantiles = Quantiles(values)
    let sorted = values.sorted()
    #expect(!quantiles.isExact)
    // Order statistics, since between two of opposite sign no relative bound can hold.
    for rank in stride(from: 0, to: values.count, by: 97) {
      let share = Double(rank) / Double(values.count - 1)
      let got = quantiles.value(at: share)
      let neighbours = [sorted[max(rank - 1, 0)], sorted[rank], sorted[min(rank + 1, 19_999)]]
      let error = neighbours.map { abs(got / $0 - 1) }.min() ?? .infinity
      #expect(error <= 0.005, "seed \(seed), rank \(rank): \(got) for \(sorted[rank])")
    }
    #expect(quantiles.value(at: 0) == sorted[0] && quantiles.value(at: 1) == sorted[19_999])
  }

  @Test("have buckets no wider than 0.4 %, and stay within them") func buckets() {
    for index in [1, 2, 255, 256, 257, 5000, LogHistogram.bucketCount] {
      let (low, high) = (LogHistogram.value(in: index, at: 0), LogHistogram.value(in: index, at: 1))
      #expect(high / low <= 1.004)
      #expect(LogHistogram.bucket(of: low) == index)
      #expect(LogHistogram.bucket(of: high.nextDown) == index)
      #expect(LogHistogram.value(in: index, at: 0.25) == 0.75 * low + 0.25 * high)
    }
    #expect(LogHistogram.bucket(of: 0x1p-40) == 1)
    #expect(LogHistogram.bucket(of: (0x1p-40).nextDown) == 0)
    #expect(LogHistogram.bucket(of: 0) == 0)
    #expect(LogHistogram.bucket(of: (0x1p64).nextDown) == LogHistogram.bucketCount)
    #expect(LogHistogram.bucket(of: .greatestFiniteMagnitude) == LogHistogram.bucketCount)
  }

  @Test("follow an even law far below the width of a bucket, on either side of zero")
  func even() {
    // 100,001 numbers from 1.000 to 1.002, all in the same bucket.
    let values = (0...100_000).map { 1 + 0.002 * Double($0) / 100_000 }
    for sign in [1.0, -1] {
      let quantiles = Quantiles(values.map { $0 * sign } + [sign, sign * 3])
      #expect(quantiles.value(at: 0.9) - quantiles.value(at: 0.1) > 0.001)
    }
    // Whole buckets: 1,000,000 numbers evenly over an octave.
    let octave = Quantiles((0..<1_000_000).map { 1 + Double($0) / 1_000_000 })
    for share in [0.1, 0.37, 0.5, 0.95] {
      #expect(abs(octave.value(at: share) - (1 + share)) < 1e-5)
    }
  }

  @Test("do not depend on how observations were grouped", arguments: [10, 600, 1024, 1025, 5000])
  func merging(count: Int) {
    var stream = SampleStream(seed: 9)
    let values = (0..<count).map { _ in stream.exponential() - 0.2 }
    let whole = Quantiles(values)
    for parts in [2, 3, 7] {
      var forward = Quantiles()
      var backward = Quantiles()
      let size = (count + parts - 1) / parts
      let groups = stride(from: 0, to: count, by: size).map {
        Quantiles(values[$0..<min($0 + size, count)])
      }
      for group in groups { forward.merge(group) }
      for group in groups.reversed() { backward.merge(group) }
      for share in Self.shares {
        #expect(forward.value(at: share) == whole.value(at: share))
        #expect(backward.value(at: share) == whole.value(at: share))
      }
      #expect(forward.count == count && forward.isExact == whole.isExact)
    }
  }
}
