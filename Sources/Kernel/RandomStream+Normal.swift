#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension RandomStream {
  /// Normal with mean 0 and standard deviation 1, by the ziggurat.
  public mutating func standardNormal() -> Double {
    while true {
      let word = nextWord()
      let layer = Ziggurat.normal.layers[Int(word & 255)]
      let draw = word >> 11
      // Bit 8 is free for the sign: the layer takes 0 to 7, the abscissa 11 to 63.
      let sign = word & 256 == 0 ? 1.0 : -1.0
      // Through Int64, since only the signed conversion is one instruction.
      let value = Double(Int64(truncatingIfNeeded: draw)) * layer.scale
      if draw < layer.sureBelow { return sign * value }
      if word & 255 == 0 { return sign * normalTail(from: Ziggurat.normal.tailStart) }
      let height = layer.densityOuter + (layer.densityInner - layer.densityOuter) * uniform()
      if height < exp(-0.5 * value * value) { return sign * value }
    }
  }

  /// - Source: Marsaglia, "Generating a variable from the tail of the normal distribution",
  ///   Technometrics 6(1), 1964.
  private mutating func normalTail(from start: Double) -> Double {
    while true {
      let excess = -log(uniform()) / start
      let height = -log(uniform())
      if 2 * height > excess * excess { return start + excess }
    }
  }

  @inlinable public mutating func normal(mean: Double, standardDeviation: Double) -> Double {
    mean + standardDeviation * standardNormal()
  }

  /// exp of a normal: `logMean` and `logDeviation` belong to the logarithm.
  public mutating func lognormal(logMean: Double, logDeviation: Double) -> Double {
    exp(logMean + logDeviation * standardNormal())
  }
}
