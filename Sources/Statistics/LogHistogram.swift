/// Counts of magnitudes in 256 equal buckets per power of two, for quantiles in fixed space.
///
/// A bucket is at most 1/256 (0.39 %) wide. Range 2⁻⁴⁰ … 2⁶⁴ (9·10⁻¹³ … 1.8·10¹⁹); smaller magnitudes
/// count as zero, larger ones in the last bucket, and `Quantiles` keeps the exact extremes. 213 KB,
/// allocated once, of which a metric touches a few; the bucket is cut out of the bit pattern of the
/// double, so recording takes no logarithm.
///
/// - Source: The bucketing of HdrHistogram with the mantissa in place of sub-bucket masks.
@usableFromInline struct LogHistogram: Sendable {
  @usableFromInline static let bucketBits = 8
  @usableFromInline static let lowestExponent = -40
  @usableFromInline static let highestExponent = 63
  @usableFromInline static let bucketCount = (highestExponent - lowestExponent + 1) << bucketBits

  /// Bucket 0 is zero; bucket i > 0 is the i-th from the smallest magnitude.
  @usableFromInline var counts: [UInt64]

  @usableFromInline init() { counts = Array(repeating: 0, count: Self.bucketCount + 1) }

  /// - Precondition: `magnitude` ≥ 0, not NaN.
  @inlinable mutating func record(_ magnitude: Double) {
    counts[Self.bucket(of: magnitude)] += 1
  }

  @inlinable static func bucket(of magnitude: Double) -> Int {
    // Exponent and leading mantissa bits of an IEEE double are already a logarithmic bucket number.
    let shift = Double.significandBitCount - bucketBits
    let origin = (1023 + lowestExponent) << bucketBits
    let index = Int(truncatingIfNeeded: magnitude.bitPattern >> UInt64(shift)) - origin + 1
    return Swift.min(Swift.max(index, 0), bucketCount)
  }

  /// What lies at `share` of the way through bucket `index`, 0 … 1.
  static func value(in index: Int, at share: Double) -> Double {
    guard index > 0 else { return 0 }
    let shift = Double.significandBitCount - bucketBits
    let pattern = UInt64(index - 1 + (1023 + lowestExponent) << bucketBits) << UInt64(shift)
    let low = Double(bitPattern: pattern)
    let high = Double(bitPattern: pattern + 1 << UInt64(shift))
    return low + (high - low) * share
  }

  mutating func merge(_ other: LogHistogram) {
    for index in counts.indices { counts[index] += other.counts[index] }
  }
}
