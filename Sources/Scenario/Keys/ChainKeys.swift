internal import Market
internal import Quantities

/// `chain:`, the network and its prices.
enum ChainKeys {
  static let network = Key(
    "network", Kind<ChainConfiguration.Network>.choice, standard: "base-mainnet",
    "Preset of block time, gas limits, fee parameters and L1 scalars.")
  static let ethPrice = Key(
    "ethPrice", .amount("USD", in: .above(0, to: 1e9), example: "3000 USD"), standard: "3000 USD",
    "Price of one ETH.")
  static let fabPrice = Key(
    "fabPrice", .amount("USD", in: .above(0, to: 1e9), example: "1 USD"), standard: "1 USD",
    "Price of one FAB.")
  static let backgroundLoad = Key(
    "backgroundLoad", .either(scalar: constantLoad, section: diurnalLoad), standard: "50%",
    "Gas demand of everybody else, as a share of the gas target at the reference base fee.")
  static let elasticity = Key(
    "elasticity", .number(in: .from(0, to: 10)), standard: "1",
    "Price elasticity ε of the background demand.")
  static let priorityFee = Key(
    "priorityFee", .gasPrice, standard: "0.001 gwei", "Tip per gas that hosts and renters offer.")
  static let initialBaseFee = Key(
    "initialBaseFee", .gasPrice, optional: "the preset's reference fee",
    "Base fee of the first block.")
  static let l1BaseFee = Key(
    "l1BaseFee", .gasPrice, optional: "the preset's", "L1 base fee per gas, for the L1 data fee.")
  static let blobBaseFee = Key(
    "blobBaseFee", .gasPrice, optional: "the preset's",
    "L1 blob base fee per gas, for the L1 data fee.")
  static let blockGasLimit = Key(
    "blockGasLimit", .gas(in: 1_000_000...100_000_000_000), optional: "the preset's",
    "Gas limit of a block.")

  private static let constantLoad = Kind<Double>.fraction(in: .from(0, to: 10))
    .map { ChainConfiguration.BackgroundLoad.constant($0) }
  private static let diurnalLoad = SectionShape<ChainConfiguration.BackgroundLoad>(
    declaration: SectionDeclaration(
      name: "backgroundLoad", doc: "A load that changes over the day.",
      keys: [DiurnalKeys.diurnal.declaration]),
    make: { $0.required(DiurnalKeys.diurnal) }
  ).kind

  static let shape = SectionShape<ChainConfiguration>(
    declaration: SectionDeclaration(
      name: "chain", doc: "The network, its load and the prices that turn gas into USD.",
      keys: [
        network.declaration, ethPrice.declaration, fabPrice.declaration,
        backgroundLoad.declaration, elasticity.declaration, priorityFee.declaration,
        initialBaseFee.declaration, l1BaseFee.declaration, blobBaseFee.declaration,
        blockGasLimit.declaration,
      ])
  ) { section in
    ChainConfiguration(
      network: section.standard(network), ethPrice: section.standard(ethPrice),
      fabPrice: section.standard(fabPrice), backgroundLoad: section.standard(backgroundLoad),
      elasticity: section.standard(elasticity), priorityFee: section.standard(priorityFee),
      initialBaseFee: section.optional(initialBaseFee), l1BaseFee: section.optional(l1BaseFee),
      blobBaseFee: section.optional(blobBaseFee), blockGasLimit: section.optional(blockGasLimit))
  }
}

/// `backgroundLoad: {diurnal: …}`.
enum DiurnalKeys {
  static let mean = Key(
    "mean", .fraction(in: .from(0, to: 10)), "Mean load over the day.")
  static let amplitude = Key(
    "amplitude", .fraction(in: .from(0, to: 1)), "Swing around the mean, as a share of it.")
  static let peakHour = Key(
    "peakHour", .number(in: .from(0, to: 24)), standard: "18", "Hour of the highest load.")
  static let diurnal = Key(
    "diurnal", shape.kind, "A sine with a period of one day.")

  static let shape = SectionShape<ChainConfiguration.BackgroundLoad>(
    declaration: SectionDeclaration(
      name: "diurnal", doc: "A sine with a period of one day.",
      keys: [mean.declaration, amplitude.declaration, peakHour.declaration])
  ) { section in
    let mean = section.required(mean)
    let amplitude = section.required(amplitude)
    let peakHour = section.standard(peakHour)
    guard let mean, let amplitude else { return nil }
    return .diurnal(mean: mean, amplitude: amplitude, peakHour: peakHour)
  }
}
