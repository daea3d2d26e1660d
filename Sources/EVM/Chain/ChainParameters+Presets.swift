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
  /// | parameter | value | in force since | source |
  /// |---|---|---|---|
  /// | chain identifier | 8453 | 2023-06-15 | docs.base.org, connecting to Base |
  /// | block time | 2 s | 2023-06-15 | docs.base.org, throughput and limits |
  /// | gas limit | 400,000,000 | 2026-03-25 | base/contract-deployments, mainnet/2026-03-25-increase-gas-and-elasticity-limit, executed; SystemConfig word 0x68 |
  /// | elasticity | 5 (from 6) | 2026-03-25 | same task, word 0x6a; docs.base.org still printed 6 |
  /// | denominator | 100 (from 125) | 2026-03-25 | same task; docs.base.org still printed 125 |
  /// | minimum base fee | 5,000,000 wei | 2026-02-19 | docs.base.org, configuration changelog; task mainnet/2026-02-17-update-min-base-fee, executed |
  /// | transaction gas cap | 2²⁴ | 2026-05-28 | docs.base.org, configuration changelog, Azul (EIP-7825) |
  /// | calldata floor | 10 gas per token | 2025-05-09 | EIP-7623 in Isthmus; specs.optimism.io, Isthmus overview (date not verified) |
  /// | baseFeeScalar, blobBaseFeeScalar | 2,269, 1,055,762 | 2024-07-10 | contract-deployments, mainnet/2024-07-10-update-gas-config; still so in the receipt of block 52,158,111 (2026-10-04) |
  /// | operator fee | 0, 0 | 2026-03-25 | word 0x6a of the task above; receipts of 2026-10 carry none |
  /// | l1BaseFee, blobBaseFee | 0.2 gwei, 9,150,000 wei | 2026-08 … 2026-10 | median of seven published receipts, range 0.039–0.36 gwei and 2.5–22.5 Mwei; vary by the hour |
  /// | b₀ | 10,000,000 wei | – | model choice, not measured: at the default load of 50 % and ε = 1 the equilibrium is then the 5,000,000 wei that docs.base.org calls normal |
  /// | background tip | 1,000,000 wei | 2026-09 | effective gas prices of 6.0 and 6.6 Mwei in published receipts, less the minimum base fee; two samples |
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
  /// | parameter | value | in force since | source |
  /// |---|---|---|---|
  /// | chain identifier | 84532 | 2023-10 | docs.base.org, connecting to Base |
  /// | block time | 2 s | 2023-10 | docs.base.org |
  /// | gas limit | 1,200,000,000 | 2026-05-08 | contract-deployments, sepolia/2026-05-06-increase-gas-and-elasticity-limit, executed; SystemConfig word 0x68 |
  /// | elasticity | 15 | 2026-05-08 | same task, word 0x6a |
  /// | denominator | 100 | 2026-03-25 | sepolia/2026-03-25-increase-gas-and-elasticity-limit, executed |
  /// | minimum base fee | 5,000,000 wei | 2026-02 | sepolia/2026-02-17-update-min-base-fee, executed |
  /// | transaction gas cap | 2²⁴ | 2026-04-20 | docs.base.org, Azul overview (EIP-7825) |
  /// | calldata floor | 10 gas per token | 2025-04 | EIP-7623 in Isthmus (date not verified) |
  /// | baseFeeScalar, blobBaseFeeScalar | 1,101, 659,851 | by 2026-05-08 | word 0x68 in that task's validation file |
  /// | operator fee | 0, 0 | 2026-05-08 | word 0x6a in that task's validation file |
  /// | l1BaseFee, blobBaseFee | as mainnet | – | not verified: fees of Ethereum Sepolia are worth nothing, mainnet's keep studies comparable |
  /// | b₀, background tip | as mainnet | – | model choice, not measured |
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
