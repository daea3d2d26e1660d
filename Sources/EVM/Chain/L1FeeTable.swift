public import Quantities

/// FastLZ sizes of the transactions that call each function, by the bytes of text in the call.
///
/// Typed calls carry no bytes, so a size is synthesised the first time that a function is called
/// with that much text and kept: exact for every length, one array read afterwards.
public struct L1FeeTable: Sendable {
  /// Calldata of function number `function` whose strings hold `textLength` bytes; `key` chooses the
  /// addresses, hashes, numbers and text in it. Equal arguments must give equal bytes.
  public typealias Synthesis =
    @Sendable (_ function: Int, _ textLength: Int, _ key: UInt64) -> [UInt8]

  /// The price in force; replace it when the L1 fees change.
  public var price: L1DataPrice
  private let chain: ChainParameters
  private let calldata: Synthesis
  /// By function, then by length of text; 0 where not synthesised yet (no transaction is that small).
  @usableFromInline var sizes: [[UInt32]]

  /// Sizes vary by a few bytes with addresses and signature; the table keeps the median of so many.
  static let samples: UInt64 = 9

  /// - Parameter functionCount: Functions are numbered 0 ..< this.
  public init(functionCount: Int, on chain: ChainParameters, calldata: @escaping Synthesis) {
    self.chain = chain
    self.calldata = calldata
    price = chain.l1
    sizes = Array(repeating: [], count: functionCount)
  }

  /// L1 data fee of a call, wei.
  @inlinable public mutating func fee(function: Int, textLength: Int = 0) -> Wei {
    price.fee(fastLZSize: size(function: function, textLength: textLength))
  }

  /// FastLZ size of the signed transaction, bytes.
  ///
  /// - Complexity: O(1) once synthesised, else O(textLength).
  @inlinable public mutating func size(function: Int, textLength: Int = 0) -> UInt32 {
    if textLength < sizes[function].count {
      let known = sizes[function][textLength]
      if known > 0 { return known }
    }
    return synthesise(function: function, textLength: textLength)
  }

  /// The size computed afresh, as the table would keep it.
  public func directSize(function: Int, textLength: Int = 0) -> UInt32 {
    let drawn = (0..<L1FeeTable.samples).map { sample in
      let key = UInt64(function) << 48 | UInt64(textLength) << 16 | sample
      return SignedTransaction.typical(
        calldata: calldata(function, textLength, key), on: chain, key: key
      ).fastLZSize
    }
    return drawn.sorted()[drawn.count / 2]
  }

  @usableFromInline mutating func synthesise(function: Int, textLength: Int) -> UInt32 {
    let size = directSize(function: function, textLength: textLength)
    let missing = textLength + 1 - sizes[function].count
    if missing > 0 { sizes[function] += Array(repeating: 0, count: missing) }
    sizes[function][textLength] = size
    return size
  }
}
