/// Keccak-256 as Ethereum uses it: the padding of the original submission, not of SHA-3.
///
/// - Source: Keccak reference 3.0; known answers in the tests.
public enum Keccak {
  /// 32 bytes.
  public static func hash(_ message: some Sequence<UInt8>) -> [UInt8] {
    var state = [UInt64](repeating: 0, count: 25)
    var position = 0
    for byte in message {
      state[position / 8] ^= UInt64(byte) << UInt64(position % 8 * 8)
      position += 1
      if position == rate {
        permute(&state)
        position = 0
      }
    }
    state[position / 8] ^= 0x01 << UInt64(position % 8 * 8)
    state[rate / 8 - 1] ^= 0x80 << 56
    permute(&state)
    return (0..<32).map { UInt8(truncatingIfNeeded: state[$0 / 8] >> UInt64($0 % 8 * 8)) }
  }

  /// Bytes absorbed between permutations: 200 less twice the 32 of the output.
  private static let rate = 136

  private static func permute(_ a: inout [UInt64]) {
    for constant in roundConstants {
      var parity = [UInt64](repeating: 0, count: 5)
      for x in 0..<5 { parity[x] = a[x] ^ a[x + 5] ^ a[x + 10] ^ a[x + 15] ^ a[x + 20] }
      for x in 0..<5 {
        let change = parity[(x + 4) % 5] ^ rotated(parity[(x + 1) % 5], by: 1)
        for y in 0..<5 { a[x + 5 * y] ^= change }
      }
      var moved = [UInt64](repeating: 0, count: 25)
      for x in 0..<5 {
        for y in 0..<5 {
          moved[y + 5 * ((2 * x + 3 * y) % 5)] = rotated(a[x + 5 * y], by: rotations[x + 5 * y])
        }
      }
      for y in 0..<5 {
        for x in 0..<5 {
          a[x + 5 * y] =
            moved[x + 5 * y] ^ (~moved[(x + 1) % 5 + 5 * y] & moved[(x + 2) % 5 + 5 * y])
        }
      }
      a[0] ^= constant
    }
  }

  private static func rotated(_ word: UInt64, by count: UInt64) -> UInt64 {
    count == 0 ? word : word << count | word >> (64 - count)
  }

  private static let rotations: [UInt64] = [
    0, 1, 62, 28, 27, 36, 44, 6, 55, 20, 3, 10, 43, 25, 39, 41, 45, 15, 21, 8, 18, 2, 61, 56, 14,
  ]

  private static let roundConstants: [UInt64] = [
    0x0000_0000_0000_0001, 0x0000_0000_0000_8082, 0x8000_0000_0000_808A, 0x8000_0000_8000_8000,
    0x0000_0000_0000_808B, 0x0000_0000_8000_0001, 0x8000_0000_8000_8081, 0x8000_0000_0000_8009,
    0x0000_0000_0000_008A, 0x0000_0000_0000_0088, 0x0000_0000_8000_8009, 0x0000_0000_8000_000A,
    0x0000_0000_8000_808B, 0x8000_0000_0000_008B, 0x8000_0000_0000_8089, 0x8000_0000_0000_8003,
    0x8000_0000_0000_8002, 0x8000_0000_0000_0080, 0x0000_0000_0000_800A, 0x8000_0000_8000_000A,
    0x8000_0000_8000_8081, 0x8000_0000_0000_8080, 0x0000_0000_8000_0001, 0x8000_0000_8000_8008,
  ]
}
