/// What a number in a table or metric counts, and how its header says so.
///
/// Header names carry the unit as their last part (`latency_p95_s`), so that a CSV can be read
/// without its documentation.
public struct MeasureUnit: Hashable, Sendable {
  /// Appended to a header after `_`; empty for ratios and plain counts.
  public let suffix: String
  /// For labels in reports, such as `USD`; empty for ratios and plain counts.
  public let symbol: String

  public init(suffix: String, symbol: String) {
    self.suffix = suffix
    self.symbol = symbol
  }

  /// A share or quotient of like quantities, 1 = the whole.
  public static let ratio = MeasureUnit(suffix: "", symbol: "")
  /// A number of things that the name itself says.
  public static let count = MeasureUnit(suffix: "", symbol: "")
  public static let seconds = MeasureUnit(suffix: "s", symbol: "s")
  public static let hours = MeasureUnit(suffix: "h", symbol: "h")
  public static let perSecond = MeasureUnit(suffix: "per_s", symbol: "1/s")
  public static let tokens = MeasureUnit(suffix: "tokens", symbol: "tokens")
  public static let tokensPerSecond = MeasureUnit(suffix: "tokens_per_s", symbol: "tokens/s")
  public static let gas = MeasureUnit(suffix: "gas", symbol: "gas")
  public static let wei = MeasureUnit(suffix: "wei", symbol: "wei")
  public static let gwei = MeasureUnit(suffix: "gwei", symbol: "gwei")
  public static let eth = MeasureUnit(suffix: "eth", symbol: "ETH")
  public static let fab = MeasureUnit(suffix: "fab", symbol: "FAB")
  public static let usdc = MeasureUnit(suffix: "usdc", symbol: "USDC")
  public static let usd = MeasureUnit(suffix: "usd", symbol: "USD")
  public static let bytes = MeasureUnit(suffix: "bytes", symbol: "B")
  public static let watts = MeasureUnit(suffix: "w", symbol: "W")
  public static let kilowattHours = MeasureUnit(suffix: "kwh", symbol: "kWh")

  /// `name` with this unit as a header: `latency` in seconds is `latency_s`.
  public func header(for name: String) -> String {
    suffix.isEmpty ? name : "\(name)_\(suffix)"
  }
}
