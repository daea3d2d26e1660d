package import Inference

/// The fit of all coefficients, and how well it foretells groups that it has not seen.
package struct Calibration {
  package let set: MeasurementSet
  package let table: CoefficientTable
  private let problem: FitProblem
  /// Targets of ordinary attention, from which all coefficients come that they bear on.
  private let ordinary: [Int]

  /// Ordinary attention first; then what only windowed and latent attention know, all else held.
  package init(_ set: MeasurementSet, priors: CoefficientTable) {
    self.set = set
    problem = FitProblem(set, priors)
    let ordinary = set.targets.indices.filter {
      set.rows[set.targets[$0].row].attention == .ordinary
    }
    self.ordinary = ordinary
    let first = CoefficientFit(problem, choosing: ordinary)
    let isSettled = problem.touched(by: ordinary)
    let second = CoefficientFit(
      problem, choosing: Array(set.targets.indices), from: first.solution,
      isFree: isSettled.map { !$0 })
    table = second.table
  }

  /// Errors of each ordinary target under a fit that saw no row of its group; nil for the others.
  ///
  /// - Parameter folds: Parts into which groups fall, by a hash of their names and the seed.
  package func crossValidated(folds: Int, seed: UInt64) -> [Double?] {
    var errors = [Double?](repeating: nil, count: set.targets.count)
    for fold in 0..<folds {
      func isHeldOut(_ target: Int) -> Bool {
        Self.fold(of: set.rows[set.targets[target].row].group, folds, seed) == fold
      }
      // From the priors: the solution of all targets has seen those held out.
      let fit = CoefficientFit(problem, choosing: ordinary.filter { !isHeldOut($0) })
      let all = set.errors(fit.table)
      for target in ordinary where isHeldOut(target) { errors[target] = all[target] }
    }
    return errors
  }

  /// FNV-1a, so that folds depend on nothing but names and seed.
  private static func fold(of group: String, _ folds: Int, _ seed: UInt64) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ seed
    for byte in group.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    hash ^= hash >> 29
    return Int(hash % UInt64(folds))
  }
}
