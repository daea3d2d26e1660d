internal import Market

/// `benchmark: {decode: 112 tokens/s, prefill: 4100 tokens/s}` of a host cohort.
enum BenchmarkKeys {
  private static let tokenRate = Kind<Double>.amount(
    "tokens/s", in: .above(0, to: 1e9), example: "112 tokens/s")
  static let decode = Key(
    "decode", tokenRate, optional: "only prefill was measured",
    "Output tokens of the whole host while concurrency sequences of context tokens decode.")
  static let concurrency = Key(
    "concurrency", .integer(in: 1...65_536), standard: "1", "Sequences that decoded at once.")
  static let context = Key(
    "context", .integer(in: 1...10_000_000), standard: "512",
    "Tokens that each of them held: its prompt and half its output.")
  static let prefill = Key(
    "prefill", tokenRate, optional: "only decode was measured",
    "Prompt tokens while one prompt of promptTokens is read alone.")
  static let promptTokens = Key(
    "promptTokens", .integer(in: 1...10_000_000), standard: "512", "Length of that prompt.")

  static let shape = SectionShape<HostCohort.Benchmark>(
    declaration: SectionDeclaration(
      name: "benchmark", doc: "Measured speed of one host.",
      keys: [
        decode.declaration, concurrency.declaration, context.declaration, prefill.declaration,
        promptTokens.declaration,
      ])
  ) { section in
    let decode = section.optional(decode)
    let concurrency = section.standard(concurrency)
    let context = section.standard(context)
    let prefill = section.optional(prefill)
    let promptTokens = section.standard(promptTokens)
    guard section.has("decode") || section.has("prefill") else {
      section.reading.complain(
        at: section.tree.location, "\(section.path)", "measures nothing",
        do: "give decode, prefill or both, as in decode: 112 tokens/s")
      return nil
    }
    return HostCohort.Benchmark(
      decodeRate: decode, concurrency: concurrency, context: context, prefillRate: prefill,
      promptTokens: promptTokens)
  }
}
