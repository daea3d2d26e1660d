@testable import Inference

/// Deployments that the tests share.
enum Fixture {
  static func deployment(
    _ gpu: String, _ served: String, engine: String = "vllm-new",
    parallelism: Parallelism = .single, coefficients: CoefficientLevel = .kernelWhereProfiled
  ) throws -> Deployment {
    Deployment(
      gpu: try Catalogue.gpu(gpu), serving: try ServedModel(parsing: served),
      engine: try Catalogue.engine(engine), parallelism: parallelism, coefficients: coefficients)
  }

  /// A law that only reads weights: every step takes `seconds`, whatever it holds.
  static func constantLaw(seconds: Double) -> StepLaw {
    StepLaw(overheadPerStep: seconds)
  }
}
