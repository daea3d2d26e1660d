import CGSL

/// The stream as GSL sees it: a generator type whose state is a `RandomStream` in place.
private enum StreamGeneratorType {
  // One constant for the whole process, never written after its initialisation and never freed.
  nonisolated(unsafe) static let pointer: UnsafePointer<gsl_rng_type> = {
    let name: StaticString = "marketsim-philox4x64"
    let type = UnsafeMutablePointer<gsl_rng_type>.allocate(capacity: 1)
    unsafe type.initialize(
      to: gsl_rng_type(
        name: UnsafeRawPointer(name.utf8Start).assumingMemoryBound(to: CChar.self),
        max: UInt.max, min: 0, size: MemoryLayout<RandomStream>.size,
        // Streams are keyed, not seeded: what GSL asks to seed would no longer be named.
        set: { _, _ in fatalError("a random stream cannot be reseeded") },
        get: { unsafe UInt($0!.assumingMemoryBound(to: RandomStream.self).pointee.nextWord()) },
        get_double: { unsafe $0!.assumingMemoryBound(to: RandomStream.self).pointee.uniform() }))
    return unsafe UnsafePointer(type)
  }()
}

extension RandomStream {
  /// Lends the stream to a GSL sampler, which advances it; nothing is allocated.
  @unsafe mutating func withGSL<Result>(
    _ sample: (UnsafePointer<gsl_rng>) -> Result
  ) -> Result {
    unsafe withUnsafeMutablePointer(to: &self) { state in
      var generator = unsafe gsl_rng(
        type: StreamGeneratorType.pointer, state: UnsafeMutableRawPointer(state))
      return unsafe withUnsafePointer(to: &generator) { unsafe sample($0) }
    }
  }

  /// Number of events in a unit of time in which `mean` are expected.
  public mutating func poisson(mean: Double) -> Int {
    precondition(mean >= 0 && mean < 1e9, "a Poisson mean lies in 0 ..< 1e9")
    return unsafe withGSL { Int(unsafe gsl_ran_poisson($0, mean)) }
  }

  /// Successes in `trials` with the given probability.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(trials >= 0 && trials <= Int(UInt32.max), "trials lie in 0 ... 2³² − 1")
    precondition(probability >= 0 && probability <= 1, "a probability lies in 0 ... 1")
    return unsafe withGSL { Int(unsafe gsl_ran_binomial($0, probability, UInt32(trials))) }
  }

  public mutating func beta(_ a: Double, _ b: Double) -> Double {
    precondition(a > 0 && b > 0, "a beta variate needs positive parameters")
    return unsafe withGSL { unsafe gsl_ran_beta($0, a, b) }
  }

  public mutating func weibull(shape: Double, scale: Double) -> Double {
    precondition(shape > 0 && scale > 0, "a Weibull variate needs a positive shape and scale")
    return unsafe withGSL { unsafe gsl_ran_weibull($0, scale, shape) }
  }

  /// Pareto with minimum `scale` and tail exponent `shape`.
  public mutating func pareto(shape: Double, scale: Double) -> Double {
    precondition(shape > 0 && scale > 0, "a Pareto variate needs a positive shape and scale")
    return unsafe withGSL { unsafe gsl_ran_pareto($0, shape, scale) }
  }

  /// Trials up to and including the first success.
  public mutating func geometric(probability: Double) -> Int {
    precondition(probability > 0 && probability <= 1, "the probability lies in (0, 1]")
    return unsafe withGSL { Int(unsafe gsl_ran_geometric($0, probability)) }
  }
}
