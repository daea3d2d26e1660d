public import Quantities

/// The network, its load and the prices that turn gas into USD.
public struct ChainConfiguration: Sendable, Equatable {
  public enum Network: String, Sendable, CaseIterable {
    case baseMainnet = "base-mainnet"
    case baseSepolia = "base-sepolia"
  }

  /// Demand of everybody else for gas, as a share of the gas target at the reference base fee.
  public enum BackgroundLoad: Sendable, Equatable {
    /// 0 … 10.
    case constant(Double)
    /// Sine over a day around `mean` with relative `amplitude` 0 … 1, highest at `peakHour` 0 … 24.
    case diurnal(mean: Double, amplitude: Double, peakHour: Double)
  }

  public var network: Network
  /// USD per ETH, > 0.
  public var ethPrice: Double
  /// USD per FAB, > 0.
  public var fabPrice: Double
  public var backgroundLoad: BackgroundLoad
  /// Price elasticity ε of the background demand, 0 … 10.
  public var elasticity: Double
  /// Tip offered by hosts and renters, wei per gas.
  public var priorityFee: Wei
  /// Base fee of the first block; nil: the equilibrium under the background load.
  public var initialBaseFee: Wei?
  /// L1 base fee, wei per gas; nil: the preset's.
  public var l1BaseFee: Wei?
  /// L1 blob base fee, wei per gas; nil: the preset's.
  public var blobBaseFee: Wei?
  /// Gas limit of a block; nil: the preset's.
  public var blockGasLimit: Gas?

  public init(
    network: Network = .baseMainnet, ethPrice: Double = 3_000, fabPrice: Double = 1,
    backgroundLoad: BackgroundLoad = .constant(0.5), elasticity: Double = 1,
    priorityFee: Wei = Wei(1_000_000), initialBaseFee: Wei? = nil, l1BaseFee: Wei? = nil,
    blobBaseFee: Wei? = nil, blockGasLimit: Gas? = nil
  ) {
    self.network = network
    self.ethPrice = ethPrice
    self.fabPrice = fabPrice
    self.backgroundLoad = backgroundLoad
    self.elasticity = elasticity
    self.priorityFee = priorityFee
    self.initialBaseFee = initialBaseFee
    self.l1BaseFee = l1BaseFee
    self.blobBaseFee = blobBaseFee
    self.blockGasLimit = blockGasLimit
  }
}
