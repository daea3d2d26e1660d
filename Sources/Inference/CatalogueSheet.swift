/// A shipped table as it was written: every figure and its source, by column name.
public struct CatalogueSheet: Sendable {
  /// Column names, units included, such as `mem_bw_gb_s`.
  public let columns: [String]
  /// One cell per column; empty where nothing is known.
  public let rows: [[String]]

  init(_ bytes: [UInt8], _ name: String) {
    let table = CatalogueRows(bytes, name).table
    columns = table.header
    rows = table.rows.map { $0.map(\.text) }
  }

  /// The column of where a figure comes from: its own, or else the row's.
  public func sourceColumn(of column: String) -> Int? {
    let stem = Self.stems.first { column.hasPrefix($0.prefix) }?.source
    return stem.flatMap { columns.firstIndex(of: $0) } ?? columns.firstIndex(of: "source")
  }

  private static let stems = [
    (prefix: "memory", source: "memory_source"), (prefix: "mem_bw", source: "mem_bw_source"),
    (prefix: "fp16", source: "fp16_source"), (prefix: "fp8", source: "fp8_source"),
    (prefix: "int8", source: "int8_source"), (prefix: "tdp", source: "tdp_source"),
    (prefix: "rental", source: "rental_source"),
  ]

  /// Whether a column says where figures come from, or is a remark, instead of holding a figure.
  public static func isRemark(_ column: String) -> Bool {
    column == "source" || column == "notes" || column.hasSuffix("_source")
  }
}

extension Catalogue {
  public static let gpuSheet = CatalogueSheet(PackageResources.gpus_csv, "gpus")
  public static let modelSheet = CatalogueSheet(PackageResources.models_csv, "models")
  public static let engineSheet = CatalogueSheet(PackageResources.engines_csv, "engines")
}
