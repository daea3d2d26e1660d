import Inference
import Kernel

/// Prompt and output lengths of a request, in tokens, each at least 1.
enum LengthSampler {
  /// The trace gives them.
  case fromTrace
  case fixed(prompt: Int32, output: Int32)
  case exponential(prompt: Double, output: Double)
  case lognormal(prompt: LognormalMixture, output: LognormalMixture)
  /// `normal` is the correlation of the copula's normal deviates.
  case correlated(prompt: LognormalMixture, output: LognormalMixture, normal: Double)
  case fitted(prompt: LengthMixture, output: LengthMixture)

  init(_ lengths: RenterCohort.Lengths) {
    switch lengths {
    case .fromTrace: self = .fromTrace
    case .fixed(let prompt, let output):
      self = .fixed(prompt: Int32(prompt), output: Int32(output))
    case .exponential(let prompt, let output):
      self = .exponential(prompt: prompt, output: output)
    case .lognormal(let prompt, let output, correlation: 0):
      self = .lognormal(prompt: prompt, output: output)
    case .lognormal(let prompt, let output, let correlation):
      self = .correlated(
        prompt: prompt, output: output, normal: GaussianCopula.normalCorrelation(correlation))
    case .fitted(let name):
      self = .fittedWorkload(named: name)
    }
  }

  func draw(from stream: inout RandomStream) -> (prompt: Int32, output: Int32) {
    switch self {
    case .fromTrace:
      preconditionFailure("lengths of a trace are read, not drawn")
    case .fixed(let prompt, let output):
      return (prompt, output)
    case .exponential(let prompt, let output):
      return (
        Self.geometric(mean: prompt, from: &stream), Self.geometric(mean: output, from: &stream)
      )
    case .lognormal(let prompt, let output):
      return (prompt.draw(from: &stream), output.draw(from: &stream))
    case .correlated(let prompt, let output, let normal):
      let first = stream.normal(mean: 0, standardDeviation: 1)
      let rest = stream.normal(mean: 0, standardDeviation: 1)
      let second = normal * first + (1 - normal * normal).squareRoot() * rest
      return (prompt.tokens(atDeviate: first), output.tokens(atDeviate: second))
    case .fitted(let prompt, let output):
      return (prompt.draw(from: &stream), output.draw(from: &stream))
    }
  }

  private static func geometric(mean: Double, from stream: inout RandomStream) -> Int32 {
    Int32(min(1_000_000, stream.geometric(probability: 1 / mean)))
  }
}

extension LognormalMixture {
  /// Rounds to the nearest whole token within 1 … `maximum`.
  func draw(from stream: inout RandomStream) -> Int32 {
    let first = weight >= 1 || stream.uniform() < weight
    let tokens = stream.lognormal(
      logMean: first ? mu1 : mu2, logDeviation: first ? sigma1 : sigma2)
    return Int32(min(max(tokens.rounded(), 1), Double(maximum)))
  }
}

extension LengthMixture {
  func draw(from stream: inout RandomStream) -> Int32 {
    let choice = stream.uniform()
    return tokens(choice: choice, deviate: stream.normal(mean: 0, standardDeviation: 1))
  }
}

extension LengthSampler {
  /// - Precondition: The catalogue has the workload; the scenario reader refuses other names.
  static func fittedWorkload(named name: String) -> LengthSampler {
    guard let lengths = Catalogue.lengths.first(where: { $0.name == name }) else {
      preconditionFailure("no workload is called \(name)")
    }
    return .fitted(prompt: lengths.prompt, output: lengths.output)
  }
}
