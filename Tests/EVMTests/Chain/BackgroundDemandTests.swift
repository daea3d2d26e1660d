import EVM
import Quantities
import Testing

@Suite("Background demand") struct BackgroundDemandTests {
  /// Mean base fee of a day of blocks without simulated transactions, wei.
  static func dayMean(
    load: BackgroundLoad, elasticity: Double, minimum: Wei, noise: Double, start: Wei?
  ) -> Double {
    var parameters = ChainParameters.baseMainnet
    parameters.baseFeeMinimum = minimum
    parameters.backgroundReferenceBaseFee = Wei(1_000_000_000)
    var producer = BlockProducer(
      parameters, demand: .elastic(load: load, elasticity: elasticity, on: parameters),
      initialBaseFee: start)
    var state: UInt64 = 20_251
    var sum = 0.0
    for block in 1...43_200 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let uniform = Double(state >> 11) * 0x1p-53
      let opened = producer.open(
        at: .zero + .seconds(2 * Int64(block)), noise: 1 + noise * (2 * uniform - 1))
      #expect(opened)
      sum += Double(producer.seal().baseFee.rawValue)
    }
    return sum / 43_200
  }

  @Test(
    "holds a day's mean base fee within 2× of b₀·load^(1/ε)",
    arguments: [0.1, 0.5, 1, 2, 4], [0.5, 1, 2])
  func equilibrium(load: Double, elasticity: Double) {
    let mean = Self.dayMean(
      load: .constant(load), elasticity: elasticity, minimum: .zero, noise: 0.8,
      start: Wei(1_000_000_000))
    var parameters = ChainParameters.baseMainnet
    parameters.backgroundReferenceBaseFee = Wei(1_000_000_000)
    let demand = BackgroundDemand.elastic(
      load: .constant(load), elasticity: elasticity, on: parameters)
    let expected = demand.equilibriumBaseFee(at: .zero, minimum: .zero)!
    #expect(expected / 2 < mean && mean < expected * 2, "mean \(mean), equilibrium \(expected)")
  }

  @Test("holds it through a diurnal day") func diurnal() {
    let load = BackgroundLoad.diurnal(mean: 0.5, amplitude: 0.6, peakHour: 15)
    let mean = Self.dayMean(
      load: load, elasticity: 1, minimum: .zero, noise: 0.5, start: nil)
    #expect(mean > 0.25e9 && mean < 1e9)
  }

  @Test("moves the fee toward equilibrium as b + (load·b₀ − b)/D at ε = 1") func convergence() {
    let mean = Self.dayMean(
      load: .constant(0.5), elasticity: 1, minimum: .zero, noise: 0, start: Wei(500_000_000))
    #expect(abs(mean - 0.5e9) < 0.5e9 * 1e-6)
  }

  @Test("is bounded below by the minimum fee, which its equilibrium states") func minimum() {
    let mean = Self.dayMean(
      load: .constant(0.001), elasticity: 1, minimum: Wei(5_000_000), noise: 0, start: nil)
    #expect(mean == 5_000_000)
    let demand = BackgroundDemand.elastic(load: .constant(0.001), on: .baseMainnet)
    #expect(demand.equilibriumBaseFee(at: .zero, minimum: Wei(5_000_000)) == 5_000_000)
  }

  @Test("is the stated formula, rounded to whole gas") func formula() {
    let demand = BackgroundDemand.elastic(
      load: .constant(0.5), elasticity: 2, referenceBaseFee: Wei(100))
    func gas(_ fee: UInt128, noise: Double = 1) -> Gas {
      demand.gas(at: .zero, baseFee: Wei(fee), gasTarget: Gas(1_000), noise: noise)
    }
    #expect(gas(100) == Gas(500))
    #expect(gas(50) == Gas(2_000))
    #expect(gas(200) == Gas(125))
    #expect(gas(200, noise: 3) == Gas(375))
    let rigid = BackgroundDemand.elastic(
      load: .constant(0.5), elasticity: 0, referenceBaseFee: Wei(100))
    #expect(rigid.gas(at: .zero, baseFee: Wei(7), gasTarget: Gas(1_000)) == Gas(500))
    #expect(rigid.equilibriumBaseFee(at: .zero, minimum: .zero) == nil)
  }

  @Test("follows a diurnal profile with the stated peak and mean") func profile() {
    let load = BackgroundLoad.diurnal(mean: 0.5, amplitude: 0.4, peakHour: 15)
    #expect(abs(load.share(at: .zero + .hours(15)) - 0.7) < 1e-12)
    #expect(abs(load.share(at: .zero + .hours(3)) - 0.3) < 1e-12)
    #expect(abs(load.share(at: .zero + .hours(21)) - 0.5) < 1e-12)
    #expect(abs(load.share(at: .zero + .hours(39)) - 0.7) < 1e-12)
  }

  @Test("lets the base fee follow a record") func record() throws {
    let series = try StepSeries([
      (.zero, 6_000_000), (.zero + .seconds(4), 9_000_000.4), (.zero + .seconds(8), 5_000_000),
    ])
    var producer = BlockProducer(.baseMainnet, demand: .recorded(baseFee: series))
    var fees: [UInt128] = []
    for block in 1...5 {
      producer.expectBlock(at: .zero + .seconds(2 * Int64(block)))
      fees.append(producer.seal().baseFee.rawValue)
    }
    #expect(fees == [6_000_000, 9_000_000, 9_000_000, 5_000_000, 5_000_000])
  }
}
