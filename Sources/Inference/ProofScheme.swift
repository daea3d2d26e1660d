/// How a host shows that it worked, and what that takes of prover, verifier and chain.
///
/// - Source: `Catalogue/proofs.csv`, published figures with their sources.
public struct ProofScheme: Equatable, Sendable {
  /// What one proof covers.
  public enum Scope: Equatable, Sendable {
    /// So many output tokens, the last proof of a request fewer.
    case checkpoint(tokens: Int)
    /// One forward pass over the prompt and the output of a request.
    case request
  }

  /// Whose time a proof takes.
  public enum Prover: String, Sendable { case gpu, cpu }

  /// Seconds of one proof, lognormal.
  public struct ProvingTime: Equatable, Sendable {
    public let median: Double
    /// Of the logarithm.
    public let deviation: Double

    public var mean: Double { median * exponential(deviation * deviation / 2) }
  }

  /// Such as `risc0-gpu`.
  public let id: String
  public let name: String
  public let scope: Scope
  public let prover: Prover
  /// At the model of `referenceParameters`, where that is given; nil where nobody published it.
  public let provingTime: ProvingTime?
  /// Proving time grows in proportion to parameters from here; nil where it does not depend on the
  /// model.
  public let referenceParameters: Double?
  public let proofBytes: Int?
  /// Per output token, beside `proofBytes`.
  public let proofBytesPerToken: Double
  /// To verify one proof, or to note its hash, on chain; nil where nobody published it.
  public let verificationGas: Int?
  /// Whether a checker runs the prompt and the output through the model once.
  public let isReexecuted: Bool
  public let source: String

  /// Proofs of a request.
  public func proofs(outputTokens: Int) -> Int {
    switch scope {
    case .checkpoint(let tokens): (outputTokens + tokens - 1) / tokens
    case .request: 1
    }
  }

  /// One proof for `model`; nil where nobody published how long one takes.
  public func provingTime(of model: LanguageModel) -> ProvingTime? {
    guard let provingTime else { return nil }
    let growth = referenceParameters.map { model.parameters / $0 } ?? 1
    return ProvingTime(median: provingTime.median * growth, deviation: provingTime.deviation)
  }

  /// Mean seconds that a request's proofs take from serving; 0 when a CPU proves, nil where nobody
  /// published how long a proof takes.
  public func gpuSeconds(outputTokens: Int, of model: LanguageModel) -> Double? {
    provingTime(of: model).map { time in
      prover == .cpu ? 0 : time.mean * Double(proofs(outputTokens: outputTokens))
    }
  }

  /// From the last token to the last proof, on the prover's own clock and without a queue: only the
  /// last checkpoint is proved after the work.
  public func delay(of model: LanguageModel) -> ProvingTime? { provingTime(of: model) }

  /// Gas of all proofs of a request; nil where nobody published it.
  public func gas(outputTokens: Int) -> Int? {
    verificationGas.map { $0 * proofs(outputTokens: outputTokens) }
  }

  /// Bytes of all proofs of a request.
  public func bytes(outputTokens: Int) -> Double {
    Double((proofBytes ?? 0) * proofs(outputTokens: outputTokens))
      + proofBytesPerToken * Double(outputTokens)
  }

  /// GPU seconds that checking a request takes on a host of `kind`, alone: the prefill of prompt and
  /// output; 0 unless the scheme is re-executed.
  public func checkingSeconds(prompt: Int, output: Int, on kind: ServerKind) -> Double {
    guard isReexecuted else { return 0 }
    return kind.law.prefillTime(tokens: prompt + output, chunk: kind.prefillChunk)
  }
}

extension Catalogue {
  public static let proofSchemes: [ProofScheme] =
    CatalogueRows(PackageResources.proofs_csv, "proofs").map(ProofScheme.init)
  public static let proofSheet = CatalogueSheet(PackageResources.proofs_csv, "proofs")

  public static func proofScheme(_ id: String) throws(CatalogueError) -> ProofScheme {
    if let scheme = proofSchemes.first(where: { $0.id == id }) { return scheme }
    throw .unknownProofScheme(id, nearest: nearestName(to: id, in: proofSchemes.map(\.id)))
  }
}

extension ProofScheme {
  /// Two standard deviations of the logarithm lie between the stated bounds and their middle.
  init(_ row: CatalogueRow) {
    let bounds = row.optionalNumber("proving_s_low").map { ($0, row.number("proving_s_high")) }
    let isInstant = bounds.map { $0.1 == 0 } ?? false
    let time = bounds.map { low, high in
      isInstant
        ? ProvingTime(median: 0, deviation: 0)
        : ProvingTime(
          median: (low * high).squareRoot(), deviation: logarithm(high / low) / 4)
    }
    self.init(
      id: row.text("id"), name: row.text("name"),
      scope: row.text("scope") == "checkpoint"
        ? .checkpoint(tokens: row.integer("checkpoint_tokens")) : .request,
      prover: row.text("prover") == "cpu" ? .cpu : .gpu, provingTime: time,
      referenceParameters: row.optionalNumber("reference_params_b").map { $0 * 1e9 },
      proofBytes: row.optionalNumber("proof_bytes").map { Int($0) },
      proofBytesPerToken: row.optionalNumber("proof_bytes_per_token") ?? 0,
      verificationGas: row.optionalNumber("verify_gas").map { Int($0) },
      isReexecuted: row.integer("reexecution") == 1, source: row.text("source"))
  }
}
