public import EVM
public import Quantities

/// What wallets, session keys, bundlers and parties of streams send to a `BaseAccountIntegration`.
public enum AccountCall: BitwiseCopyable, Hashable, Sendable {
  // Bundlers.
  case createJobViaAccount(JobOffer)
  case handleOp(UserOperationCall)
  // Wallets and their keys.
  case executeBatch(CallList<AccountOperation>)
  case addSessionKey(AccountID, expires: UInt64)
  case revokeSessionKey(AccountID)
  case claimJobViaSessionKey(wallet: AccountID, job: UInt64)
  // Streams, which are paid in as value.
  case createPaymentStream(to: AccountID, amount: UInt256, duration: UInt64)
  case withdrawFromStream(UInt64)
  case cancelPaymentStream(UInt64)

  /// Whether the function accepts ETH.
  var isPayable: Bool {
    switch self {
    case .createJobViaAccount, .handleOp, .executeBatch, .createPaymentStream: true
    default: false
    }
  }
}

/// One call that an account contract makes.
public struct AccountOperation: BitwiseCopyable, Hashable, Sendable {
  public var target: AccountID
  /// Wei.
  public var value: UInt256
  public var call: ContractCall

  public init(target: AccountID, value: UInt256, call: ContractCall) {
    self.target = target
    self.value = value
    self.call = call
  }
}

/// A user operation whose call data is `execute` of one operation.
public struct UserOperationCall: BitwiseCopyable, Hashable, Sendable {
  public var wallet: AccountID
  public var nonce: UInt64
  /// Exactly one.
  public var operation: CallList<AccountOperation>
  public var callGasLimit: UInt64
  public var verificationGasLimit: UInt64
  public var preVerificationGas: UInt64
  public var maxFeePerGas: UInt64
  public var maxPriorityFeePerGas: UInt64
  /// Zero for an operation that nobody sponsors.
  public var paymaster: AccountID
  public var signature: CallBytes
  /// What the entry point reports.
  public var gasUsed: UInt64

  public init(
    wallet: AccountID, nonce: UInt64, operation: CallList<AccountOperation>,
    callGasLimit: UInt64 = 0, verificationGasLimit: UInt64 = 0, preVerificationGas: UInt64 = 0,
    maxFeePerGas: UInt64 = 0, maxPriorityFeePerGas: UInt64 = 0, paymaster: AccountID = .zero,
    signature: CallBytes = .empty, gasUsed: UInt64 = 0
  ) {
    precondition(operation.count == 1, "a user operation carries one call")
    self.wallet = wallet
    self.nonce = nonce
    self.operation = operation
    self.callGasLimit = callGasLimit
    self.verificationGasLimit = verificationGasLimit
    self.preVerificationGas = preVerificationGas
    self.maxFeePerGas = maxFeePerGas
    self.maxPriorityFeePerGas = maxPriorityFeePerGas
    self.paymaster = paymaster
    self.signature = signature
    self.gasUsed = gasUsed
  }
}

extension World {
  @inline(never) mutating func calldata(of call: AccountCall) -> CalldataSize {
    var size = CalldataSize.selector
    switch call {
    case .createJobViaAccount(let offer): size.add(offer, headWords: 4, self)
    case .handleOp(let operation): add(operation, to: &size)
    case .executeBatch(let operations):
      size.add(UInt64(32))
      size.add(UInt64(operations.count))
      var offset = 32 * Int(operations.count)
      var cursor = operations.first
      while let (operation, next) = accountOperations.element(at: cursor) {
        size.add(UInt64(offset))
        let before = size.bytes
        add(operation, to: &size)
        offset += size.bytes - before
        cursor = next
      }
    case .addSessionKey(let key, let expires):
      size.add(key, self)
      size.add(expires)
    case .revokeSessionKey(let key): size.add(key, self)
    case .claimJobViaSessionKey(let wallet, let job):
      size.add(wallet, self)
      size.add(job)
    case .createPaymentStream(let receiver, let amount, let duration):
      size.add(receiver, self)
      size.add(amount)
      size.add(duration)
    case .withdrawFromStream(let stream), .cancelPaymentStream(let stream): size.add(stream)
    }
    return size
  }

  /// Target, value and offset of the data, and the data.
  private mutating func add(_ operation: AccountOperation, to size: inout CalldataSize) {
    size.add(operation.target, self)
    size.add(operation.value)
    size.add(UInt64(96))
    size.add(calldata(carrying: operation.call).carried)
  }

  /// Calldata of a call that another call carries.
  @inline(never) mutating func calldata(carrying call: ContractCall) -> CalldataSize {
    calldata(of: call)
  }

  /// `execute(target, value, data)`, which a user operation carries.
  mutating func callData(of operation: AccountOperation) -> CalldataSize {
    var size = CalldataSize.selector
    add(operation, to: &size)
    return size
  }

  private mutating func add(_ call: UserOperationCall, to size: inout CalldataSize) {
    guard let (operation, _) = accountOperations.element(at: call.operation.first) else { return }
    let callData = callData(of: operation).carried
    let sponsor: UInt32 = call.paymaster.isZero ? 0 : 20
    size.add(UInt64(64))
    size.add(call.gasUsed)
    size.add(call.wallet, self)
    for number in [
      call.nonce, call.callGasLimit, call.verificationGasLimit, call.preVerificationGas,
      call.maxFeePerGas, call.maxPriorityFeePerGas,
    ] { size.add(number) }
    var offset = 11 * 32
    for tail in [.empty, callData, CallBytes(length: sponsor, nonzeroCount: 0), call.signature] {
      size.add(UInt64(offset))
      let before = size.bytes
      size.add(tail)
      offset += size.bytes - before
    }
    if sponsor > 0 { size.nonzeroBytes += 20 - evm.zeroBytes(of: call.paymaster) }
  }

  /// - Returns: The number of the job or stream that the call made, else 0.
  @inline(never) mutating func execute(
    _ call: AccountCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) -> UInt64 {
    let unwanted = call.isPayable ? .zero : value
    guard try answers(code(of: target), as: .accountIntegration, unwanted) else { return 0 }
    let account = accountIntegrations[evm.instance(of: target)]
    switch call {
    case .createJobViaAccount(let offer):
      return try account.createJobViaAccount(
        offer, by: sender, value: value, &self
      ).narrow ?? 0
    case .handleOp(let operation):
      try account.handleOp(operation, by: sender, paid: value, &self)
    case .executeBatch(let operations):
      try account.executeBatch(operations, by: sender, value: value, &self)
    case .addSessionKey(let key, let expires):
      try account.addSessionKey(key, expires: UInt256(expires), by: sender, &self)
    case .revokeSessionKey(let key): try account.revokeSessionKey(key, by: sender, &self)
    case .claimJobViaSessionKey(let wallet, let job):
      try account.claimJobViaSessionKey(
        wallet: wallet, job: UInt256(job), by: sender, &self)
    case .createPaymentStream(let receiver, let amount, let duration):
      return try account.createPaymentStream(
        to: receiver, amount: amount, duration: UInt256(duration), by: sender, value: value,
        &self
      ).narrow ?? 0
    case .withdrawFromStream(let stream):
      try account.withdrawFromStream(UInt256(stream), by: sender, &self)
    case .cancelPaymentStream(let stream):
      try account.cancelPaymentStream(UInt256(stream), by: sender, &self)
    }
    return 0
  }

  /// Runs a call that another call carries.
  @inline(never) mutating func executeCarried(
    _ call: ContractCall, from sender: AccountID, to target: AccountID, value: UInt256
  ) throws(CallFailure) {
    _ = try execute(call, from: sender, to: target, value: value)
  }
}

extension CalldataSize {
  /// The same bytes as an argument.
  fileprivate var carried: CallBytes {
    CallBytes(length: UInt32(bytes), nonzeroCount: UInt32(nonzeroBytes))
  }
}
