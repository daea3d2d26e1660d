/// Renters of the host's own, who buy from it to lift its score.
///
/// The host does no work for them: the result is nobody's. What it costs is the platform's fee and
/// the gas of both sides.
public struct WashTrading: ConductPart {
  public var puppets: Puppets
  /// Share of their requests that they buy from the market at large, at its prices, 0 … 1: what ties
  /// them, and the host, to people whom others trust.
  public var outside: Double

  public init(_ puppets: Puppets, outside: Double = 0) {
    self.puppets = puppets
    self.outside = outside
  }

  private static let outsideKey = ConductKey(
    "outside", .share, .standard("0%"),
    "Share of their requests that they buy from the market at large, at its prices: edges to people "
      + "whom others trust.")

  public static let declaration = ConductDeclaration(
    "washTrading", absence: "sells to others only",
    "Renters of its own buy from it and rate it, and no work is done.",
    keys: Puppets.keys + [outsideKey])

  public init(_ values: ConductValues) {
    self.init(Puppets(values), outside: values[Self.outsideKey])
  }
}
