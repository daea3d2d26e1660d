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

  public var description: String { "\(model.id)@\(precision.rawValue)" }
}
