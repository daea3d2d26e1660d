/// The length that FastLZ level 1 would compress to, as Solady's `flzCompress` and op-geth compute
/// it; nothing is compressed.
///
/// - Source: op-geth `core/types/rollup_cost.go`, `FlzCompressLen`; Solady `LibZip`; the Fjord
///   execution engine specification fixes this implementation.
public enum FastLZ {
  /// Bytes that `input` compresses to; 0 for none.
  ///
  /// - Complexity: O(n), with one table of 8,192 entries allocated per call.
  public static func compressedLength(of input: [UInt8]) -> UInt32 {
    let count = input.count
    let matchingEnd = max(0, count - 13)
    var lastSeen = [Int](repeating: 0, count: 8_192)
    var length: UInt32 = 0
    var anchor = 0
    var position = 2
    while position < matchingEnd {
      var candidate = 0
      // Look for the next three bytes that were seen within the window.
      while true {
        let sequence = threeBytes(input, at: position)
        let slot = hash(sequence)
        candidate = lastSeen[slot]
        lastSeen[slot] = position
        if position >= matchingEnd { break }
        let distance = position - candidate
        position += 1
        if distance <= 0x1fff && sequence == threeBytes(input, at: candidate) { break }
      }
      if position >= matchingEnd { break }
      position -= 1
      if position > anchor { length += literalLength(UInt32(position - anchor)) }
      let run = matchingBytes(input, candidate + 3, position + 3, end: matchingEnd + 9)
      length += matchLength(UInt32(run))
      position += run
      for _ in 0..<2 {
        lastSeen[hash(threeBytes(input, at: position))] = position
        position += 1
      }
      anchor = position
    }
    return length + literalLength(UInt32(count - anchor))
  }

  private static func threeBytes(_ input: [UInt8], at index: Int) -> UInt32 {
    UInt32(input[index]) | UInt32(input[index + 1]) << 8 | UInt32(input[index + 2]) << 16
  }

  private static func hash(_ sequence: UInt32) -> Int {
    Int((sequence &* 2_654_435_769) >> 19 & 0x1fff)
  }

  /// Bytes compared until the first difference, that one included: the reference counts it too.
  private static func matchingBytes(_ input: [UInt8], _ p: Int, _ q: Int, end: Int) -> Int {
    var run = 0
    while q + run < end {
      run += 1
      if input[p + run - 1] != input[q + run - 1] { break }
    }
    return run
  }

  /// Runs of at most 32 literal bytes, each behind one byte of its own.
  private static func literalLength(_ bytes: UInt32) -> UInt32 {
    let rest = bytes % 32
    return 33 * (bytes / 32) + (rest == 0 ? 0 : rest + 1)
  }

  private static func matchLength(_ bytes: UInt32) -> UInt32 {
    let beyondFirst = bytes - 1
    return 3 * (beyondFirst / 262) + (beyondFirst % 262 >= 6 ? 3 : 2)
  }
}
