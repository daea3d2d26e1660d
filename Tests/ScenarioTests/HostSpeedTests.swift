import Inference
import Market
import Testing

@testable import Scenario

@Suite("What a scenario says about the speed of hosts") struct HostSpeedTests {
  private let served = "serves: [llama3-8b@q4_k_m]"

  private func host(
    _ keys: String, others: [String: String] = [:]
  ) throws -> HostCohort {
    let text = Fixture.minimal(served, as: "\(served), \(keys)")
    return try Fixture.load(text, others: others).configuration.hosts[0]
  }

  private func complaints(_ keys: String, others: [String: String] = [:]) -> [String] {
    Fixture.complaints(Fixture.minimal(served, as: "\(served), \(keys)"), others: others)
  }

  @Test("a benchmark point goes through the throughput model") func benchmark() throws {
    let host = try host(
      "benchmark: {decode: 50 tokens/s, context: 1000, prefill: 2000 tokens/s, promptTokens: 1024}")
    #expect(
      host.benchmark
        == HostCohort.Benchmark(
          decodeRate: 50, concurrency: 1, context: 1_000, prefillRate: 2_000, promptTokens: 1_024))
    let kind = try ServerKind(serving: host.serves[0], by: host)
    let step = kind.law.timePerOutputToken(concurrency: 1, context: 1_000)
    #expect(abs(step * 50 - 1) < 1e-9)
    #expect(abs(kind.law.prefillTime(tokens: 1_024, chunk: 512) * 2_000 / 1_024 - 1) < 1e-9)
  }

  @Test("a benchmark that measures nothing, or stands for two models, is refused") func refusals() {
    #expect(complaints("benchmark: {context: 10}").first?.contains("measures nothing") == true)
    #expect(complaints("benchmark: {decode: 0 tokens/s}").count == 1)
    let two = Fixture.minimal(
      served,
      as: "serves: [llama3-8b@q4_k_m, llama3.2-3b@q4_k_m], benchmark: {decode: 50 tokens/s}")
    #expect(Fixture.complaints(two).first?.contains("serve 2 models") == true)
  }

  @Test("a table of coefficients takes the place of the one that ships") func coefficients() throws
  {
    let shipped = Catalogue.coefficients.csv
    let same = try host("coefficients: c.csv", others: ["c.csv": shipped])
    #expect(same.coefficients?.table == Catalogue.coefficients)
    let slower = CoefficientTable(
      Catalogue.coefficients.rows.map { row in
        guard row.quantity == .weightBandwidth, row.key == "ada-geforce|single" else { return row }
        return Coefficient(
          quantity: row.quantity, key: row.key, prior: row.prior, spread: row.spread,
          value: row.value / 2, rows: row.rows, source: row.source)
      })
    let other = try host("coefficients: c.csv", others: ["c.csv": slower.csv])
    func step(_ host: HostCohort) throws -> Double {
      try ServerKind(serving: host.serves[0], by: host).law.timePerOutputToken(
        concurrency: 1, context: 100)
    }
    #expect(try step(other) > step(same) * 1.4)
  }

  @Test("a table of coefficients that cannot be read is refused at its place")
  func badCoefficients() {
    #expect(complaints("coefficients: c.csv").first?.contains("does not exist") == true)
    let bad = "quantity,key,prior,spread,value,rows,source\ncompute,*,1,1,fast,0,x\n"
    #expect(
      complaints("coefficients: c.csv", others: ["c.csv": bad]).first?
        .hasPrefix("c.csv:2:15: error: the table of coefficients does not read: value \"fast\"")
        == true)
  }

  @Test("runs with other benchmarks or coefficients have other identities") func identity() throws {
    func digest(_ keys: String, _ others: [String: String] = [:]) throws -> String {
      try Fixture.load(
        Fixture.minimal(served, as: served + keys), others: others
      ).canonicalText
    }
    let plain = try digest("")
    let table = Catalogue.coefficients.csv
    let measured = try digest(", benchmark: {decode: 50 tokens/s}")
    let fitted = try digest(", coefficients: c.csv", ["c.csv": table])
    let edited = try digest(", coefficients: c.csv", ["c.csv": table + "\n"])
    #expect(Set([plain, measured, fitted, edited]).count == 4)
  }

  @Test("a resampled trace needs gaps, and may have a rate and a profile") func resampling() throws
  {
    func load(_ keys: String, _ trace: String = Fixture.trace) -> [String] {
      Fixture.complaints(
        Fixture.minimal(
          "{poisson: {rate: 1/s}}, lengths: azure-conv-fit", as: "{resample: {\(keys)}}"),
        others: ["t.csv": trace])
    }
    #expect(load("trace: t.csv, meanBlock: 10, rate: 3/s, profile: weekly-chat") == [])
    #expect(load("meanBlock: 10").first?.contains("resample.trace is missing") == true)
    #expect(load("trace: t.csv, meanBlock: 0.5").count == 1)
    let instant = "arrival_s,prompt_tokens,output_tokens\n0,1,1\n0,1,1\n"
    #expect(load("trace: t.csv", instant).first?.contains("has no gaps") == true)
  }
}
