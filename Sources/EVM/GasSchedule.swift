/// Prices of the Cancun rules in units of gas, with the proposal that set them.
public enum GasSchedule {
  // Storage reads and writes: EIP-2200 as changed by EIP-2929 and EIP-3529.
  public static var coldSlot: Int64 { 2_100 }
  public static var warmAccess: Int64 { 100 }
  /// A slot that was zero when the transaction began gets a value.
  public static var slotSet: Int64 { 20_000 }
  /// A slot that had a value when the transaction began changes for the first time.
  public static var slotReset: Int64 { 2_900 }
  public static var refundForClearing: Int64 { 4_800 }
  public static var refundForRestoringZero: Int64 { 19_900 }
  public static var refundForRestoringValue: Int64 { 2_800 }
  /// SSTORE fails when no more than this is left, so that a plain transfer cannot write.
  public static var storeSentry: Int64 { 2_300 }
  /// Refund is at most one fifth of the gas used (EIP-3529).
  public static var refundQuotient: Int64 { 5 }

  // Accounts and calls: EIP-2929, yellow paper.
  public static var coldAccount: Int64 { 2_600 }
  /// Price of sending value, of which the stipend goes to the receiver.
  public static var callValue: Int64 { 9_000 }
  public static var callStipend: Int64 { 2_300 }
  public static var newAccount: Int64 { 25_000 }

  // Logs and hashes: yellow paper.
  public static var log: Int64 { 375 }
  public static var logTopic: Int64 { 375 }
  public static var logByte: Int64 { 8 }
  public static var keccak: Int64 { 30 }
  public static var keccakWord: Int64 { 6 }
  /// The precompiled contract that recovers a signer, without the call.
  public static var signatureRecovery: Int64 { 3_000 }

  // The transaction itself: yellow paper, EIP-2028, EIP-3860, EIP-7623.
  public static var transaction: Int64 { 21_000 }
  public static var creation: Int64 { 32_000 }
  public static var initCodeWord: Int64 { 2 }
  public static var calldataZeroByte: Int64 { 4 }
  public static var calldataNonzeroByte: Int64 { 16 }
  /// EIP-7623: floor price per token, a zero byte being one token and another byte four.
  public static var calldataFloorToken: Int64 { 10 }
  public static var codeByte: Int64 { 200 }
}
