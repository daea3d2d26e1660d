internal import CGSL
internal import Kernel

extension ExperimentDesign {
  /// The first `count` points of the Sobol' sequence, each axis XORed with random bits of its own.
  ///
  /// The shift keeps the sequence's equal filling of dyadic boxes (best for powers of two) and moves
  /// it off the corner with the seed. GSL leaves out the sequence's first point, the origin, without
  /// which the filling is not equal; it is put back.
  ///
  /// - Source: Bratley, Fox, ACM TOMS 14(1), 1988, as in GSL; shift: Owen, "Randomized QMC", 1998.
  static func sobol(_ count: Int, _ dimensions: Int, _ seed: UInt64) -> UnitPoints {
    precondition(dimensions <= sobolDimensions, "GSL's Sobol' sequence has 40 dimensions")
    var bits = stream("sobol", seed: seed, entity: 0)
    let shifts = (0..<dimensions).map { _ in bits.nextWord() >> 34 }
    var points = UnitPoints(dimensions: dimensions, reserving: count)
    guard let sequence = unsafe gsl_qrng_alloc(cgsl_qrng_sobol(), UInt32(dimensions)) else {
      preconditionFailure("no memory for a Sobol' sequence")
    }
    defer { unsafe gsl_qrng_free(sequence) }
    var raw = [Double](repeating: 0, count: dimensions)
    for point in 0..<count {
      // `raw` holds one double for each dimension, which is what GSL writes.
      if point > 0 { _ = unsafe gsl_qrng_get(sequence, &raw) }
      points.append(
        zip(raw, shifts).map { (Double(UInt64($0 * 0x1p30) ^ $1) + 0.5) * 0x1p-30 })
    }
    return points
  }

  /// For each base row j: A_j, B_j, then A_j with coordinate i of B_j for each factor i.
  ///
  /// - Source: Saltelli et al., Computer Physics Communications 181(2), 2010.
  static func saltelli(_ base: Int, _ factors: Int, _ seed: UInt64) -> UnitPoints {
    let pairs = sobol(base, 2 * factors, seed)
    var points = UnitPoints(dimensions: factors, reserving: base * (factors + 2))
    for row in 0..<base {
      let pair = Array(pairs[row])
      let (a, b) = (pair[..<factors], pair[factors...])
      points.append(a)
      points.append(b)
      for factor in 0..<factors {
        var mixed = a
        mixed[factor] = b[factors + factor]
        points.append(mixed)
      }
    }
    return points
  }

  /// Each trajectory starts on the grid of `levels` and moves every factor once by half the grid,
  /// in random order and direction.
  ///
  /// - Source: Morris, Technometrics 33(2), 1991.
  static func morris(
    _ trajectories: Int, _ levels: Int, _ factors: Int, _ seed: UInt64
  ) -> UnitPoints {
    precondition(levels >= 2 && levels.isMultiple(of: 2), "Morris levels are even")
    let half = levels / 2
    var points = UnitPoints(dimensions: factors, reserving: trajectories * (factors + 1))
    for trajectory in 0..<trajectories {
      var stream = stream("morris", seed: seed, entity: trajectory)
      var place = (0..<factors).map { _ in stream.below(levels) }
      func coordinates() -> [Double] { place.map { Double($0) / Double(levels - 1) } }
      points.append(coordinates())
      for factor in stream.permutation(of: factors) {
        place[factor] += place[factor] < half ? half : -half
        points.append(coordinates())
      }
    }
    return points
  }
}
