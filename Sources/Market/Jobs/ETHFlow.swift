import Quantities

/// ETH that changed hands, and what it was worth each time that some did.
struct ETHFlow: BitwiseCopyable {
  /// Wei in a unit of a job's payment in ETH: amounts below 2⁶⁴ units reach 18 million ETH, and a
  /// millionth of a USD is still hundreds of units at any price below 10⁸ USD.
  static let weiPerUnit: UInt64 = 1_000_000

  var amount = Wei.zero
  /// USD, at the prices of the times.
  var worth = 0.0

  mutating func add(_ amount: Wei, at price: Double) {
    self.amount += amount
    worth += amount.eth * price
  }

  func since(_ earlier: ETHFlow) -> ETHFlow {
    ETHFlow(amount: amount - earlier.amount, worth: worth - earlier.worth)
  }

  /// What somebody who asks so many millionths of a USD gets in ETH, in units, rounded up; 2⁶³, which
  /// no budget reaches, for all that is more.
  static func units(ofMicroUSD asked: UInt64, at price: Double) -> UInt64 {
    UInt64(min((Double(asked) * 1e6 / price).rounded(.up), 0x1p63))
  }

  static func amount(ofUnits units: UInt64) -> UInt256 {
    UInt256(high: 0, low: wei(ofUnits: units).rawValue)
  }

  static func wei(ofUnits units: UInt64) -> Wei { Wei(UInt128(units) * UInt128(weiPerUnit)) }
}
