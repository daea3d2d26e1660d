public import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What everybody else does to the fee market: buys gas the more the cheaper it is, or, where a
/// record of base fees exists, is only seen through it.
public enum BackgroundDemand: Hashable, Sendable {
  /// gas(b) = target × load × (b/b₀)^−ε. `elasticity` is ε ≥ 0; 0 ignores the price.
  case elastic(load: BackgroundLoad, elasticity: Double, referenceBaseFee: Wei)
  /// The base fee follows a record, wei per gas, whatever the blocks use; the background then takes
  /// the gas target, at which the fee would stand still.
  case recorded(baseFee: StepSeries)

  /// The demand of a preset under `load`.
  public static func elastic(
    load: BackgroundLoad, elasticity: Double = 1, on parameters: ChainParameters
  ) -> BackgroundDemand {
    .elastic(
      load: load, elasticity: elasticity, referenceBaseFee: parameters.backgroundReferenceBaseFee)
  }

  /// Gas demanded of one block, before the block's limit.
  ///
  /// - Parameter noise: A factor ≥ 0 of mean 1, drawn by the caller; 1 for none.
  /// - Returns: Whole gas, rounded to nearest, at most 2⁵³.
  public func gas(at time: SimTime, baseFee: Wei, gasTarget: Gas, noise: Double = 1) -> Gas {
    let target = Double(gasTarget.units)
    guard case .elastic(let load, let elasticity, let reference) = self else { return gasTarget }
    let relativePrice = Double(max(baseFee.rawValue, 1)) / Double(max(reference.rawValue, 1))
    let response =
      elasticity == 1 ? 1 / relativePrice : elasticity == 0 ? 1 : pow(relativePrice, -elasticity)
    let wanted = target * load.share(at: time) * response * max(noise, 0)
    return Gas(UInt64(min(wanted, 0x1p53).rounded()))
  }

  /// The base fee at which the gas demanded is the gas target, wei per gas, not below `minimum`.
  ///
  /// - Returns: b₀·load^(1/ε); nil where nothing pulls the fee to one value (ε = 0, a record).
  public func equilibriumBaseFee(at time: SimTime, minimum: Wei) -> Double? {
    guard case .elastic(let load, let elasticity, let reference) = self, elasticity > 0 else {
      return nil
    }
    let fee = reference.approximation * pow(load.share(at: time), 1 / elasticity)
    return max(fee, minimum.approximation)
  }

  /// The recorded base fee at `time`, rounded to whole wei; nil without a record.
  public func recordedBaseFee(at time: SimTime) -> Wei? {
    guard case .recorded(let series) = self else { return nil }
    return Wei(UInt128(series.value(at: time).rounded()))
  }
}
