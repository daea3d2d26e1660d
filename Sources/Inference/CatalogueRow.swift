/// A compiled-in table read by column name. Reading traps on what the integrity tests would refuse.
struct CatalogueRows: Sendable {
  let name: String
  let table: CSVTable

  init(_ bytes: [UInt8], _ name: String) {
    self.name = name
    do {
      table = try CSVTable(parsing: bytes)
    } catch {
      preconditionFailure("\(name).csv:\(error)")
    }
  }

  var rows: [CatalogueRow] { table.rows.map { CatalogueRow(table: self, cells: $0) } }
  func map<T>(_ transform: (CatalogueRow) -> T) -> [T] { rows.map(transform) }
}

struct CatalogueRow {
  let table: CatalogueRows
  let cells: [CSVTable.Cell]

  func text(_ column: String) -> String {
    guard let index = table.table.column(column) else {
      preconditionFailure("\(table.name).csv has no column \(column)")
    }
    return cells[index].text
  }

  func optionalNumber(_ column: String) -> Double? {
    let text = text(column)
    guard !text.isEmpty else { return nil }
    guard let value = Double(text), value.isFinite, value >= 0 else {
      preconditionFailure("\(table.name).csv:\(cells[0].line): \(column) is \"\(text)\"")
    }
    return value
  }

  func number(_ column: String) -> Double {
    guard let value = optionalNumber(column) else {
      preconditionFailure("\(table.name).csv:\(cells[0].line): \(column) is missing")
    }
    return value
  }

  func integer(_ column: String) -> Int { Int(number(column)) }
}

extension GPU {
  init(_ row: CatalogueRow) {
    self.init(
      id: row.text("id"), name: row.text("name"), vendor: row.text("vendor"),
      architectureClass: row.text("arch_class"),
      memory: row.number("memory_gib") * 1_073_741_824,
      memoryBandwidth: row.number("mem_bw_gb_s") * 1e9,
      flopsAt16Bit: row.number("fp16_dense_tflops") * 1e12,
      flopsAt8Bit: row.optionalNumber("fp8_dense_tflops").map { $0 * 1e12 },
      flopsAt4Bit: row.optionalNumber("fp4_dense_tflops").map { $0 * 1e12 },
      thermalDesignPower: row.optionalNumber("tdp_w"),
      link: row.optionalNumber("gpu_link_gb_s").map { $0 * 1e9 },
      rentalUSDPerHour: row.optionalNumber("rental_usd_per_h"))
  }
}

extension LanguageModel {
  init(_ row: CatalogueRow) {
    let parameters = row.number("params_b") * 1e9
    self.init(
      id: row.text("id"), name: row.text("name"), parameters: parameters,
      activeParameters: row.number("active_params_b") * 1e9, layers: row.integer("layers"),
      hidden: row.integer("hidden"), heads: row.integer("heads"),
      keyValueHeads: row.integer("kv_heads"), headDimension: row.integer("head_dim"),
      intermediate: row.integer("intermediate"),
      vocabulary: row.integer("vocab"), hasTiedEmbeddings: row.integer("tied_embeddings") == 1,
      experts: Experts(row), latentDimension: row.integer("mla_kv_dim"),
      attentionWindow: row.optionalNumber("attention_window").map { Int($0) },
      fullAttentionShare: row.number("full_attention_share"),
      contextMaximum: row.integer("max_context"),
      modelledContext: row.optionalNumber("modelled_context").map { Int($0) },
      cacheBytesPerToken: row.number("kv_bytes_per_token_fp16"))
  }
}

extension LanguageModel.Experts {
  /// Routed experts: up, gate and down matrices in every layer that is not dense.
  init?(_ row: CatalogueRow) {
    let count = row.integer("n_experts")
    guard count > 0 else { return nil }
    let matrices = row.integer("gated_mlp") == 1 ? 3.0 : 2.0
    let layers = row.number("layers") - row.number("dense_layers")
    self.init(
      count: count, perToken: row.integer("experts_per_token"),
      parameters: layers * Double(count) * matrices * row.number("hidden")
        * row.number("moe_intermediate"))
  }
}

extension ServingEngine {
  init(_ row: CatalogueRow) {
    self.init(
      id: row.text("id"), name: row.text("name"),
      style: row.text("style") == "single" ? .singleStream : .serving,
      prefillChunk: row.integer("prefill_chunk"), sequencesMaximum: row.integer("sequences_max"),
      unifiesAttention: row.integer("unifies_attention") == 1,
      quantisesCache: row.integer("quantises_cache") == 1)
  }
}

extension KernelCoefficients {
  init(_ row: CatalogueRow) {
    self.init(
      gpu: row.text("gpu"), weightBandwidth: row.number("weight_bandwidth"),
      compute: row.number("compute"), rooflineExponent: row.number("roofline_exponent"),
      expertCompute: row.number("expert_compute"),
      layerOverhead: row.number("layer_overhead_us") * 1e-6,
      expertLayerOverhead: row.number("expert_layer_us") * 1e-6,
      activationTraffic: row.number("activation_traffic"),
      cacheBandwidth: row.number("cache_bandwidth"),
      sequenceLayerOverhead: row.number("sequence_layer_us") * 1e-6,
      samplingOverhead: row.number("sampling_us") * 1e-6,
      mixedHeadBandwidth: row.number("mixed_head_bandwidth"),
      mixedSequenceLayerOverhead: row.number("mixed_sequence_layer_us") * 1e-6,
      promptTokenOverhead: row.number("prompt_token_ns") * 1e-9,
      attentionShare: row.number("attention_share"))
  }
}
