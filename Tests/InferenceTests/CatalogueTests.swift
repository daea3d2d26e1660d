import Testing

@testable import Inference

@Suite("The catalogues") struct CatalogueTests {
  @Test("hold every GPU and model once, with figures that can be")
  func rowsAreSound() {
    #expect(Catalogue.gpus.count == 50)
    #expect(Catalogue.models.count == 29)
    #expect(Set(Catalogue.gpus.map(\.id)).count == Catalogue.gpus.count)
    #expect(Set(Catalogue.models.map(\.id)).count == Catalogue.models.count)
    for gpu in Catalogue.gpus {
      #expect(gpu.memory >= 8e9 && gpu.memoryBandwidth >= 50e9, "\(gpu.id)")
      #expect(gpu.flopsAt16Bit >= 1e12, "\(gpu.id)")
      #expect((gpu.flopsAt8Bit ?? .infinity) >= gpu.flopsAt16Bit, "\(gpu.id)")
    }
    for model in Catalogue.models {
      #expect(model.activeParameters <= model.parameters, "\(model.id)")
      #expect(model.embeddingOnlyParameters < model.activeParameters, "\(model.id)")
      #expect((model.experts?.parameters ?? 0) < model.parameters, "\(model.id)")
    }
  }

  @Test("state a source for every row") func rowsHaveSources() throws {
    let tables = [
      (PackageResources.gpus_csv, ["memory_source", "mem_bw_source", "fp16_source"]),
      (PackageResources.models_csv, ["source"]), (PackageResources.coefficients_csv, ["source"]),
      (PackageResources.kernels_csv, ["source"]), (PackageResources.engines_csv, ["source"]),
      (PackageResources.lengths_csv, ["source"]), (PackageResources.weeks_csv, ["source"]),
    ]
    for (bytes, columns) in tables {
      let table = try CSVTable(parsing: bytes)
      for column in columns {
        let index = try #require(table.column(column))
        for row in table.rows { #expect(!row[index].text.isEmpty, "line \(row[0].line)") }
      }
    }
  }

  @Test("count the cache of ordinary attention as 2·layers·heads·dimension·2 bytes")
  func cacheBytesFollowFromShape() {
    for model in Catalogue.models where model.latentDimension == 0 {
      let values = 2 * model.layers * model.keyValueHeads * model.headDimension
      #expect(model.cacheBytesPerToken == Double(2 * values), "\(model.id)")
    }
  }

  @Test("count the experts of Mixtral and Qwen3 as their parameters less the shared parts")
  func expertsFollowFromShape() throws {
    let mixtral = try Catalogue.model("mixtral-8x7b")
    // 32 layers × 8 experts × 3 matrices × 4096 × 14336.
    #expect(mixtral.experts?.parameters == 45_097_156_608.0)
    // Active parameters are the shared parts and k of E experts.
    for model in Catalogue.models {
      guard let experts = model.experts, model.latentDimension == 0 else { continue }
      let shared = model.parameters - experts.parameters
      let active = shared + experts.parameters * Double(experts.perToken) / Double(experts.count)
      #expect(abs(active / model.activeParameters - 1) < 0.01, "\(model.id)")
    }
  }

  @Test("have coefficients for every architecture class but one that nobody measured")
  func classesAreCovered() throws {
    for gpu in Catalogue.gpus where gpu.architectureClass != "volta" {
      for engine in ["vllm-new", "llama.cpp"] {
        let deployment = try Fixture.deployment(gpu.id, "llama3.2-1b@fp16", engine: engine)
        #expect(Catalogue.coefficients.covers(CoefficientKeys(deployment)), "\(gpu.id)")
      }
    }
    #expect(Catalogue.kernels.map(\.gpu) == ["rtx4090", "rtxpro6000"])
    for kernel in Catalogue.kernels {
      #expect(Catalogue.gpus.contains { $0.id == kernel.gpu })
    }
  }

  @Test("name every coefficient once, positive, and at its prior where nothing was measured")
  func coefficientsAreSound() {
    var names = Set<String>()
    for row in Catalogue.coefficients.rows {
      #expect(names.insert("\(row.quantity.name):\(row.key)").inserted, "\(row.key)")
      #expect(row.value > 0 && row.prior > 0, "\(row.key)")
      if row.rows == 0 { #expect(row.value == row.prior, "\(row.key)") }
    }
    for engine in Catalogue.engines where engine.id != "mlc-exl" {
      #expect(Catalogue.coefficients.value(.stepOverhead, engine.id) != nil, "\(engine.id)")
    }
  }

  @Test("name the nearest entry when one is misspelt, and none when nothing is near")
  func suggestions() {
    #expect(throws: CatalogueError.unknownGPU("H10O-sxm", nearest: "h100-sxm")) {
      try Catalogue.gpu("H10O-sxm")
    }
    #expect(throws: CatalogueError.unknownModel("lama3-8b", nearest: "llama3-8b")) {
      try ServedModel(parsing: "lama3-8b@fp16")
    }
    #expect(throws: CatalogueError.unknownPrecision("q4_k_n", nearest: "q4_k_m")) {
      try ServedModel(parsing: "llama3-8b@q4_k_n")
    }
    #expect(throws: CatalogueError.unknownPrecision("", nearest: nil)) {
      try ServedModel(parsing: "llama3-8b@")
    }
    #expect(throws: CatalogueError.unknownEngine("toaster", nearest: nil)) {
      try Catalogue.engine("toaster")
    }
    #expect(
      CatalogueError.unknownGPU("H10O", nearest: "h100").description
        == "\"H10O\" is not a known GPU; did you mean \"h100\"?")
  }

  @Test("read a served model with and without a precision") func servedModels() throws {
    let plain = try ServedModel(parsing: "llama3-8b")
    #expect(plain.precision == .fp16 && plain.description == "llama3-8b@fp16")
    let quantised = try ServedModel(parsing: "llama3-70b@q4_k_m")
    #expect(quantised.model.id == "llama3-70b" && quantised.precision.bitsPerWeight == 4.86)
  }
}

@Suite("A CSV table") struct CSVTableTests {
  private func parse(_ text: String) throws(CSVTable.Problem) -> CSVTable {
    try CSVTable(parsing: Array(text.utf8))
  }

  @Test("keeps quoted commas, quotes and line breaks, and where each cell begins")
  func quotedCells() throws {
    let table = try parse("a,b\r\n\"x, \"\"y\"\"\n\",2\r\n\n3,\n")
    #expect(table.header == ["a", "b"])
    #expect(table.rows.map { $0.map(\.text) } == [["x, \"y\"\n", "2"], ["3", ""]])
    #expect(table.rows[0][1].line == 3 && table.rows[0][1].column == 3)
    #expect(table.rows[1][0].line == 5 && table.rows[1][0].column == 1)
  }

  @Test("skips a byte-order mark and needs no final line break") func edges() throws {
    let table = try parse("\u{FEFF}a\n1")
    #expect(table.header == ["a"] && table.rows[0][0].text == "1")
  }

  @Test("says where it is broken") func problems() {
    func problem(_ text: String) -> String? {
      do throws(CSVTable.Problem) {
        _ = try parse(text)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(problem("")?.hasPrefix("1:1: error: the file is empty") == true)
    #expect(problem("a,b,a\n") == "1:5: error: column \"a\" appears twice")
    #expect(
      problem("a,b\n1,2\n3\n") == "3:1: error: the row has 1 cells; the header names 2 columns")
    #expect(problem("a\n\"x") == "2:1: error: the quote is never closed")
    #expect(problem("a\n\"x\"y\n") == "2:4: error: text after a closing quote")
  }
}
