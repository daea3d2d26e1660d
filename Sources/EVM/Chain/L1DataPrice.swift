public import Quantities

/// The Fjord price of posting a transaction's bytes to the L1.
///
/// fee = max(100e6, −42,585,600 + 836,500·size) × (16·baseFeeScalar·l1BaseFee +
/// blobBaseFeeScalar·blobBaseFee) / 1e12 wei, rounded down, where size is the FastLZ size of the
/// signed transaction.
///
/// - Source: OP-stack specifications, Fjord execution engine; op-geth `newL1CostFuncFjord`.
public struct L1DataPrice: Hashable, Sendable {
  /// Six decimals, as `SystemConfig` holds it.
  public let baseFeeScalar: UInt32
  /// Six decimals, as `SystemConfig` holds it.
  public let blobBaseFeeScalar: UInt32
  /// Base fee of the L1, wei per gas.
  public let l1BaseFee: Wei
  /// Blob base fee of the L1, wei per blob gas.
  public let blobBaseFee: Wei
  /// 16·baseFeeScalar·l1BaseFee + blobBaseFeeScalar·blobBaseFee.
  @usableFromInline let weightedPrice: UInt128

  public init(
    baseFeeScalar: UInt32, blobBaseFeeScalar: UInt32, l1BaseFee: Wei, blobBaseFee: Wei
  ) {
    self.baseFeeScalar = baseFeeScalar
    self.blobBaseFeeScalar = blobBaseFeeScalar
    self.l1BaseFee = l1BaseFee
    self.blobBaseFee = blobBaseFee
    weightedPrice =
      16 * UInt128(baseFeeScalar) * l1BaseFee.rawValue
      + UInt128(blobBaseFeeScalar) * blobBaseFee.rawValue
  }

  /// The same scalars under other L1 fees, as when a new L1 block arrives.
  public func with(l1BaseFee: Wei, blobBaseFee: Wei) -> L1DataPrice {
    L1DataPrice(
      baseFeeScalar: baseFeeScalar, blobBaseFeeScalar: blobBaseFeeScalar, l1BaseFee: l1BaseFee,
      blobBaseFee: blobBaseFee)
  }

  /// What a transaction of `fastLZSize` bytes owes, wei.
  @inlinable public func fee(fastLZSize: UInt32) -> Wei {
    Wei(
      UInt128(L1DataPrice.estimatedSize(fastLZSize: fastLZSize)) * weightedPrice / 1_000_000_000_000
    )
  }

  /// Estimated bytes in a batch, times 1e6, at least 100e6.
  @inlinable public static func estimatedSize(fastLZSize: UInt32) -> UInt64 {
    UInt64(max(100_000_000, -42_585_600 + 836_500 * Int64(fastLZSize)))
  }
}
