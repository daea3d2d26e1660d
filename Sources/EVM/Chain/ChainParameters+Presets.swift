import Quantities

extension ChainParameters {
  /// The preset of that name: `base-mainnet` or `base-sepolia`.
  public static func preset(named name: String) -> ChainParameters? {
    switch name {
    case "base-mainnet": baseMainnet
    case "base-sepolia": baseSepolia
    default: nil
    }
  }

  /// Base as of 2026-11.
  ///
  /// Each number's date and source: `figures(of:)`, printed by `marketsim list networks`.
  public static let baseMainnet = ChainParameters(
    chainID: 8453, blockTime: .seconds(2), gasLimit: Gas(400_000_000), elasticity: 5,
    baseFeeChangeDenominator: 100, baseFeeMinimum: Wei(5_000_000),
    transactionGasLimitMaximum: Gas(1 << 24), calldataFloorGasPerToken: Gas(10),
    l1: L1DataPrice(
      baseFeeScalar: 2_269, blobBaseFeeScalar: 1_055_762, l1BaseFee: Wei(200_000_000),
      blobBaseFee: Wei(9_150_000)),
    operatorFee: OperatorFeeRule(scalar: 0, constant: .zero),
    backgroundReferenceBaseFee: Wei(10_000_000), backgroundTip: Wei(1_000_000))

  /// Base Sepolia as of 2026-11.
  ///
  /// Dates and sources as above.
  public static let baseSepolia = ChainParameters(
    chainID: 84532, blockTime: .seconds(2), gasLimit: Gas(1_200_000_000), elasticity: 15,
    baseFeeChangeDenominator: 100, baseFeeMinimum: Wei(5_000_000),
    transactionGasLimitMaximum: Gas(1 << 24), calldataFloorGasPerToken: Gas(10),
    l1: L1DataPrice(
      baseFeeScalar: 1_101, blobBaseFeeScalar: 659_851, l1BaseFee: Wei(200_000_000),
      blobBaseFee: Wei(9_150_000)),
    operatorFee: OperatorFeeRule(scalar: 0, constant: .zero),
    backgroundReferenceBaseFee: Wei(10_000_000), backgroundTip: Wei(1_000_000))
}
