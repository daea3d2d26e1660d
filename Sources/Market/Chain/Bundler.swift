import Contracts
import EVM
import Quantities

/// An operation of the bundle that is being filled: executed, its own gas paid, its share of the
/// bundle's base and L1 data still to come.
struct BundledOperation: BitwiseCopyable {
  var transaction: MarketTransaction
  var receipt: ChainReceipt
  var fee: FeeBreakdown
  var party: MarketParty
  /// 0: the sender; n: the n-th paymaster.
  var payer: UInt8
  var payerAccount: AccountID
  var tip: Wei
  var envelope: UserOperationEnvelope
  /// Number of the request, nil when its slot serves another by now.
  var jobNumber: UInt64?
}

/// Puts user operations into bundles and knows what they weigh.
///
/// Operations of a block fill bundles in their order. A bundle is one `handleOps` transaction of a
/// bundler whom the operations pay back exactly, so the bundler itself gains and loses nothing.
struct Bundler {
  let rules: UserOperationRules
  /// Accounts of the paymasters, each holding its deposit.
  let paymasters: [AccountID]
  private(set) var bundle: [BundledOperation] = []
  /// `[function * 2 + sponsored]`, then by length of text.
  private var envelopes: [[UserOperationEnvelope?]]
  private let parameters: ChainParameters

  init(_ rules: UserOperationRules, paymasters: [AccountID], on parameters: ChainParameters) {
    self.rules = rules
    self.paymasters = paymasters
    self.parameters = parameters
    envelopes = Array(repeating: [], count: 2 * MarketTransaction.Function.allCases.count)
    bundle.reserveCapacity(rules.bundleSize)
  }

  var isFull: Bool { bundle.count == rules.bundleSize }

  mutating func append(_ operation: BundledOperation) { bundle.append(operation) }

  mutating func removeAll() { bundle.removeAll(keepingCapacity: true) }

  /// - Complexity: O(1) once measured, else O(textLength).
  mutating func envelope(
    of function: MarketTransaction.Function, textLength: Int, isSponsored: Bool
  ) -> UserOperationEnvelope {
    let row = 2 * Int(function.rawValue) + (isSponsored ? 1 : 0)
    if textLength < envelopes[row].count, let known = envelopes[row][textLength] { return known }
    let key = UInt64(row) << 32 | UInt64(textLength)
    let calls = [0, 1].map { sample in
      MarketTexts.calldata(Int(function.rawValue), textLength, key << 1 | UInt64(sample))
    }
    let envelope = UserOperationEnvelope(
      calldata: (calls[0], calls[1]), isSponsored: isSponsored, on: parameters, key: key)
    let missing = textLength + 1 - envelopes[row].count
    if missing > 0 { envelopes[row] += Array(repeating: nil, count: missing) }
    envelopes[row][textLength] = envelope
    return envelope
  }
}
