/// Names a file's content: FNV-1a over its bytes, 128 bits as 32 hexadecimal digits.
///
/// Guards against accidents, as an edited trace; it is not made to withstand forgery.
///
/// - Source: The FNV Non-Cryptographic Hash Algorithm, RFC 9923.
enum ContentDigest {
  static func of(_ bytes: [UInt8]) -> String {
    var hash: UInt128 = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d
    for byte in bytes { hash = (hash ^ UInt128(byte)) &* 0x0000_0000_0100_0000_0000_0000_0000_013b }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
