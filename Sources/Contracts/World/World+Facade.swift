public import EVM
public import Quantities

/// The decoded interface: values in, values out, for conformance vectors and tools.
extension World {
  /// Adds an account that is not a contract of the system.
  ///
  /// - Parameter address: 20 bytes.
  public mutating func addAccount(
    address: [UInt8], kind: AccountKind, eth: UInt256
  ) -> AccountID {
    let account = evm.account(at: address)
    evm.mintETH(eth, to: account)
    let code: CodeKind =
      switch kind {
      case .eoa: .none
      case .accepting: .accepting
      case .rejecting: .rejecting
      case .expensive: .expensive
      case .reentrant: .reentrant
      }
    if code != .none {
      wallets.append(Wallet(in: &evm))
      setCode(code, instance: wallets.count - 1, at: account)
    }
    return account
  }

  /// The identifier of an address, new or known; the account has no code until something is
  /// deployed there.
  public mutating func reserve(address: [UInt8]) -> AccountID { evm.account(at: address) }

  public mutating func transact(
    from: AccountID, to: AccountID, signature: String, arguments: [ABIValue], value: UInt256,
    block: BlockEnvironment, gasLimit: UInt64
  ) -> TransactionOutcome {
    let isPlain = signature == "receive()"
    let calldata = isPlain ? [] : Machine.selector(signature) + evm.encode(arguments)
    let price = Machine.price(ofCalldata: calldata)
    begin(from: from, to: to, gasLimit: Int64(gasLimit), block: block)
    do throws(CallFailure) {
      try payIntrinsic(calldata: price)
      guard evm.moveETH(value, from: from, to: to) else {
        return halted("insufficient funds", gasLimit: gasLimit)
      }
      let returned = try run(signature, arguments, at: to, from: from, value: value)
      return outcome(.success(returned), gasLimit: gasLimit, calldata: price)
    } catch {
      let data = outcomeData(of: error)
      fail(error)
      return outcome(.reverted(data), gasLimit: gasLimit, calldata: price)
    }
  }

  /// `eth_call` from the zero address: whatever it writes is rolled back.
  public mutating func view(
    to: AccountID, signature: String, arguments: [ABIValue], block: BlockEnvironment
  ) -> TransactionOutcome {
    let gasLimit: Int64 = 1 << 60
    evm.begin(from: .zero, gasLimit: gasLimit, block: block)
    logs.truncate(to: 0)
    evm.warm(to)
    let result: TransactionOutcome.Result
    do throws(CallFailure) {
      result = .success(try run(signature, arguments, at: to, from: .zero, value: .zero))
    } catch {
      result = .reverted(outcomeData(of: error))
    }
    let used = UInt64(gasLimit - evm.gas)
    evm.undoAll()
    restoreRules()
    logs.truncate(to: 0)
    return TransactionOutcome(
      result: result, events: [],
      gas: GasBreakdown(used: used, intrinsic: 0, calldata: 0, execution: used, refund: 0))
  }

  /// Sets what a `reentrant` account does on its next `times` receipts of ETH.
  public mutating func arm(
    _ account: AccountID, times: Int, target: AccountID, signature: String,
    arguments: [ABIValue], value: UInt256, bubble: Bool
  ) {
    precondition(code(of: account) == .reentrant, "only a reentrant wallet can be armed")
    let number = evm.instance(of: account)
    wallets[number].attempt = Wallet.Attempt(
      target: target, signature: signature, arguments: arguments, value: value, bubbles: bubble)
    let slot = wallets[number].times
    slot.row.initialize(slot, to: UInt256(times))
  }

  public func ethBalance(of account: AccountID) -> UInt256 { evm.ethBalance(of: account) }

  /// Zero when `token` is not a token contract.
  public func tokenBalance(of account: AccountID, token: AccountID) -> UInt256 {
    switch code(of: token) {
    case .testToken: evm.peek(tokens[evm.instance(of: token)].balance(of: account))
    case .governanceToken:
      evm.peek(governanceTokens[evm.instance(of: token)].balance(of: account))
    case .callbackToken:
      evm.peek(callbackTokens[evm.instance(of: token)].token.balance(of: account))
    default: .zero
    }
  }

  /// 20 bytes.
  public func address(of account: AccountID) -> [UInt8] { evm.address(of: account) }

  private mutating func outcome(
    _ result: TransactionOutcome.Result, gasLimit: UInt64, calldata: Int64
  ) -> TransactionOutcome {
    let gasLeft = evm.gas
    let receipt = finish(gasLimit: Int64(gasLimit), calldata: calldata)
    let execution = Int64(gasLimit) - gasLeft - GasSchedule.transaction - calldata
    return TransactionOutcome(
      result: result, events: logs.map { decoded($0) },
      gas: GasBreakdown(
        used: UInt64(receipt.gasUsed), intrinsic: UInt64(GasSchedule.transaction),
        calldata: UInt64(calldata), execution: UInt64(max(0, execution)),
        refund: UInt64(max(0, Int64(gasLimit) - gasLeft - receipt.gasUsed))))
  }

  private mutating func halted(_ reason: String, gasLimit: UInt64) -> TransactionOutcome {
    fail(.outOfGas)
    return TransactionOutcome(
      result: .reverted(.halt(reason)), events: [],
      gas: GasBreakdown(
        used: gasLimit, intrinsic: UInt64(GasSchedule.transaction), calldata: 0, execution: 0,
        refund: 0))
  }

  func outcomeData(of failure: CallFailure) -> TransactionOutcome.RevertData {
    switch failure {
    case .reverted(let reason): .error(reason.message)
    case .panic(let code): .panic(UInt64(code.rawValue))
    case .custom:
      .custom(name: evm.customError.name, arguments: evm.customError.arguments)
    case .empty: .empty
    case .outOfGas: .halt("out of gas")
    }
  }

  /// The bytes that a failed call returns.
  func revertData(of failure: CallFailure) -> [UInt8] {
    switch failure {
    case .reverted(let reason):
      Machine.selector("Error(string)") + evm.encode([.string(Array(reason.message.utf8))])
    case .panic(let code):
      Machine.selector("Panic(uint256)") + evm.encode([.uint(UInt256(code.rawValue))])
    case .custom:
      Machine.selector(evm.customError.signature)
        + evm.encode(evm.customError.arguments.map(\.value))
    case .empty, .outOfGas: []
    }
  }
}
