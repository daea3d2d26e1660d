import Inference
import Kernel
import Quantities

/// What proving takes of a host that serves one model; plain words, as `HostTerms` are.
struct ProofTerms: BitwiseCopyable {
  enum Prover: UInt8 {
    /// A machine of its own that takes a stated time, whatever else it has to do.
    case elsewhere
    /// The GPUs that serve, which then compute no tokens.
    case gpu
    /// The host's CPU, one proof at a time.
    case cpu
  }

  var prover = Prover.elsewhere
  /// A verifier reads prompt and output through the model instead of checking a proof.
  var isReexecuted = false
  /// Output tokens of a proof; 0: one proof a job.
  var checkpointTokens: Int32 = 0
  /// Seconds of one proof, lognormal.
  var median: Double
  var deviation = 0.0

  init(taking time: SimDuration) { median = time.seconds }

  /// - Precondition: Somebody published how long a proof takes.
  init(_ scheme: ProofScheme, of model: LanguageModel) {
    guard let time = scheme.provingTime(of: model) else {
      preconditionFailure("nobody published how long a proof by \(scheme.id) takes")
    }
    prover = scheme.prover == .gpu ? .gpu : .cpu
    isReexecuted = scheme.isReexecuted
    if case .checkpoint(let tokens) = scheme.scope { checkpointTokens = Int32(tokens) }
    median = time.median
    deviation = time.deviation
  }

  /// From the last token on, without a queue.
  ///
  /// GPUs make all proofs of a job one after the other: made during the generation they would delay
  /// its tokens by as much. A CPU has made all but the last by then.
  func provingTime(outputTokens: Int32, _ stream: inout RandomStream) -> SimDuration {
    let proofs =
      checkpointTokens > 0 && prover == .gpu
      ? (outputTokens + checkpointTokens - 1) / checkpointTokens : 1
    guard deviation > 0 else { return SimDuration(rounding: median * Double(proofs)) }
    var seconds = 0.0
    for _ in 0..<proofs {
      seconds += median * stream.lognormal(logMean: 0, logDeviation: deviation)
    }
    return SimDuration(rounding: seconds)
  }
}

extension HostCohort {
  /// - Throws: `CatalogueError` for unknown names.
  func proofTerms(of name: ServedModel) throws -> ProofTerms {
    guard let proof else { return ProofTerms(taking: proofTime) }
    return ProofTerms(try Catalogue.proofScheme(proof), of: try Catalogue.model(name.model))
  }
}
