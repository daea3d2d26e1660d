package import Inference

/// One measured configuration.
package struct MeasuredRow: Equatable, Sendable {
  /// How the figures were taken.
  package enum Mode: String, CaseIterable, Sendable {
    /// One request alone: its decode rate, or its prefill rate or first token.
    case singleDecode = "single-decode"
    case singlePrefill = "single-prefill"
    /// A number of equal requests started together.
    case staticBatch = "static-batch"
    /// A constant number of requests in flight.
    case closedLoop = "closed-loop"
    /// As many in flight as the host takes.
    case maxLoad = "max-load"
    /// Prompt lengths and the split over GPUs are not in the log.
    case mlperfOffline = "mlperf-offline"
    /// Means of a log, which `validate inference --replay` compares request by request.
    case openLoopReplay = "open-loop-replay"
  }

  /// Attention that changes what the cache costs.
  package enum Attention: String, CaseIterable, Sendable {
    case ordinary, windowed, latent
  }

  package let line: Int
  package let id: String
  /// Rows that share GPU, model, engine, precision, parallelism and source.
  package let group: String
  package let mode: Mode
  package let deployment: Deployment
  package let engine: MeasuredEngine
  /// An engine without coefficients, for which `engine` stands in; nil if there is none.
  package let unknownEngine: String?
  /// Whether the file leaves open which GPUs serve one request.
  package let isSplitUnknown: Bool
  /// Concurrent requests; nil where memory sets them.
  package let batch: Double?
  /// Means over the benchmark's length distribution.
  package let promptTokens, outputTokens: Double
  /// Tokens per second, and seconds.
  package let prefillRate, decodeRate, firstToken, perOutputToken: Double?
  package let outputRate, totalRate: Double?
  /// What the source or its collector found wrong with the row; empty if nothing.
  package let flag: String

  package var attention: Attention {
    let model = deployment.served.model
    if model.latentDimension > 0 { return .latent }
    return model.attentionWindow == nil ? .ordinary : .windowed
  }

  /// Bytes of weights beyond what all GPUs hold together; nil if they fit.
  var excessWeights: Double? {
    let memory = deployment.gpu.memory * Double(deployment.parallelism.gpus)
    let weights = deployment.served.weightBytes
    return weights > memory ? weights - memory : nil
  }
}
