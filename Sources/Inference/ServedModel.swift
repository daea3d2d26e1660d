/// A model at a weight precision, written `llama3-8b@q4_k_m`; without `@` it is 16-bit.
public struct ServedModel: Equatable, Sendable, CustomStringConvertible {
  public let model: LanguageModel
  public let precision: WeightPrecision

  public init(_ model: LanguageModel, at precision: WeightPrecision) {
    self.model = model
    self.precision = precision
  }

  /// - Throws: `.unknownModel` or `.unknownPrecision`, each with the nearest known name.
  public init(parsing text: String) throws(CatalogueError) {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    let model = try Catalogue.model(String(parts[0]))
    guard parts.count == 2 else {
      self.init(model, at: .fp16)
      return
    }
    let name = String(parts[1])
    guard let precision = WeightPrecision(rawValue: name) else {
      throw .unknownPrecision(
        name, nearest: nearestName(to: name, in: WeightPrecision.allCases.map(\.rawValue)))
    }
    self.init(model, at: precision)
  }

  /// Of experts; all others are 16-bit in models stored as `mxfp4`.
  var bytesPerExpertWeight: Double {
    precision == .mxfp4 ? WeightPrecision.microscaledBits / 8 : precision.bitsPerWeight / 8
  }

  var bytesPerWeight: Double {
    precision == .mxfp4 && model.experts != nil ? 2 : precision.bitsPerWeight / 8
  }

  /// Size of all weights in bytes.
  public var weightBytes: Double {
    let routed = model.experts?.parameters ?? 0
    return (model.parameters - routed) * bytesPerWeight + routed * bytesPerExpertWeight
  }

  public var description: String { "\(model.id)@\(precision.rawValue)" }
}
