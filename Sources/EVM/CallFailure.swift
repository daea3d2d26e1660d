/// Why a call did not succeed. Small and trivially copyable, because failures travel the hot path;
/// the arguments of a custom error wait in the machine.
public enum CallFailure: Error, BitwiseCopyable, Hashable, Sendable {
  /// `require` or `revert` with a message.
  case reverted(RevertReason)
  /// Solidity's checked arithmetic and its kin.
  case panic(PanicCode)
  /// A custom error; see `Machine.customError`.
  case custom
  /// Revert without data.
  case empty
  /// The frame ran out of gas; everything it had is consumed.
  case outOfGas
}

/// The codes of `Panic(uint256)` that the contracts can reach.
public enum PanicCode: UInt8, BitwiseCopyable, Sendable {
  case arithmetic = 0x11
  case divisionByZero = 0x12
  case enumConversion = 0x21
  case emptyPop = 0x31
  case index = 0x32
  case allocation = 0x41
}
