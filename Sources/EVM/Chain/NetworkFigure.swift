import Quantities

/// One number of a network preset: what it is, since when, and who says so.
public struct NetworkFigure: Hashable, Sendable {
  public let parameter: String
  public let unit: String
  /// As the preset holds it.
  public let value: String
  /// Since when it is in force, or when it was seen; "–" for model choices.
  public let since: String
  public let source: String
  /// Whether it is a choice of the model rather than configuration of the network.
  public let isChoice: Bool
}

extension ChainParameters {
  /// Names that `preset(named:)` knows.
  public static let presetNames = ["base-mainnet", "base-sepolia"]

  /// Every number of a preset with its source and date, nil for an unknown name.
  public static func figures(of name: String) -> [NetworkFigure]? {
    guard let preset = preset(named: name) else { return nil }
    let origins = name == "base-mainnet" ? mainnetOrigins : sepoliaOrigins
    return zip(preset.numbers, origins).map { number, origin in
      NetworkFigure(
        parameter: number.parameter, unit: number.unit, value: number.value, since: origin.since,
        source: origin.source, isChoice: origin.since == "–")
    }
  }

  private var numbers: [(parameter: String, unit: String, value: String)] {
    [
      ("chainID", "", "\(chainID)"),
      ("blockTime", "s", "\(blockTime.nanoseconds / 1_000_000_000)"),
      ("gasLimit", "gas/block", "\(gasLimit.units)"),
      ("elasticity", "", "\(elasticity)"),
      ("baseFeeChangeDenominator", "", "\(baseFeeChangeDenominator)"),
      ("baseFeeMinimum", "wei/gas", "\(baseFeeMinimum.rawValue)"),
      ("transactionGasLimitMaximum", "gas", "\(transactionGasLimitMaximum.units)"),
      ("calldataFloorGasPerToken", "gas", "\(calldataFloorGasPerToken.units)"),
      ("l1.baseFeeScalar", "1e-6", "\(l1.baseFeeScalar)"),
      ("l1.blobBaseFeeScalar", "1e-6", "\(l1.blobBaseFeeScalar)"),
      ("l1.l1BaseFee", "wei/gas", "\(l1.l1BaseFee.rawValue)"),
      ("l1.blobBaseFee", "wei/gas", "\(l1.blobBaseFee.rawValue)"),
      ("operatorFee.scalar", "", "\(operatorFee.scalar)"),
      ("operatorFee.constant", "wei", "\(operatorFee.constant.rawValue)"),
      ("backgroundReferenceBaseFee", "wei/gas", "\(backgroundReferenceBaseFee.rawValue)"),
      ("backgroundTip", "wei/gas", "\(backgroundTip.rawValue)"),
    ]
  }

  private static let mainnetLimits =
    "base/contract-deployments, mainnet/2026-03-25-increase-gas-and-elasticity-limit, executed"
  private static let receipts =
    "median of seven published receipts, range 0.039–0.36 gwei and 2.5–22.5 Mwei; varies by the hour"

  /// In the order of `numbers`.
  private static let mainnetOrigins: [(since: String, source: String)] = [
    ("2023-06-15", "docs.base.org, connecting to Base"),
    ("2023-06-15", "docs.base.org, throughput and limits"),
    ("2026-03-25", mainnetLimits + "; SystemConfig word 0x68"),
    ("2026-03-25", mainnetLimits + "; word 0x6a (from 6; docs.base.org still printed 6)"),
    ("2026-03-25", mainnetLimits + " (from 125; docs.base.org still printed 125)"),
    (
      "2026-02-19",
      "docs.base.org, configuration changelog; task mainnet/2026-02-17-update-min-base-fee, executed"
    ),
    ("2026-05-28", "docs.base.org, configuration changelog, Azul (EIP-7825)"),
    ("2025-05-09", "EIP-7623 in Isthmus; specs.optimism.io, overview (date not verified)"),
    (
      "2024-07-10",
      "contract-deployments, mainnet/2024-07-10-update-gas-config; so in block 52,158,111"
    ),
    (
      "2024-07-10",
      "contract-deployments, mainnet/2024-07-10-update-gas-config; so in block 52,158,111"
    ),
    ("2026-08 to 2026-10", receipts), ("2026-08 to 2026-10", receipts),
    ("2026-03-25", mainnetLimits + "; word 0x6a; receipts of 2026-10 carry none"),
    ("2026-03-25", mainnetLimits + "; word 0x6a; receipts of 2026-10 carry none"),
    (
      "–",
      "model choice: half load then settles at the 5,000,000 wei that docs.base.org calls normal"
    ),
    ("2026-09", "effective gas prices of two published receipts, less the minimum base fee"),
  ]

  private static let sepoliaLimits =
    "contract-deployments, sepolia/2026-05-06-increase-gas-and-elasticity-limit, executed"

  /// In the order of `numbers`.
  private static let sepoliaOrigins: [(since: String, source: String)] = [
    ("2023-10", "docs.base.org, connecting to Base"), ("2023-10", "docs.base.org"),
    ("2026-05-08", sepoliaLimits + "; SystemConfig word 0x68"),
    ("2026-05-08", sepoliaLimits + "; word 0x6a"),
    (
      "2026-03-25",
      "contract-deployments, sepolia/2026-03-25-increase-gas-and-elasticity-limit, executed"
    ),
    ("2026-02", "contract-deployments, sepolia/2026-02-17-update-min-base-fee, executed"),
    ("2026-04-20", "docs.base.org, Azul overview (EIP-7825)"),
    ("2025-04", "EIP-7623 in Isthmus (date not verified)"),
    ("by 2026-05-08", sepoliaLimits + "; word 0x68 in its validation file"),
    ("by 2026-05-08", sepoliaLimits + "; word 0x68 in its validation file"),
    (
      "–",
      "as mainnet: fees of Ethereum Sepolia are worth nothing, mainnet's keep studies comparable"
    ),
    (
      "–",
      "as mainnet: fees of Ethereum Sepolia are worth nothing, mainnet's keep studies comparable"
    ),
    ("2026-05-08", sepoliaLimits + "; word 0x6a in its validation file"),
    ("2026-05-08", sepoliaLimits + "; word 0x6a in its validation file"),
    ("–", "model choice, as mainnet"), ("–", "model choice, as mainnet"),
  ]
}
