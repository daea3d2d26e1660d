import Contracts
import EVM
import Quantities

/// A case whose setup has run and whose steps are decoded, ready to be replayed.
///
/// Everything that reads text lies behind it: replaying touches no JSON until results are compared.
struct PreparedCase: ~Copyable {
  var id: String
  var world: World
  var names: AccountNames
  var watch: BalanceWatch
  /// Wallets whose bookkeeping makes the gas of a step incomparable.
  var reentrantWallets: [AccountID]
  var deployments: [GasComparison]
  var steps: [Step]
  var finalCalls: [Step]
  /// Every balance after the last step.
  var finalBalances: [Expectation.Balance]
}

/// One decoded step and what the reference did.
struct Step {
  /// What was called, by type: `PaymentEscrow.releaseEscrow(bytes32)`.
  var label: String
  var action: Action
  /// Nil for arming, which has no result.
  var expectation: Expectation?

  enum Action {
    case transaction(Call, from: AccountID, value: UInt256)
    case view(Call)
    case deployment(Creation)
    case arming(AccountID, Call, value: UInt256, times: Int, bubble: Bool)
  }

  struct Call {
    var target: AccountID
    var signature: String
    var arguments: [ABIValue]
    var block: BlockEnvironment
  }

  struct Creation {
    var type: String
    var account: AccountID
    var sender: AccountID
    var arguments: [ABIValue]
    var value: UInt256
    var block: BlockEnvironment
  }
}

/// Gas of one transaction here and in the reference.
struct GasComparison: Sendable {
  /// What was called, by type.
  var label: String
  /// Case and step, for tables of the worst.
  var place: String
  var got: UInt64
  var expected: UInt64

  /// Signed, relative to the reference.
  var relativeError: Double { (Double(got) - Double(expected)) / Double(expected) }
}

extension World {
  /// Gas limit of every transaction in the vectors.
  static var vectorGasLimit: UInt64 { 30_000_000 }

  /// Does what the step says; nil for arming, which has no outcome.
  mutating func perform(_ action: Step.Action) -> TransactionOutcome? {
    switch action {
    case .transaction(let call, let sender, let value):
      return transact(
        from: sender, to: call.target, signature: call.signature, arguments: call.arguments,
        value: value, block: call.block, gasLimit: Self.vectorGasLimit)
    case .view(let call):
      return view(
        to: call.target, signature: call.signature, arguments: call.arguments, block: call.block)
    case .deployment(let creation):
      return deploy(
        type: creation.type, at: creation.account, from: creation.sender,
        arguments: creation.arguments, value: creation.value, block: creation.block)
    case .arming(let account, let call, let value, let times, let bubble):
      arm(
        account, times: times, target: call.target, signature: call.signature,
        arguments: call.arguments, value: value, bubble: bubble)
      return nil
    }
  }
}
