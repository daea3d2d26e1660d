/// The shape of one language model, as far as its speed and memory depend on it.
///
/// - Source: `Catalogue/models.csv`, source column.
public struct LanguageModel: Equatable, Sendable {
  public let id: String
  public let name: String
  public let parameters: Double
  /// Parameters that one token touches; equal to `parameters` in a dense model.
  public let activeParameters: Double
  public let layers: Int
  public let hidden: Int
  public let heads: Int
  public let keyValueHeads: Int
  public let headDimension: Int
  /// Width of the gated MLP of dense layers.
  public let intermediate: Int
  public let vocabulary: Int
  public let hasTiedEmbeddings: Bool
  /// Absent in a dense model.
  public let experts: Experts?
  /// Values per layer and token of multi-head latent attention; 0 for ordinary attention.
  public let latentDimension: Int
  /// Tokens that windowed layers attend to; nil where every layer attends to all.
  public let attentionWindow: Int?
  /// Share of the layers that attend to the whole context.
  public let fullAttentionShare: Double
  public let contextMaximum: Int
  /// Longest prompt and output whose cache the figures describe, where that is less: beyond it some
  /// layers drop tokens in ways that differ between engines and that nobody measured.
  public let modelledContext: Int?
  /// With a 16-bit cache.
  public let cacheBytesPerToken: Double

  public struct Experts: Equatable, Sendable {
    public let count: Int
    public let perToken: Int
    /// Parameters of all routed experts together.
    public let parameters: Double
  }

  /// The output matrix.
  var outputParameters: Double { Double(vocabulary) * Double(hidden) }

  /// Heads over which GPUs can divide the cache; a compressed one is held by each of them whole.
  var cacheHeads: Int { latentDimension > 0 ? 1 : keyValueHeads }

  /// The input embedding, which a step looks up instead of reading whole; 0 when it is also the
  /// output matrix and so is read anyway.
  var embeddingOnlyParameters: Double {
    hasTiedEmbeddings ? 0 : Double(vocabulary) * Double(hidden)
  }
}
