public import Quantities

/// What an ERC-4337 user operation burns beside the call that it carries.
///
/// A bundler sends operations of several wallets in one `handleOps` transaction. Its base is the
/// bundle's and is shared by the operations in it; the entry point's loop, the wallet's check of
/// the signature and nonce, and the paymaster's check are each operation's own.
///
/// - Source: entry point 0.6 as the reference bundler of its authors prices it in
///   `calcPreVerificationGas` (21,000 a bundle, 18,300 an operation, 4 a word; calldata at 4 and 16
///   a byte). The two checks depend on the wallet and paymaster contracts: defaults are estimated
///   from what a plain one must touch, and both are parameters.
public struct UserOperationRules: BitwiseCopyable, Hashable, Sendable {
  /// Operations that a bundler puts into one transaction at most, ≥ 1.
  public var bundleSize: Int
  /// The wallet's `validateUserOp` and the entry point's nonce.
  public var verificationGas: Gas
  /// The paymaster's `validatePaymasterUserOp` and its deposit.
  public var paymasterGas: Gas

  /// `handleOps` before its first operation: the transaction itself.
  public static let bundleGas = Gas(UInt64(GasSchedule.transaction))
  public static let operationGas = Gas(18_300)
  public static let gasPerWord = Gas(4)

  /// A wallet behind a proxy whose owner signs: cold proxy and implementation 5,200, two cold slots
  /// 4,200, ecrecover 3,000, nonce 5,000, code 2,600.
  public static let verificationGasStandard = Gas(20_000)
  /// A paymaster that checks its own signature: cold contract 2,600, one cold slot 2,100, ecrecover
  /// 3,000, deposit 5,000, code 2,300.
  public static let paymasterGasStandard = Gas(15_000)

  public init(
    bundleSize: Int = 1, verificationGas: Gas = verificationGasStandard,
    paymasterGas: Gas = paymasterGasStandard
  ) {
    precondition(bundleSize >= 1, "a bundle holds an operation")
    self.bundleSize = bundleSize
    self.verificationGas = verificationGas
    self.paymasterGas = paymasterGas
  }

  /// What a call from a wallet's code adds that sends ETH along, where a transaction's value moves for
  /// nothing; what the callee does not use of its stipend comes back.
  public static var valueGas: Gas {
    Gas(UInt64(GasSchedule.callValue - GasSchedule.callStipend))
  }

  /// Gas of one operation without its share of the bundle's base.
  ///
  /// - Parameters:
  ///   - callGas: What the call charges as a transaction of its own.
  ///   - envelope: Of an operation that carries this call.
  public func gas(callGas: Gas, in envelope: UserOperationEnvelope, isSponsored: Bool) -> Gas {
    let checks = isSponsored ? verificationGas + paymasterGas : verificationGas
    return callGas - Gas(UInt64(GasSchedule.transaction)) + envelope.gas + Self.operationGas
      + checks
  }
}

/// How much larger a call gets by travelling as a user operation.
public struct UserOperationEnvelope: BitwiseCopyable, Hashable, Sendable {
  /// Calldata around the call's own, and the price of packing the words.
  public var gas: Gas
  /// FastLZ bytes that one more such operation adds to a bundle.
  public var fastLZSize: UInt32
  /// FastLZ bytes of a bundle before its operations.
  public var bundleFastLZSize: UInt32
}

extension UserOperationEnvelope {
  /// Measured on bundles of one and two operations around made-up calls of one function.
  ///
  /// - Parameter calldata: Two different calls of the function.
  public init(
    calldata: (first: [UInt8], second: [UInt8]), isSponsored: Bool, on chain: ChainParameters,
    key: UInt64
  ) {
    var bytes = SyntheticBytes(key: key)
    let first = Self.operation(calldata.first, isSponsored: isSponsored, &bytes)
    let second = Self.operation(calldata.second, isSponsored: isSponsored, &bytes)
    let one = Self.bundle([first])
    let two = Self.bundle([first, second])
    let own = Self.price(two) - Self.price(one) - Self.price(calldata.second)
    // The two calls may differ in zeros, but not in length.
    let words = UInt64((two.count - one.count + 31) / 32)
    gas = Gas(UInt64(max(0, own))) + UserOperationRules.gasPerWord * words
    let sizes = [one, two].map { calldata in
      SignedTransaction.typical(calldata: calldata, on: chain, key: key).fastLZSize
    }
    fastLZSize = sizes[1] - sizes[0]
    bundleFastLZSize = sizes[0] - min(sizes[0], fastLZSize)
  }

  private static func price(_ bytes: [UInt8]) -> Int64 {
    bytes.reduce(0) {
      $0 + ($1 == 0 ? GasSchedule.calldataZeroByte : GasSchedule.calldataNonzeroByte)
    }
  }

  /// Calldata of `handleOps(UserOperation[], address)`.
  private static func bundle(_ operations: [ABIValue]) -> [UInt8] {
    ABIEncoder().calldata(
      selector: [0x1f, 0xad, 0x94, 0x8c],
      arguments: [.array(operations), .address(AccountID(7))])
  }

  /// A wallet's `execute(address, uint256, bytes)` around the call, signed with 65 bytes; a
  /// paymaster adds its address, two timestamps and a signature of its own.
  private static func operation(
    _ call: [UInt8], isSponsored: Bool, _ bytes: inout SyntheticBytes
  ) -> ABIValue {
    let execute = ABIEncoder().calldata(
      selector: [0xb6, 0x1d, 0x27, 0xf6],
      arguments: [
        .address(AccountID(UInt32(truncatingIfNeeded: bytes.nextWord()) | 1)),
        .uint(.zero), .bytes(call),
      ])
    let paymaster =
      isSponsored
      ? bytes.next(count: 20) + ABIEncoder().encode([.uint(1_764_550_000), .uint(1_764_540_000)])
        + bytes.next(count: 65) : []
    func number(_ range: UInt64) -> ABIValue { .uint(UInt256(1 + bytes.nextWord() % range)) }
    return .tuple([
      ABIValue.Field(
        "sender", .address(AccountID(UInt32(truncatingIfNeeded: bytes.nextWord()) | 1))),
      ABIValue.Field("nonce", number(1_000)),
      ABIValue.Field("initCode", .bytes([])),
      ABIValue.Field("callData", .bytes(execute)),
      ABIValue.Field("callGasLimit", number(500_000)),
      ABIValue.Field("verificationGasLimit", number(100_000)),
      ABIValue.Field("preVerificationGas", number(60_000)),
      ABIValue.Field("maxFeePerGas", number(100_000_000)),
      ABIValue.Field("maxPriorityFeePerGas", number(1_000_000)),
      ABIValue.Field("paymasterAndData", .bytes(paymaster)),
      ABIValue.Field("signature", .bytes(bytes.next(count: 65))),
    ])
  }
}
