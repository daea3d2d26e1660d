extension Machine {
  /// Pays `units`, or consumes all that is left and fails.
  @inlinable @inline(__always) public mutating func charge(_ units: Int64) throws(CallFailure) {
    gas &-= units
    if gas < 0 {
      gas = 0
      throw .outOfGas
    }
  }

  /// Pays for plain computation: the calibrated part of a code path that is neither storage, call,
  /// log nor hash.
  @inlinable @inline(__always) public mutating func compute(_ units: Int64) throws(CallFailure) {
    computeGas &+= units
    try charge(units)
  }

  /// Pays for hashing `bytes` bytes.
  @inlinable public mutating func chargeKeccak(bytes: Int) throws(CallFailure) {
    try charge(GasSchedule.keccak + GasSchedule.keccakWord * Int64((bytes + 31) / 32))
  }

  /// Pays for a log of `topics` topics (the event's own included) and `bytes` bytes of data.
  @inlinable public mutating func chargeLog(topics: Int, bytes: Int) throws(CallFailure) {
    try charge(
      GasSchedule.log + GasSchedule.logTopic * Int64(topics) + GasSchedule.logByte * Int64(bytes))
  }

  @inlinable public func require(
    _ condition: Bool, else reason: RevertReason
  ) throws(CallFailure) {
    if !condition { throw .reverted(reason) }
  }

  /// Fails with a custom error, whose arguments wait in `customError`.
  public mutating func failure(_ error: CustomError) -> CallFailure {
    customError = error
    return .custom
  }
}
