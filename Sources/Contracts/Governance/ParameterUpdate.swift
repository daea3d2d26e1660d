public import EVM
public import Quantities

/// One change that a proposal makes: a function of a contract, and its only argument.
public struct ParameterUpdate: Hashable, Sendable {
  public var target: AccountID
  /// The first four bytes of the hash of the function's signature.
  public var selector: [UInt8]
  /// What the event calls it; the reference derives the old value that it reports from it.
  public var name: String
  public var value: UInt256

  /// - Parameter function: Signature of a function of one word, such as `setFee(uint256)`.
  public init(of target: AccountID, function: String, name: String, value: UInt256) {
    self.target = target
    selector = Machine.selector(function)
    self.name = name
    self.value = value
  }
}

extension World {
  static let updateTypes: [ABIType] = [
    .array(of: .tuple([.address, .fixedBytes(count: 4), .string, .uint(bits: 256)]))
  ]

  /// The updates as a proposal carries and keeps them: `abi.encode(updates)`.
  public mutating func encoded(_ updates: [ParameterUpdate]) -> StringID {
    let values = updates.map { update in
      ABIValue.tuple([
        .init("targetContract", .address(update.target)),
        .init("functionSelector", .fixedBytes(update.selector)),
        .init("parameterName", .string(Array(update.name.utf8))),
        .init("newValue", .uint(update.value)),
      ])
    }
    return evm.strings.intern(evm.encode([.array(values)]))
  }
}
