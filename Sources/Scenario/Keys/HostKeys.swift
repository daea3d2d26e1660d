internal import Market
internal import Quantities

/// One element of `hosts:`.
enum HostKeys {
  static let name = Key("name", .name, "Name of the cohort, unique among hosts.")
  static let count = Key("count", .integer(in: 0...10_000_000), "Number of hosts.")
  static let gpu = Key("gpu", .known(.gpu), "GPU of each host, from the catalogue.")
  static let gpuCount = Key(
    "gpuCount", .integer(in: 1...64), standard: "1",
    "GPUs of one host, tensor parallel; whole layers dealt out under llama.cpp and mlc-exl.")
  static let serves = Key(
    "serves", .servedModels,
    "Models and precisions that each host has loaded, all at once, as llama3-8b@q4_k_m.")
  static let discipline = Key(
    "discipline", Kind<HostCohort.Discipline>.choice, standard: "fifo",
    "fifo: one request at a time; continuousBatching: a batch that requests join and leave.")
  static let engine = Key(
    "engine", .known(.engine), optional: "llama.cpp for fifo, vllm-new for continuousBatching",
    "Inference engine, a row of the fitted coefficients.")
  static let maxSequences = Key(
    "maxSequences", .integer(in: 1...65_536), standard: "256",
    "Most sequences in one batch (continuousBatching only).")
  static let queueLimit = Key(
    "queueLimit", .integer(in: 0...1_000_000), standard: "0",
    "Jobs that a host holds beyond those it is working on.")
  static let behaviour = Key(
    "behaviour", ConductKeys.kind, standard: "honest",
    "How the host plays; parts compose, and what is left out is honest.")
  static let availability = Key(
    "availability", .orNone("always", AvailabilityKeys.shape.kind), standard: "always",
    "Times for which a host is up and down, exponential with the means given.")
  static let price = Key(
    "price", PriceKeys.shape.kind, optional: "the standard of each of its keys",
    "What a host asks.")
  static let electricity = Key(
    "electricity", .amount("USD/kWh", in: .from(0, to: 1_000), example: "0.15 USD/kWh"),
    standard: "0.15 USD/kWh", "Price of electricity.")
  static let regions = Key(
    "regions", .shares(of: "region"), optional: "every region alike, drawn for each of them",
    "Where the hosts live.")
  static let extraStake = Key(
    "extraStake", .wholeAmount(Unit.only("FAB"), in: 0...1_000_000_000, example: "500 FAB"),
    standard: "0 FAB", "Stake at registration beyond the contract's minimum.")

  static let reserve = Key(
    "reserve", .wholeAmount(Unit.only("FAB"), in: 0...1_000_000_000, example: "500 FAB"),
    standard: "1000 FAB", "FAB that a host keeps for topping up its stake, where hosts lose any.")
  static let topUp = Key(
    "topUp", Kind<HostCohort.TopUp>.choice, standard: "atOnce",
    "What a host does with less stake than it needs: never, atOnce, or whenProfitable, if a month "
      + "of its profit so far, before slashes, would repay it.")
  static let benchmark = Key(
    "benchmark", BenchmarkKeys.shape.kind, optional: "the throughput model alone",
    "What the owner measured on one of the hosts; overrides the throughput model's level.")
  static let coefficients = Key(
    "coefficients", .path, optional: "the coefficients that ship",
    "Coefficients of the throughput model, from marketsim calibrate; the path is relative to the "
      + "file that names it.")

  static let shape = SectionShape<HostCohort>(
    declaration: SectionDeclaration(
      name: "host cohort", doc: "Hosts that share hardware, software, prices and conduct.",
      keys: [
        name.declaration, count.declaration, gpu.declaration, gpuCount.declaration,
        serves.declaration, discipline.declaration, engine.declaration,
        maxSequences.declaration, queueLimit.declaration, behaviour.declaration,
        availability.declaration, price.declaration, electricity.declaration,
        regions.declaration, extraStake.declaration, reserve.declaration, topUp.declaration,
        ProofKeys.proofTime.declaration, WalletKeys.wallet.declaration, benchmark.declaration,
        coefficients.declaration, BusinessKeys.rent.declaration,
        BusinessKeys.pricing.declaration, BusinessKeys.participation.declaration,
        BusinessKeys.review.declaration, ProofKeys.proof.declaration,
      ])
  ) { section in
    let name = section.required(name)
    let count = section.required(count)
    let gpu = section.required(gpu)
    let gpuCount = section.standard(gpuCount)
    let serves = section.required(serves)
    let discipline = section.standard(discipline)
    let engine = section.optional(engine)
    let maxSequences = section.standard(maxSequences)
    let queueLimit = section.standard(queueLimit)
    let behaviour = section.standard(behaviour)
    let given = section.standard(availability)
    let availability = behaviour.flaky?.availability ?? given
    let price = section.has("price") ? section.optional(price) : PriceKeys.standard(section)
    let electricity = section.standard(electricity)
    let regions = RegionKeys.share(section.optional(regions), of: section)
    let reserve = section.standard(reserve)
    let topUp = section.standard(topUp)
    let proofTime = section.standard(ProofKeys.proofTime)
    let proof = ProofKeys.scheme(section)
    let extraStake = section.standard(extraStake)
    let wallet = section.standard(WalletKeys.wallet)
    let rent = section.standard(BusinessKeys.rent)
    let pricing = section.standard(BusinessKeys.pricing)
    let participation = section.optional(BusinessKeys.participation)
    let review = section.standard(BusinessKeys.review)
    if behaviour.flaky != nil, section.has("availability") {
      section.complain(
        "availability", "is given beside behaviour flaky, which means the same", do: "keep one")
    }
    let benchmark = section.optional(benchmark)
    let path = section.optional(coefficients)
    let coefficients = path.flatMap { CoefficientFile.reading($0, named: section) }
    if benchmark != nil, let serves, serves.count > 1 {
      section.complain(
        "benchmark", "is given for hosts that serve \(serves.count) models",
        do: "serve one, or leave the benchmark out")
    }
    if section.has("maxSequences"), discipline == .fifo {
      section.complain(
        "maxSequences", "is given for discipline fifo, which serves one request at a time",
        do: "remove it or write discipline: continuousBatching")
    }
    guard let name, let count, let gpu, let serves, let price, let regions,
      path == nil || coefficients != nil
    else { return nil }
    return HostCohort(
      name: name, count: count, gpu: gpu, gpuCount: gpuCount, serves: serves,
      discipline: discipline, engine: engine, maxSequences: maxSequences,
      queueLimit: queueLimit, behaviour: behaviour, availability: availability, price: price,
      electricity: electricity, regions: regions, extraStake: extraStake, reserve: reserve,
      topUp: topUp, proofTime: proofTime, proof: proof, wallet: wallet,
      rent: rent, pricing: pricing, participation: participation, review: review,
      benchmark: benchmark, coefficients: coefficients)
  }
}

/// `availability: {up: 20h, down: 30min}`.
enum AvailabilityKeys {
  private static let span = Kind<SimDuration>.duration(
    from: .seconds(1), to: .days(3_650), example: "20h")
  static let up = Key("up", span, "Mean time for which a host stays up.")
  static let down = Key("down", span, "Mean time for which it then stays down.")

  static let shape = SectionShape<HostCohort.Availability>(
    declaration: SectionDeclaration(
      name: "availability", doc: "Alternating up and down times, both exponential.",
      keys: [up.declaration, down.declaration])
  ) { section in
    let up = section.required(up)
    let down = section.required(down)
    guard let up, let down else { return nil }
    return HostCohort.Availability(up: up, down: down)
  }
}

/// `price: {prompt: 0.10 USD/Mtoken, output: 0.40 USD/Mtoken, spread: 0.2}`.
enum PriceKeys {
  private static let perMillion = Kind<Double>.amount(
    "USD/Mtoken", in: .from(0, to: 1e6), example: "0.40 USD/Mtoken")
  static let prompt = Key(
    "prompt", perMillion, standard: "0.1 USD/Mtoken", "Asked for a million prompt tokens.")
  static let output = Key(
    "output", perMillion, standard: "0.4 USD/Mtoken", "Asked for a million output tokens.")
  static let spread = Key(
    "spread", .fraction(in: .from(0, to: 3)), standard: "0",
    "Standard deviation of the logarithm of the factor by which each host scales both.")

  static let shape = SectionShape<HostCohort.Price>(
    declaration: SectionDeclaration(
      name: "price", doc: "What a host asks.",
      keys: [prompt.declaration, output.declaration, spread.declaration]), make: make)

  private static let make: @Sendable (Section) -> HostCohort.Price? = { section in
    HostCohort.Price(
      promptPerMillion: section.standard(prompt), outputPerMillion: section.standard(output),
      spread: section.standard(spread))
  }

  /// The price of a cohort that names none.
  static func standard(_ section: Section) -> HostCohort.Price? {
    let empty = DocumentTree(content: .map([]), location: section.tree.location)
    return shape.read(empty, at: section.path.appending("price"), section.reading)
  }
}
