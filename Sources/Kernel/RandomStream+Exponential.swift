public import Quantities

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RandomStream {
  /// Exponential with mean 1, by the ziggurat: 1.01 words on average.
  public mutating func standardExponential() -> Double {
    while true {
      let word = nextWord()
      let layer = Ziggurat.exponential.layers[Int(word & 255)]
      let draw = word >> 11
      // Through Int64, since only the signed conversion is one instruction.
      let value = Double(Int64(truncatingIfNeeded: draw)) * layer.scale
      if draw < layer.sureBelow { return value }
      if word & 255 == 0 {
        // Memoryless: the tail is the density again, moved.
        return Ziggurat.exponential.tailStart - log(uniform())
      }
      let height = layer.densityOuter + (layer.densityInner - layer.densityOuter) * uniform()
      if height < exp(-value) { return value }
    }
  }

  @inlinable public mutating func exponential(mean: Double) -> Double {
    mean * standardExponential()
  }

  /// An exponential span, rounded down to whole ticks.
  ///
  /// - Precondition: `mean` is at most 2⁵⁶ ns (2.3 years), so that no draw leaves the clock.
  @inlinable public mutating func exponential(mean: SimDuration) -> SimDuration {
    SimDuration(nanoseconds: Int64(Double(mean.nanoseconds) * standardExponential()))
  }
}
