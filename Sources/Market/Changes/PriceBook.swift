/// Prices of the moment, and what was paid at earlier ones.
///
/// Fees and slashed stakes are kept in coins and turned into USD when a table asks. Where a price has
/// changed, the corrections hold what that gets wrong: coins paid before, times how much more they
/// were worth then. They count what counts: they begin anew when the warm-up ends.
struct PriceBook {
  /// USD.
  private(set) var eth: Double
  private(set) var fab: Double
  /// `[row of the gas accounts]`; empty before the first change.
  private(set) var gasCorrections: [Double] = []
  /// `[host]`, of its fees and those of its puppets, and of slashed stakes; empty before the first
  /// change.
  private(set) var feeCorrections: [Double] = []
  private(set) var slashCorrections: [Double] = []

  init(eth: Double, fab: Double) {
    self.eth = eth
    self.fab = fab
  }

  /// - Parameters: Fees so far, ETH.
  mutating func changeETH(to price: Double, feesByRow: [Double], feesByHost: [Double]) {
    gasCorrections = Self.corrected(gasCorrections, feesByRow, by: eth - price)
    feeCorrections = Self.corrected(feeCorrections, feesByHost, by: eth - price)
    eth = price
  }

  /// - Parameter slashedByHost: So far, FAB.
  mutating func changeFAB(to price: Double, slashedByHost: [Double]) {
    slashCorrections = Self.corrected(slashCorrections, slashedByHost, by: fab - price)
    fab = price
  }

  mutating func beginCounting() {
    gasCorrections = []
    feeCorrections = []
    slashCorrections = []
  }

  private static func corrected(
    _ corrections: [Double], _ coins: [Double], by difference: Double
  ) -> [Double] {
    coins.indices.map { (corrections.isEmpty ? 0 : corrections[$0]) + coins[$0] * difference }
  }

  func gasCorrection(ofRow row: Int) -> Double { gasCorrections.isEmpty ? 0 : gasCorrections[row] }
  func feeCorrection(ofHost host: Int) -> Double {
    feeCorrections.isEmpty ? 0 : feeCorrections[host]
  }
  func slashCorrection(ofHost host: Int) -> Double {
    slashCorrections.isEmpty ? 0 : slashCorrections[host]
  }
  var gasCorrection: Double { gasCorrections.reduce(0, +) }
}
