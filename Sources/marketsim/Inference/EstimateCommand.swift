import ArgumentParser
import Inference
import Kernel
import Report

/// Says what one host can do, and what that costs.
struct EstimateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "estimate",
    abstract: "Say what one host can do with a model, and what that costs.",
    discussion: """
      Memory fit, KV tokens, time to first token (TTFT), time per output token (TPOT), throughput, \
      energy and costs of a host that serves requests of one length, with the term that limits. \
      Loaded latencies and saturation come from the simulated server of the markets, not from a \
      formula. Times are the server's: no network. Energy counts the rated power of the GPUs while \
      they work and nothing while they stand idle. Exits 2 when a name or an argument is wrong or \
      the model does not fit.
      """)

  @OptionGroup var host: HostOptions

  @Option(help: "Prompt tokens of each request.")
  var prompt: Int

  @Option(help: "Output tokens of each request.")
  var output: Int

  @Option(
    help: ArgumentHelp(
      "Of each prompt, tokens that the prefix cache holds; whole blocks of them are not read again.",
      valueName: "tokens"))
  var cachedPrefix = 0

  @Option(help: ArgumentHelp("Requests in flight at all times.", valueName: "n"))
  var concurrency: Int?

  @Option(help: ArgumentHelp("Poisson arrivals per second.", valueName: "requests/s"))
  var rate: Double?

  @Option(
    help: ArgumentHelp(
      "Service levels, as ttft_p95=2s,tpot_p95=50ms: finds the most requests/s that meet them.",
      valueName: "levels"))
  var slo: String?

  @Option(help: "Proof or check of each request, as marketsim list proofs names it.")
  var proof: String?

  @Option(help: ArgumentHelp("Price of electricity.", valueName: "USD/kWh"))
  var electricity = 0.15

  @Option(
    help: ArgumentHelp(
      "Rent of the whole host; the catalogue's price per GPU if left out.", valueName: "USD/h"))
  var rent: Double?

  @Option(help: ArgumentHelp("Price of the hardware, if owned.", valueName: "USD"))
  var capital: Double?

  @Option(help: ArgumentHelp("Years over which the hardware is written off.", valueName: "years"))
  var life = 3.0

  @Option(help: ArgumentHelp("Share of its hours that the host is busy.", valueName: "percent"))
  var utilisation = 100.0

  @Option(help: "Requests of each load test.")
  var requests = 40_000

  @Option(help: "Seed of the arrivals.")
  var seed: UInt64 = 1

  @Flag(help: "Print one JSON object a line.")
  var json = false

  @Flag(help: "Print CSV.")
  var csv = false

  func run() throws {
    let table = try InferenceInput.located { try estimate() }
    if json {
      InferenceInput.printBytes(JSONLinesEncoder.encode(table.rows))
    } else if csv {
      InferenceInput.printBytes(CSVEncoder.encode(table.rows))
    } else {
      print(TextTable.render(table.rows, significantDigits: 4), terminator: "")
    }
  }

  func estimate() throws -> EstimateTable {
    try checkArguments()
    let levels = try (slo ?? "").split(separator: ",").map { try ServiceLevel(parsing: String($0)) }
    let deployment = try host.deployment()
    let kind = try host.kind(of: deployment, prompt: prompt, output: output)
    let test = try LoadTest(
      kind,
      sending: [
        LoadTest.Request(
          prompt: Int32(prompt), output: Int32(output), cachedPrefix: Int32(cachedPrefix))
      ])
    var table = EstimateTable()
    table.appendMemory(try MemoryFit(deployment), kind, prompt: prompt, output: output)
    table.appendAlone(kind, test.closedLoop(concurrency: 1, requests: 20), prompt, output)
    var basis = test.saturation(requests: requests)
    table.append("saturated", basis, kind, inFlight: test.places, prompt, output)
    if let concurrency {
      basis = test.closedLoop(concurrency: concurrency, requests: max(requests, concurrency * 10))
      table.append("\(concurrency) in flight", basis, kind, inFlight: concurrency, prompt, output)
    }
    if let rate {
      basis = test.openLoop(gaps: gaps, rate: rate)
      table.append("\(rate) requests/s", basis, kind, inFlight: nil, prompt, output)
    }
    if !levels.isEmpty { table.append(test.capacity(meeting: levels, gaps: gaps), levels) }
    let economics = economics(of: deployment, basis)
    table.appendCosts(basis, economics, hasPower: deployment.power != nil)
    if let proof {
      table.append(
        try Catalogue.proofScheme(proof), deployment.served.model, kind, basis, economics,
        prompt: prompt, output: output)
    }
    return table
  }

  /// Exponential gaps, so that arrivals are Poisson.
  private var gaps: [Double] {
    let source = StreamSource(seed: seed, replication: 0, name: "estimate.arrivals")
    return (0..<requests).map { index in
      var stream = source.stream(entity: 0, event: index)
      return stream.standardExponential()
    }
  }

  private func economics(of deployment: Deployment, _ basis: LoadTest.Outcome) -> HostEconomics {
    let gpus = Double(deployment.parallelism.gpus)
    return HostEconomics(
      power: (deployment.power ?? 0) * basis.busyShare, electricityPrice: electricity,
      rent: rent ?? deployment.gpu.rentalUSDPerHour.map { $0 * gpus },
      capital: capital.map { ($0, life * 8_766) }, utilisation: utilisation / 100)
  }

  private func checkArguments() throws {
    func check(_ holds: Bool, _ complaint: String) throws {
      if !holds { throw ArgumentProblem(complaint) }
    }
    try check((1...10_000_000).contains(prompt), "--prompt takes 1 to 10000000 tokens")
    try check((1...10_000_000).contains(output), "--output takes 1 to 10000000 tokens")
    try check(
      (0...prompt).contains(cachedPrefix),
      "--cached-prefix takes 0 to the \(prompt) tokens of the prompt")
    try check((1...100_000).contains(concurrency ?? 1), "--concurrency takes 1 to 100000 requests")
    try check((100...1_000_000).contains(requests), "--requests takes 100 to 1000000")
    try check(rate.map { $0 > 0 && $0 <= 1e6 } ?? true, "--rate takes a rate above 0 up to 1e6")
    try check((0...1_000).contains(electricity), "--electricity takes 0 to 1000 USD/kWh")
    try check(rent.map { $0 >= 0 && $0 <= 1e6 } ?? true, "--rent takes 0 to 1e6 USD/h")
    try check(capital.map { $0 >= 0 && $0 <= 1e9 } ?? true, "--capital takes 0 to 1e9 USD")
    try check((0.01...100).contains(life), "--life takes 0.01 to 100 years")
    try check(utilisation > 0 && utilisation <= 100, "--utilisation takes above 0 to 100 percent")
    try check(!(csv && json), "--csv and --json exclude each other")
  }
}
