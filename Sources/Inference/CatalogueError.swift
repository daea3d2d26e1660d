/// A name that the catalogues do not hold, with the nearest one that they do.
public enum CatalogueError: Error, Equatable, CustomStringConvertible, Sendable {
  case unknownGPU(String, nearest: String?)
  case unknownModel(String, nearest: String?)
  case unknownPrecision(String, nearest: String?)
  case unknownEngine(String, nearest: String?)
  case unknownLengths(String, nearest: String?)
  case unknownWeeklyRates(String, nearest: String?)
  case unknownProofScheme(String, nearest: String?)

  public var description: String {
    switch self {
    case .unknownGPU(let id, let nearest): Self.message(id, "GPU", nearest)
    case .unknownModel(let id, let nearest): Self.message(id, "model", nearest)
    case .unknownPrecision(let id, let nearest):
      Self.message(id, "weight precision", nearest, of: WeightPrecision.allCases.map(\.rawValue))
    case .unknownEngine(let id, let nearest):
      Self.message(id, "serving engine", nearest, of: Catalogue.engines.map(\.id))
    case .unknownLengths(let id, let nearest): Self.message(id, "length distribution", nearest)
    case .unknownWeeklyRates(let id, let nearest): Self.message(id, "weekly profile", nearest)
    case .unknownProofScheme(let id, let nearest):
      Self.message(id, "proof scheme", nearest, of: Catalogue.proofSchemes.map(\.id))
    }
  }

  /// - Parameter known: Few enough to name when none is near.
  private static func message(
    _ id: String, _ kind: String, _ nearest: String?, of known: [String] = []
  ) -> String {
    let list = known.isEmpty ? "" : "; known: \(known.joined(separator: ", "))"
    let suggestion = nearest.map { "; did you mean \"\($0)\"?" } ?? list
    return "\"\(id)\" is not a known \(kind)\(suggestion)"
  }
}
