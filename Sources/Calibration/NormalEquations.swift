private import CGSL

/// AᵀWA·x = −AᵀWr of a weighted least-squares step, filled from sparse rows.
struct NormalEquations {
  private let size: Int
  /// Row by row; the lower triangle is filled.
  private var matrix: [Double]
  private var gradient: [Double]

  init(size: Int) {
    self.size = size
    matrix = Array(repeating: 0, count: size * size)
    gradient = Array(repeating: 0, count: size)
  }

  mutating func add(_ slopes: [FitProblem.Slope], residual: Double, weight: Double) {
    for first in slopes {
      let weighted = first.value * weight
      gradient[first.coefficient] += weighted * residual
      let row = first.coefficient * size
      for second in slopes where second.coefficient <= first.coefficient {
        matrix[row + second.coefficient] += weighted * second.value
      }
    }
  }

  mutating func addPrior(_ index: Int, deviation: Double, precision: Double) {
    matrix[index * size + index] += precision
    gradient[index] += precision * deviation
  }

  /// The step downhill, with the diagonal enlarged by the share `damping`.
  ///
  /// The matrix is positive definite, because every unknown has a prior.
  func solve(damping: Double) -> [Double] {
    var enlarged = matrix
    for index in 0..<size { enlarged[index * size + index] *= 1 + damping }
    var step = gradient.map { -$0 }
    unsafe enlarged.withUnsafeMutableBufferPointer { values in
      unsafe step.withUnsafeMutableBufferPointer { right in
        var matrix = unsafe gsl_matrix_view_array(values.baseAddress, size, size)
        var vector = unsafe gsl_vector_view_array(right.baseAddress, size)
        unsafe gsl_linalg_cholesky_decomp1(&matrix.matrix)
        unsafe gsl_linalg_cholesky_svx(&matrix.matrix, &vector.vector)
      }
    }
    return step
  }
}
