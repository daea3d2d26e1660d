import Kernel

/// Prompt and output lengths of a request, in tokens, each at least 1.
enum LengthSampler {
  /// The trace gives them.
  case fromTrace
  case fixed(prompt: Int32, output: Int32)
  case lognormal(prompt: LognormalMixture, output: LognormalMixture)

  init(_ lengths: RenterCohort.Lengths) {
    switch lengths {
    case .fromTrace: self = .fromTrace
    case .fixed(let prompt, let output):
      self = .fixed(prompt: Int32(prompt), output: Int32(output))
    case .lognormal(let prompt, let output): self = .lognormal(prompt: prompt, output: output)
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
    case .lognormal(let prompt, let output):
      return (prompt.draw(from: &stream), output.draw(from: &stream))
    }
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

extension LengthSampler {
  static func fittedWorkload(named name: String) -> LengthSampler {
    .lognormal(
      prompt: LognormalMixture(
        weight: 1, mu1: 6.63, sigma1: 0.99, mu2: 0, sigma2: 0, maximum: 14_000),
      output: LognormalMixture(
        weight: 0.72, mu1: 4.64, sigma1: 0.71, mu2: 6.01, sigma2: 0.05, maximum: 2_000))
  }
}
