internal import Market

/// `lengths:`, how many tokens the requests have.
enum LengthKeys {
  static let kind = Kind<RenterCohort.Lengths>.either(scalar: word, section: shape.kind)

  private static let word = Kind<RenterCohort.Lengths>(
    notation: .either([.known(.workload), .word(["fromTrace"])])
  ) { tree, path, reading in
    if tree.text == "fromTrace" { return .fromTrace }
    return Kind<String>.known(.workload).read(tree, path, reading).map { .fitted($0) }
  }

  static let fixed = Key(
    "fixed", FixedLengthKeys.shape.kind, optional: "another law is given", "Every request alike.")
  static let exponential = Key(
    "exponential", ExponentialLengthKeys.shape.kind, optional: "another law is given",
    "Memoryless lengths, whole numbers of tokens from 1.")
  static let lognormal = Key(
    "lognormal", MixtureKeys.pair.kind, optional: "another law is given",
    "Two-component lognormals.")

  static let shape = SectionShape<RenterCohort.Lengths>(
    declaration: SectionDeclaration(
      name: "lengths", doc: "One of fixed, exponential and lognormal.",
      keys: [fixed.declaration, exponential.declaration, lognormal.declaration])
  ) { section in
    let fixed = section.optional(fixed)
    let exponential = section.optional(exponential)
    let lognormal = section.optional(lognormal)
    let given = ["fixed", "exponential", "lognormal"].filter(section.has)
    guard given.count == 1 else {
      section.reading.complain(
        at: section.tree.location, "\(section.path)",
        given.isEmpty ? "gives no lengths" : "gives \(given.joined(separator: " and "))",
        do: "give one of fixed, exponential and lognormal, or the name of a fitted workload")
      return nil
    }
    return fixed ?? exponential ?? lognormal
  }
}

/// `exponential: {prompt: 500, output: 200}`.
enum ExponentialLengthKeys {
  private static let mean = Kind<Double>.number(in: .from(1, to: 100_000))
  static let prompt = Key("prompt", mean, "Mean prompt tokens.")
  static let output = Key("output", mean, "Mean output tokens.")

  static let shape = SectionShape<RenterCohort.Lengths>(
    declaration: SectionDeclaration(
      name: "exponential", doc: "Memoryless lengths, prompt and output drawn apart.",
      keys: [prompt.declaration, output.declaration])
  ) { section in
    let prompt = section.required(prompt)
    let output = section.required(output)
    guard let prompt, let output else { return nil }
    return .exponential(prompt: prompt, output: output)
  }
}

/// `fixed: {prompt: 500, output: 200}`.
enum FixedLengthKeys {
  /// The contract takes at most a million tokens.
  static let tokens = Kind<Int>.integer(in: 1...1_000_000)
  static let prompt = Key("prompt", tokens, "Prompt tokens.")
  static let output = Key("output", tokens, "Output tokens.")

  static let shape = SectionShape<RenterCohort.Lengths>(
    declaration: SectionDeclaration(
      name: "fixed", doc: "Every request alike.",
      keys: [prompt.declaration, output.declaration])
  ) { section in
    let prompt = section.required(prompt)
    let output = section.required(output)
    guard let prompt, let output else { return nil }
    return .fixed(prompt: prompt, output: output)
  }
}

/// `lognormal: {prompt: {mu1: 6.63, sigma1: 0.99}, output: …}`.
enum MixtureKeys {
  static let weight = Key(
    "weight", .fraction(in: .from(0, to: 1)), standard: "100%",
    "Probability of the first component.")
  static let mu1 = Key(
    "mu1", .number(in: .from(-20, to: 20)), "Mean of the logarithm, first component.")
  static let sigma1 = Key(
    "sigma1", .number(in: .from(0, to: 10)),
    "Standard deviation of the logarithm, first component.")
  static let mu2 = Key(
    "mu2", .number(in: .from(-20, to: 20)), optional: "weight is 100%",
    "Mean of the logarithm, second component.")
  static let sigma2 = Key(
    "sigma2", .number(in: .from(0, to: 10)), optional: "weight is 100%",
    "Standard deviation of the logarithm, second component.")
  static let maximum = Key(
    "maximum", FixedLengthKeys.tokens, standard: "1_000_000", "Longest length that is drawn.")

  static let shape = SectionShape<LognormalMixture>(
    declaration: SectionDeclaration(
      name: "lognormal mixture", doc: "A mixture of two lognormals, cut to 1 … maximum tokens.",
      keys: [
        weight.declaration, mu1.declaration, sigma1.declaration, mu2.declaration,
        sigma2.declaration, maximum.declaration,
      ])
  ) { section in
    let weight = section.standard(weight)
    let mu1 = section.required(mu1)
    let sigma1 = section.required(sigma1)
    let needsSecond = weight < 1 || section.has("mu2") || section.has("sigma2")
    let mu2 = needsSecond ? section.required(mu2) : mu1
    let sigma2 = needsSecond ? section.required(sigma2) : sigma1
    let maximum = section.standard(maximum)
    guard let mu1, let sigma1, let mu2, let sigma2 else { return nil }
    return LognormalMixture(
      weight: weight, mu1: mu1, sigma1: sigma1, mu2: mu2, sigma2: sigma2, maximum: maximum)
  }

  static let prompt = Key("prompt", shape.kind, "Prompt tokens.")
  static let output = Key("output", shape.kind, "Output tokens.")
  static let correlation = Key(
    "correlation", .number(in: .from(-1, to: 1)), standard: "0",
    "Spearman correlation of prompt and output lengths; 0 draws them independently.")

  static let pair = SectionShape<RenterCohort.Lengths>(
    declaration: SectionDeclaration(
      name: "lognormal", doc: "Prompt and output lengths and how they go together.",
      keys: [prompt.declaration, output.declaration, correlation.declaration])
  ) { section in
    let prompt = section.required(prompt)
    let output = section.required(output)
    let correlation = section.standard(correlation)
    guard let prompt, let output else { return nil }
    return .lognormal(prompt: prompt, output: output, correlation: correlation)
  }
}
