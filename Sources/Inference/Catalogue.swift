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

  public static var engines: [ServingEngine] { coefficients.engines }

  static let coefficients = CoefficientTable(
    CatalogueRows(PackageResources.coefficients_csv, "coefficients"))
}

/// All rows of `coefficients.csv`, by kind.
struct CoefficientTable: Sendable {
  let classes: [ClassCoefficients]
  let quantisation: [(architectureClass: String, factors: QuantisationFactors)]
  let engines: [ServingEngine]
  let kernels: [KernelCoefficients]
  let global: GlobalCoefficients

  init(_ rows: CatalogueRows) {
    classes = rows.scoped("class").map(ClassCoefficients.init)
    quantisation = rows.scoped("class").compactMap { row in
      guard let bandwidth = row.optionalNumber("eb_q4_factor") else { return nil }
      let factors = QuantisationFactors(bandwidth: bandwidth, compute: row.number("ef_q4_factor"))
      return (row.text("name"), factors)
    }
    engines = rows.scoped("engine").map(ServingEngine.init)
    kernels = rows.scoped("kernel").map(KernelCoefficients.init)
    global = GlobalCoefficients(rows.scoped("global"))
  }

  func efficiency(of architectureClass: String, style: ServingStyle) -> ClassCoefficients? {
    classes.first { $0.architectureClass == architectureClass && $0.style == style }
  }

  func quantisationFactors(of architectureClass: String) -> QuantisationFactors? {
    quantisation.first { $0.architectureClass == architectureClass }?.factors
  }

  func kernel(of gpu: String) -> KernelCoefficients? { kernels.first { $0.gpu == gpu } }
}
