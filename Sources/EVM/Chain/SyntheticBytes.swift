/// Reproducible bytes that look random, for addresses, hashes and signatures that the typed calls do
/// not carry. Not a random stream of the model: it is a function of its key alone.
///
/// - Source: SplitMix64 (Steele, Lea, Flood, OOPSLA 2014, doi:10.1145/2660193.2660195).
struct SyntheticBytes {
  private var state: UInt64

  init(key: UInt64) { state = key }

  mutating func nextWord() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var word = state
    word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
    word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
    return word ^ (word >> 31)
  }

  mutating func next(count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: nextWord() >> 56) }
  }

  /// Printable ASCII without the space, as model names and content identifiers are written.
  mutating func nextText(count: Int) -> [UInt8] {
    let alphabet = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ123456789".utf8)
    return (0..<count).map { _ in alphabet[Int(nextWord() % UInt64(alphabet.count))] }
  }
}

extension AccountID {
  /// The 20 bytes that stand for this account where nobody has given it an address; the zero address
  /// is zeros.
  public var syntheticAddress: [UInt8] {
    if isZero { return [UInt8](repeating: 0, count: 20) }
    var bytes = SyntheticBytes(key: 0xacc0_0000_0000_0000 | UInt64(index))
    return bytes.next(count: 20)
  }
}
