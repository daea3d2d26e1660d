/// One column of a result table: its name, unit, kind of cells and meaning.
public struct Column: Hashable, Sendable {
  public enum Kind: Hashable, Sendable {
    case integer
    case real
    case text
    /// `true` or `false`.
    case flag
    /// Ticks, written as exact decimal seconds.
    case seconds
    /// Exact whole base units, written in units of 10^`decimals`: 18 for FAB and ETH, 6 for USDC.
    case amount(decimals: Int)
  }

  /// Without unit: `latency`.
  public let name: String
  public let unit: MeasureUnit
  public let kind: Kind
  /// One sentence for the column documentation.
  public let meaning: String

  public init(_ name: String, _ kind: Kind, _ unit: MeasureUnit, _ meaning: String) {
    self.name = name
    self.unit = unit
    self.kind = kind
    self.meaning = meaning
  }

  /// A column without a unit.
  public init(_ name: String, _ kind: Kind, _ meaning: String) {
    self.init(name, kind, .count, meaning)
  }

  /// With unit: `latency_s`.
  public var header: String { unit.header(for: name) }

  /// Instants and spans of simulated time.
  public static func seconds(_ name: String, _ meaning: String) -> Column {
    Column(name, .seconds, .seconds, meaning)
  }
}
