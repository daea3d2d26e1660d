import EVM
public import Quantities

/// A `bytes32` by handle, so that neither a job nor a call carries 32 bytes.
///
/// Either zero, or the number of a stored word, or the id of a job of a marketplace. The last is
/// exact without being stored: `postJobWithToken` computes it from the poster, the timestamp, the
/// job's number and its model, the job's row keeps all four, nothing changes them afterwards, and
/// nobody but an observer looks at the hash (the escrow only passes it on).
public struct Bytes32: BitwiseCopyable, Hashable, Sendable {
  let raw: UInt64

  public static var zero: Bytes32 { Bytes32(raw: 0) }

  /// Bit 63 marks a job's id and bit 62 a `JobMarketplace`; below them 14 bits of instance and 48 of
  /// job number.
  static func job(_ number: UInt64, ofFAB instance: Int) -> Bytes32 {
    Bytes32(raw: 1 << 63 | UInt64(instance) << 48 | number)
  }
  static func job(_ number: UInt64, of instance: Int) -> Bytes32 {
    Bytes32(raw: 3 << 62 | UInt64(instance) << 48 | number)
  }

  /// The number of the job whose id this is; 0 when it is not a job's id.
  public var jobNumber: UInt64 { raw >> 63 == 1 ? (raw << 16) >> 16 : 0 }
}

extension World {
  /// The handle of a word from outside.
  public mutating func bytes32(_ word: UInt256) -> Bytes32 {
    word.isZero ? .zero : Bytes32(raw: 1 + evm.words.compact(word).slotBits)
  }

  /// The 32 bytes, hashed now when they are a job's id.
  public func word(of key: Bytes32) -> UInt256 {
    if key.raw == 0 { return .zero }
    if key.raw >> 63 == 0 { return evm.words.value(Compact(slotBits: key.raw - 1)) }
    let instance = Int((key.raw << 2) >> 50)
    let number = key.jobNumber
    if key.raw >> 62 == 3 { return marketplaces[instance].escrowID(number: number, self) }
    return fabMarketplaces[instance].jobID(number: number, self)
  }

  /// keccak256(abi.encodePacked(renter, timestamp, number, model)).
  func jobID(
    renter: AccountID, postedAt: UInt256, number: UInt256, model: StringID
  ) -> UInt256 {
    var message = evm.address(of: renter)
    message += postedAt.bigEndianBytes
    message += number.bigEndianBytes
    message += evm.strings.bytes(of: model)
    return UInt256(bigEndian: Keccak.hash(message))
  }
}
