internal import Inference
internal import Market

extension CatalogueList {
  /// In the catalogue's order.
  var names: [String] {
    switch self {
    case .gpu: Catalogue.gpus.map(\.id)
    case .model: Catalogue.models.map(\.id)
    case .precision: WeightPrecision.allCases.map(\.rawValue)
    case .engine: Catalogue.engines.map(\.id)
    case .workload: ["azure-conv-fit", "azure-code-fit"]
    case .weeklyProfile: ["weekly-chat", "weekly-code"]
    }
  }

  static func weeklyProfile(named name: String) -> WeeklyProfile? {
    WeeklyProfile(name: name, hourly: Array(repeating: 1, count: 168))
  }
}
