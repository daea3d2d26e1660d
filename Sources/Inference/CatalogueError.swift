/// A name that the catalogues do not hold, with the nearest one that they do.
public enum CatalogueError: Error, Equatable, CustomStringConvertible, Sendable {
  case unknownGPU(String, nearest: String?)
  case unknownModel(String, nearest: String?)
  case unknownPrecision(String, nearest: String?)
  case unknownEngine(String, nearest: String?)
  case unknownLengths(String, nearest: String?)
  case unknownWeeklyRates(String, nearest: String?)

  public var description: String {
    switch self {
    case .unknownGPU(let id, let nearest): Self.message(id, "GPU", nearest)
    case .unknownModel(let id, let nearest): Self.message(id, "model", nearest)
    case .unknownPrecision(let id, let nearest): Self.message(id, "weight precision", nearest)
    case .unknownEngine(let id, let nearest): Self.message(id, "serving engine", nearest)
    case .unknownLengths(let id, let nearest): Self.message(id, "length distribution", nearest)
    case .unknownWeeklyRates(let id, let nearest): Self.message(id, "weekly profile", nearest)
    }
  }

  private static func message(_ id: String, _ kind: String, _ nearest: String?) -> String {
    let suggestion = nearest.map { "; did you mean \"\($0)\"?" } ?? ""
    return "\"\(id)\" is not a known \(kind)\(suggestion)"
  }
}
