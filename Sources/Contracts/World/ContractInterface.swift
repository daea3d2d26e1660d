import EVM
import Quantities

/// The functions of a contract type by name, as callers outside the hot path name them.
struct ContractInterface {
  let type: String
  let kind: CodeKind
  /// The constructor first, as `constructor(…)`.
  let signatures: [String]

  init(_ type: String, _ kind: CodeKind, _ signatures: [String]) {
    self.type = type
    self.kind = kind
    self.signatures = signatures
  }
}

/// Calls carried as bytes: batches, user operations, session keys, proposals, armed tokens.
extension World {
  /// A function that bytes can name.
  struct EncodedFunction {
    let signature: String
    let parameters: [ABIType]
  }

  /// By kind of code and selector; off the hot path, and only looked up by key.
  private static let encodedFunctions: [CodeKind: [[UInt8]: EncodedFunction]] = {
    var functions: [CodeKind: [[UInt8]: EncodedFunction]] = [:]
    for interface in interfaces {
      for signature in interface.signatures.dropFirst() where signature != "receive()" {
        guard let parameters = ABIType.parameters(ofSignature: signature) else {
          preconditionFailure("\(signature) is not a signature")
        }
        functions[interface.kind, default: [:]][Machine.selector(signature)] =
          EncodedFunction(signature: signature, parameters: parameters)
      }
    }
    return functions
  }()

  /// Runs the code of `callee` on encoded calldata: the typed call that the bytes spell.
  ///
  /// - Returns: The function's values; nothing from an account without code.
  /// - Throws: `.empty` when the code has no function of that selector or its arguments do not
  ///   decode, else what the function throws.
  mutating func run(
    calldata: ArraySlice<UInt8>, at callee: AccountID, from caller: AccountID, value: UInt256
  ) throws(CallFailure) -> [ABIValue] {
    let kind = code(of: callee)
    if kind == .none { return [] }
    if calldata.isEmpty {
      return try run("receive()", [], at: callee, from: caller, value: value)
    }
    guard let function = Self.encodedFunctions[kind]?[Array(calldata.prefix(4))] else {
      throw .empty
    }
    let arguments = try evm.decode(calldata.dropFirst(4), as: function.parameters)
    return try run(function.signature, arguments, at: callee, from: caller, value: value)
  }
}
