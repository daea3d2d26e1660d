/// One accelerator of the catalogue. Rates are dense peaks of the data sheet, in SI units.
///
/// - Source: `Catalogue/gpus.csv`, one source column per figure.
public struct GPU: Equatable, Sendable {
  public let id: String
  public let name: String
  public let vendor: String
  /// Key of the fitted efficiencies, such as `ada-geforce`.
  public let architectureClass: String
  /// In bytes.
  public let memory: Double
  /// In bytes per second.
  public let memoryBandwidth: Double
  /// Tensor FLOP/s at 16 bits, without sparsity.
  public let flopsAt16Bit: Double
  public let flopsAt8Bit: Double?
  public let flopsAt4Bit: Double?
  /// In watts; absent for parts whose maker publishes none.
  public let thermalDesignPower: Double?
  /// Bytes per second to its peers, one direction; absent where only PCIe connects them.
  public let link: Double?
  /// One sourced market price, not an average.
  public let rentalUSDPerHour: Double?

  /// PCIe 3.0 ×16, assumed where the catalogue names no link.
  public static let defaultLink = 16e9
  /// Links no faster than PCIe 5.0 ×16 pay its latency.
  var isLinkedByPCIe: Bool { (link ?? Self.defaultLink) <= 64e9 }

  /// Whether the data sheet halves the rate of products that accumulate at 32 bits.
  static func hasHalfRate(_ architectureClass: String) -> Bool {
    architectureClass.hasSuffix("-geforce") || architectureClass == "turing"
  }
}
