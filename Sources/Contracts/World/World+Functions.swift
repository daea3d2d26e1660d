public import EVM

/// Contracts and their functions by name, for whoever names them in a file.
extension World {
  /// Full signatures of a contract type's functions, in the order of its interface; nil for a type
  /// that there is none of. `FAB` and `USDC` are test tokens.
  public static func functions(of type: String) -> [String]? {
    let name = type == "FAB" || type == "USDC" ? "TestToken" : type
    return interfaces.first { $0.type == name }.map { Array($0.signatures.dropFirst()) }
  }

  /// The bytes that call a function with these arguments, as its signature orders them.
  public mutating func calldata(of function: String, _ arguments: [ABIValue]) -> [UInt8] {
    Machine.selector(function) + evm.encode(arguments)
  }
}
