import ArgumentParser
import Inference
import Report
import Statistics

struct ListGPUsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gpus",
    abstract: "Print the GPUs that hosts can have, with data-sheet figures and their sources.",
    discussion: CatalogueListing.discussion)

  @Argument(help: "GPUs to print in full; all, with fewer columns, when none is given.")
  var names: [String] = []

  @OptionGroup var format: CatalogueListing.Format

  func run() throws {
    try CatalogueListing(
      sheet: Catalogue.gpuSheet,
      overview: [
        "id", "name", "arch_class", "memory_gib", "mem_bw_gb_s", "fp16_dense_tflops",
        "fp8_dense_tflops", "tdp_w", "gpu_link_gb_s", "rental_usd_per_h",
      ]
    ).print(names, format) { _ = try Catalogue.gpu($0) }
  }
}

struct ListModelsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "models",
    abstract: "Print the models that hosts can serve, with their shapes and sources.",
    discussion: CatalogueListing.discussion + """


      A model is served at a precision, as in llama3-8b@q4_k_m: \
      \(WeightPrecision.allCases.map(\.rawValue).joined(separator: ", ")).
      """)

  @Argument(help: "Models to print in full; all, with fewer columns, when none is given.")
  var names: [String] = []

  @OptionGroup var format: CatalogueListing.Format

  func run() throws {
    try CatalogueListing(
      sheet: Catalogue.modelSheet,
      overview: [
        "id", "name", "params_b", "active_params_b", "layers", "heads", "kv_heads", "n_experts",
        "mla_kv_dim", "attention_window", "max_context", "modelled_context",
        "kv_bytes_per_token_fp16",
      ]
    ).print(names, format) { _ = try Catalogue.model($0) }
  }
}

struct ListEnginesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "engines", abstract: "Print the serving engines that hosts can run.",
    discussion: CatalogueListing.discussion)

  @Argument(help: "Engines to print in full; all when none is given.")
  var names: [String] = []

  @OptionGroup var format: CatalogueListing.Format

  func run() throws {
    try CatalogueListing(
      sheet: Catalogue.engineSheet,
      overview: ["id", "name", "style", "prefill_chunk", "sequences_max", "source"]
    ).print(names, format) { _ = try Catalogue.engine($0) }
  }
}

struct ListProofsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "proofs",
    abstract: "Print ways to prove or check work, with what they take and its sources.",
    discussion: CatalogueListing.discussion)

  @Argument(help: "Schemes to print in full; all, with fewer columns, when none is given.")
  var names: [String] = []

  @OptionGroup var format: CatalogueListing.Format

  func run() throws {
    try CatalogueListing(
      sheet: Catalogue.proofSheet,
      overview: [
        "id", "name", "scope", "prover", "proving_s_low", "proving_s_high", "reference_params_b",
        "proof_bytes", "verify_gas",
      ]
    ).print(names, format) { _ = try Catalogue.proofScheme($0) }
  }
}

/// A shipped table on the terminal or for machines.
struct CatalogueListing {
  struct Format: ParsableArguments {
    @Flag(help: "Print every column as one JSON object a line.")
    var json = false

    @Flag(help: "Print every column as CSV.")
    var csv = false
  }

  static let discussion = """
    Headers name units. Named entries are printed with the source of each figure; --json and --csv \
    have every column. "unverified" marks figures that were recalled and not looked up.
    """

  let sheet: CatalogueSheet
  let overview: [String]

  /// - Parameter find: Throws for a name that the catalogue lacks.
  func print(_ names: [String], _ format: Format, find: (String) throws -> Void) throws {
    try InferenceInput.located {
      if format.json && format.csv {
        throw ArgumentProblem("--csv and --json exclude each other")
      }
      for name in names { try find(name) }
    }
    let chosen =
      names.isEmpty
      ? sheet.rows : names.compactMap { name in sheet.rows.first { $0.first == name } }
    if format.json {
      InferenceInput.printBytes(JSONLinesEncoder.encode(table(chosen, sheet.columns)))
    } else if format.csv {
      InferenceInput.printBytes(CSVEncoder.encode(table(chosen, sheet.columns)))
    } else if names.isEmpty {
      Swift.print(TextTable.render(table(chosen, overview)), terminator: "")
    } else {
      Swift.print(chosen.map(page).joined(separator: "\n\n"))
    }
  }

  /// A column whose every cell is a number, or empty, holds numbers.
  private func table(_ rows: [[String]], _ columns: [String]) -> ResultTable {
    let indices = columns.compactMap { sheet.columns.firstIndex(of: $0) }
    let isNumber = indices.map { index in
      sheet.rows.allSatisfy { $0[index].isEmpty || Double($0[index]) != nil }
    }
    var table = ResultTable(
      TableSchema(
        "catalogue", "As shipped.",
        columns: zip(indices, isNumber).map { index, isNumber in
          Column(sheet.columns[index], isNumber ? .real : .text, "As shipped.")
        }))
    for row in rows {
      for (index, isNumber) in zip(indices, isNumber) {
        if row[index].isEmpty {
          table.appendAbsent()
        } else if isNumber, let value = Double(row[index]) {
          table.append(value)
        } else {
          table.append(row[index])
        }
      }
      table.endRow()
    }
    return table
  }

  /// One entry in full: figure, value, source.
  private func page(_ row: [String]) -> String {
    var lines = [row[0]]
    for (index, column) in sheet.columns.enumerated().dropFirst() {
      guard !row[index].isEmpty, !CatalogueSheet.isRemark(column) else { continue }
      let source = sheet.sourceColumn(of: column).map { row[$0] } ?? ""
      lines.append("  \(column): \(row[index])" + (source.isEmpty ? "" : "  [\(source)]"))
    }
    for (index, column) in sheet.columns.enumerated()
    where column == "notes" && !row[index].isEmpty {
      lines.append("  notes: \(row[index])")
    }
    return lines.joined(separator: "\n")
  }
}
