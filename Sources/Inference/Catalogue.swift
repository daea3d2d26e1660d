/// The GPUs, models and coefficients that ship with the package, each parsed once on first use.
///
/// The tables are compiled into the binary; a malformed one is a defect of the build and traps.
public enum Catalogue {
  public static let gpus: [GPU] = CatalogueRows(PackageResources.gpus_csv, "gpus").map(GPU.init)
  public static let models: [LanguageModel] =
    CatalogueRows(PackageResources.models_csv, "models").map(LanguageModel.init)

  public static func gpu(_ id: String) throws(CatalogueError) -> GPU {
    if let gpu = gpus.first(where: { $0.id == id }) { return gpu }
    throw .unknownGPU(id, nearest: nearestName(to: id, in: gpus.map(\.id)))
  }

  public static func model(_ id: String) throws(CatalogueError) -> LanguageModel {
    if let model = models.first(where: { $0.id == id }) { return model }
    throw .unknownModel(id, nearest: nearestName(to: id, in: models.map(\.id)))
  }

  public static func engine(_ id: String) throws(CatalogueError) -> ServingEngine {
    if let engine = engines.first(where: { $0.id == id }) { return engine }
    throw .unknownEngine(id, nearest: nearestName(to: id, in: engines.map(\.id)))
  }

  public static let engines: [ServingEngine] =
    CatalogueRows(PackageResources.engines_csv, "engines").map(ServingEngine.init)

  /// GPUs whose kernels were profiled under a serving engine.
  public static let kernels: [KernelCoefficients] =
    CatalogueRows(PackageResources.kernels_csv, "kernels").map(KernelCoefficients.init)

  public static let coefficients = CoefficientTable(
    CatalogueRows(PackageResources.coefficients_csv, "coefficients"))
}
