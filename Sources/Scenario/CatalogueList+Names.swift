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
    case .workload: Catalogue.lengths.map(\.name)
    case .weeklyProfile: Catalogue.weeklyRates.map(\.name)
    case .proofScheme: Catalogue.proofSchemes.map(\.id)
    }
  }

  /// A fitted profile; nil when the catalogue lacks it.
  static func weeklyProfile(named name: String) -> WeeklyProfile? {
    Catalogue.weeklyRates.first { $0.name == name }.map {
      WeeklyProfile(name: name, hourly: $0.multipliers)
    }
  }
}
