package import Inference

/// Published measurements as `data/README.md` lays them out.
package struct MeasurementFile: Sendable {
  package let rows: [MeasuredRow]

  package struct Problems: Error, Equatable, Sendable {
    package let all: [CSVTable.Problem]
  }

  /// - Throws: Every problem: missing columns, cells that are no numbers, names that the catalogues do
  ///   not hold, parallelism that contradicts itself.
  package init(parsing bytes: [UInt8]) throws(Problems) {
    let table: CSVTable
    do {
      table = try CSVTable(parsing: bytes)
    } catch {
      throw Problems(all: [error])
    }
    let missing = Self.columns.filter { table.column($0) == nil }
    guard missing.isEmpty else {
      throw Problems(all: [
        CSVTable.Problem(
          line: 1, column: 1,
          message: "measurements need the columns \(Self.columns.joined(separator: ", ")); "
            + "missing here: \(missing.joined(separator: ", "))")
      ])
    }
    var rows: [MeasuredRow] = []
    var problems: [CSVTable.Problem] = []
    for cells in table.rows {
      do throws(CSVTable.Problem) {
        rows.append(try MeasuredRow(NumberReader(table: table, cells: cells), cells[0].line))
      } catch {
        problems.append(error)
      }
    }
    guard problems.isEmpty else { throw Problems(all: problems) }
    self.rows = rows
  }

  private static let columns = [
    "id", "group", "gpu", "n_gpu", "parallel", "tp", "model", "engine", "weight_prec", "kv_prec",
    "mode", "batch", "prompt_tokens", "output_tokens", "prefill_tok_s", "decode_tok_s", "ttft_ms",
    "tpot_ms", "out_tok_s", "total_tok_s", "flag", "notes",
  ]
}

extension MeasuredRow {
  init(_ cells: NumberReader, _ line: Int) throws(CSVTable.Problem) {
    let modeName = try cells.text("mode")
    guard let mode = Mode(rawValue: modeName) else {
      let known = Mode.allCases.map(\.rawValue).joined(separator: ", ")
      throw cells.problem("mode", "is not one of \(known)")
    }
    let batch = try cells.optional("batch")
    if mode == .staticBatch || mode == .closedLoop, batch ?? 0 < 1 {
      throw cells.problem("batch", "is not a number of requests; \(modeName) needs one")
    }
    let lengths = try cells.lengths(mode)
    // InferenceX draws lengths evenly between 0.8 and 1 of what its tables state.
    let scale = try cells.text("notes").contains("source_file=20") ? 0.9 : 1
    let engineName = try cells.text("engine")
    let knownEngine = MeasuredEngine(engineName)
    let engine = knownEngine ?? .standIn
    self.init(
      line: line, id: try cells.text("id"), group: try cells.text("group"), mode: mode,
      deployment: try Self.deployment(cells, engine, mode), engine: engine,
      unknownEngine: knownEngine == nil ? engineName : nil,
      isSplitUnknown: ["mixed", "dp"].contains(try cells.text("parallel")), batch: batch,
      promptTokens: lengths.prompt * scale, outputTokens: lengths.output * scale,
      prefillRate: try cells.rate("prefill_tok_s"), decodeRate: try cells.rate("decode_tok_s"),
      firstToken: try cells.rate("ttft_ms").map { $0 * 1e-3 },
      perOutputToken: try cells.rate("tpot_ms").map { $0 * 1e-3 },
      outputRate: try cells.rate("out_tok_s"), totalRate: try cells.rate("total_tok_s"),
      flag: try cells.text("flag"))
  }

  private static func deployment(
    _ cells: NumberReader, _ engine: MeasuredEngine, _ mode: Mode
  ) throws(CSVTable.Problem) -> Deployment {
    do {
      let gpu = try Catalogue.gpu(try cells.text("gpu"))
      let model = try Catalogue.model(try cells.text("model"))
      let precision = try cells.precision(of: model)
      let cache: CachePrecision
      switch try cells.text("kv_prec") {
      case "fp8": cache = .fp8
      case "fp16", "bf16": cache = .fp16
      case "": cache = engine.quantisesCache && !precision.is16Bit ? .fp8 : .fp16
      default: throw cells.problem("kv_prec", "is not one of fp16, bf16, fp8 or empty")
      }
      return Deployment(
        gpu: gpu, serving: ServedModel(model, at: precision), engine: engine.engine,
        parallelism: try cells.parallelism(mode), cache: cache, coefficients: .architectureClass)
    } catch let problem as CSVTable.Problem {
      throw problem
    } catch let unknown as CatalogueError {
      let column =
        switch unknown {
        case .unknownGPU: "gpu"
        case .unknownModel: "model"
        default: "weight_prec"
        }
      throw cells.located(column, unknown.description)
    } catch {
      throw cells.problem("gpu", "\(error)")
    }
  }
}

extension NumberReader {
  /// A figure, which cannot be zero.
  fileprivate func rate(_ column: String) throws(CSVTable.Problem) -> Double? {
    guard let value = try optional(column) else { return nil }
    guard value > 0 else { throw problem(column, "is not positive") }
    return value
  }

  fileprivate func located(_ column: String, _ words: String) -> CSVTable.Problem {
    let place = problem(column, "")
    return CSVTable.Problem(line: place.line, column: place.column, message: words)
  }

  /// Means of prompts and outputs; only rows that are not predicted may lack them.
  fileprivate func lengths(
    _ mode: MeasuredRow.Mode
  ) throws(CSVTable.Problem) -> (prompt: Double, output: Double) {
    let (prompt, output) = (try optional("prompt_tokens"), try optional("output_tokens"))
    if mode == .mlperfOffline || mode == .openLoopReplay { return (prompt ?? 0, output ?? 1) }
    guard let prompt, prompt > 0 || mode == .singleDecode else {
      throw problem("prompt_tokens", "is not a length; \(mode.rawValue) needs one")
    }
    guard output ?? 0 >= 1 || mode == .singlePrefill else {
      throw problem("output_tokens", "is not a length; \(mode.rawValue) needs one")
    }
    return (prompt, max(1, output ?? 1))
  }

  /// Models that are stored as mxfp4 run so whatever the benchmark calls it.
  fileprivate func precision(of model: LanguageModel) throws -> WeightPrecision {
    if model.id.hasPrefix("gpt-oss") { return .mxfp4 }
    return try ServedModel(parsing: "\(model.id)@\(try text("weight_prec"))").precision
  }

  fileprivate func parallelism(_ mode: MeasuredRow.Mode) throws(CSVTable.Problem) -> Parallelism {
    let gpus = Int(try optional("n_gpu") ?? 1)
    let shards = Int(try optional("tp") ?? 1)
    switch try text("parallel") {
    case "single":
      guard gpus == 1, shards == 1 else {
        throw problem("parallel", "contradicts n_gpu \(gpus) and tp \(shards)")
      }
      return .single
    case "tp":
      guard shards == gpus, shards > 1 else {
        throw problem("tp", "is not n_gpu, \(gpus), though parallel says tp")
      }
      return .tensor(shards)
    case "layer-split":
      guard shards == 1, gpus > 1 else {
        throw problem("parallel", "contradicts n_gpu \(gpus) and tp \(shards)")
      }
      return .layerSplit(gpus)
    case "mixed", "dp": return .single
    default:
      throw problem("parallel", "is not one of single, tp, layer-split, mixed, dp")
    }
  }
}
