/// A list of names that `Inference` knows and that scenarios may use.
enum CatalogueList: Sendable, CaseIterable {
  case gpu
  case model
  case precision
  case engine
  case workload
  case weeklyProfile
  case proofScheme

  /// For messages.
  var what: String {
    switch self {
    case .gpu: "GPU"
    case .model: "model"
    case .precision: "precision"
    case .engine: "engine"
    case .workload: "workload"
    case .weeklyProfile: "weekly profile"
    case .proofScheme: "proof scheme"
    }
  }
}
