/// Prompt or output lengths as a mixture of two lognormals, cut at the shortest and longest seen.
///
/// No single lognormal, gamma or Weibull follows the public traces; two lognormals are the smallest
/// family that does.
public struct LengthMixture: Equatable, Sendable {
  /// Share of the first component.
  public let weight: Double
  /// Mean and deviation of the logarithm of tokens.
  public let first: Component
  public let second: Component
  public let minimum: Int32
  public let maximum: Int32

  public struct Component: Equatable, Sendable {
    public let mu: Double
    public let sigma: Double
    public init(mu: Double, sigma: Double) {
      self.mu = mu
      self.sigma = sigma
    }
  }

  public init(
    weight: Double, first: Component, second: Component, minimum: Int32, maximum: Int32
  ) {
    self.weight = weight
    self.first = first
    self.second = second
    self.minimum = minimum
    self.maximum = maximum
  }

  /// The length that two draws of the caller's streams select.
  ///
  /// - Parameters:
  ///   - choice: Uniform on [0, 1); picks the component.
  ///   - deviate: Standard normal.
  /// - Returns: Whole tokens, rounded to nearest, within `minimum ... maximum`.
  public func tokens(choice: Double, deviate: Double) -> Int32 {
    let component = choice < weight ? first : second
    let tokens = exponential(component.mu + component.sigma * deviate)
    return Int32(min(max(tokens.rounded(), Double(minimum)), Double(maximum)))
  }
}

/// The lengths of one trace, prompt and output drawn independently.
public struct WorkloadLengths: Equatable, Sendable {
  /// Such as `azure-conv-fit`.
  public let name: String
  public let prompt: LengthMixture
  public let output: LengthMixture
  /// Kolmogorov distances of the two fits from the trace.
  public let promptDistance: Double
  public let outputDistance: Double
  public let source: String
}

extension Catalogue {
  /// Fitted lengths of public traces.
  public static let lengths: [WorkloadLengths] = {
    let rows = CatalogueRows(PackageResources.lengths_csv, "lengths").rows
    return rows.filter { $0.text("marginal") == "prompt" }.map { prompt in
      let name = prompt.text("name")
      guard
        let output = rows.first(where: {
          $0.text("name") == name && $0.text("marginal") == "output"
        })
      else { preconditionFailure("lengths.csv has no output row for \(name)") }
      return WorkloadLengths(
        name: name, prompt: LengthMixture(prompt), output: LengthMixture(output),
        promptDistance: prompt.number("ks_distance"),
        outputDistance: output.number("ks_distance"), source: prompt.text("source"))
    }
  }()

  public static func lengths(_ name: String) throws(CatalogueError) -> WorkloadLengths {
    if let found = lengths.first(where: { $0.name == name }) { return found }
    throw .unknownLengths(name, nearest: nearestName(to: name, in: lengths.map(\.name)))
  }
}

extension LengthMixture {
  init(_ row: CatalogueRow) {
    self.init(
      weight: row.number("weight_1"),
      first: Component(mu: row.number("mu_1"), sigma: row.number("sigma_1")),
      second: Component(mu: row.number("mu_2"), sigma: row.number("sigma_2")),
      minimum: Int32(row.integer("tokens_min")), maximum: Int32(row.integer("tokens_max")))
  }
}
