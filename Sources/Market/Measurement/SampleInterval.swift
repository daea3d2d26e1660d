import Quantities
import Statistics

/// What has happened since the last row of the time series.
struct SampleInterval {
  var firstToken = Tally()
  var latency = Tally()
  var requested = 0
  var completed = 0
  var transactions = 0
  var gas = Gas.zero
  var fees = Wei.zero
  /// What fees are worth beyond their value at the present price of ETH, USD.
  var feesCorrection = 0.0
  /// Units of 10⁻⁶ USDC.
  var payments: UInt64 = 0
  var ethPayments = Wei.zero
  var blocks = 0
  var blockFilling = 0.0
}
