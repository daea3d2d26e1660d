import EVM
import Quantities
import Testing

@Suite("The block producer") struct BlockProducerTests {
  static func producer(
    load: Double = 0, tip: Wei = Wei(1_000_000), initialBaseFee: Wei = Wei(10_000_000)
  ) -> BlockProducer {
    var parameters = ChainParameters.baseMainnet
    parameters.backgroundTip = tip
    parameters.operatorFee = OperatorFeeRule(scalar: 2, constant: Wei(7))
    return BlockProducer(
      parameters,
      demand: .elastic(load: .constant(load), elasticity: 0, on: parameters),
      initialBaseFee: initialBaseFee, startTimestamp: 1_700_000_000, startNumber: 100)
  }

  static func time(_ seconds: Int64) -> SimTime { .zero + .seconds(seconds) }

  @Test("numbers blocks and stamps them in whole seconds, one block time apart") func stamps() {
    var producer = Self.producer()
    #expect(producer.nextDueTime == Self.time(2))
    for block: UInt64 in 1...3 {
      producer.expectBlock(at: Self.time(Int64(2 * block)))
      #expect(producer.environment.number == 100 + block)
      #expect(producer.environment.timestamp == 1_700_000_000 + 2 * block)
      #expect(producer.environment.chainID == 8453)
      let summary = producer.seal()
      #expect(summary.number == 100 + block && summary.timestamp == 1_700_000_000 + 2 * block)
    }
    #expect(producer.nextDueTime == Self.time(8))
  }

  @Test("charges fees by receiver and moves the base fee by all gas used") func charging() {
    var producer = Self.producer(load: 0.5)
    producer.expectBlock(at: Self.time(2))
    let fee = producer.charge(Gas(100_000), tip: Wei(3), l1Fee: Wei(11))
    #expect(fee.base == Wei(100_000 * 10_000_000))
    #expect(fee.tip == Wei(300_000))
    #expect(fee.l1 == Wei(11))
    #expect(fee.operator == Wei(100_000 * 2 * 100 + 7))
    #expect(fee.l2 == fee.base + fee.tip)
    #expect(fee.total == fee.base + fee.tip + fee.l1 + fee.operator)
    let summary = producer.seal()
    #expect(summary.gasOurs == Gas(100_000) && summary.transactionCount == 1)
    #expect(summary.gasBackground == Gas(40_000_000))
    #expect(
      producer.baseFee
        == BaseFeeController(producer.parameters).next(
          after: Wei(10_000_000), gasUsed: Gas(40_100_000)))
  }

  @Test("keeps every wei of fees in the four vaults") func conservation() {
    var producer = Self.producer(load: 1)
    var paid = Wei.zero
    var state: UInt64 = 3
    for block: Int64 in 1...50 {
      producer.expectBlock(at: Self.time(2 * block))
      for _ in 0..<20 {
        state = state &* 6_364_136_223_846_793_005 &+ 1
        let gas = Gas(21_000 + state >> 46)
        paid +=
          producer.charge(
            gas, tip: Wei(UInt128(state >> 50)), l1Fee: Wei(UInt128(state >> 33))
          ).total
      }
      _ = producer.seal()
    }
    #expect(producer.vaults.total == paid)
    let parts = FeeVaults.Vault.allCases.map { producer.vaults.balance(of: $0) }
    #expect(parts.reduce(Wei.zero, +) == paid)
    #expect(parts.allSatisfy { $0 > .zero })
    var vaults = producer.vaults
    let withdrawn = vaults.withdraw(from: .baseFee)
    #expect(withdrawn == parts[0])
    #expect(vaults.balance(of: .baseFee) == .zero)
    #expect(vaults.total + withdrawn == paid)
    #expect(vaults.collected.total == paid)
  }

  @Test("gives the background its gas first, except before higher tips") func contention() {
    var producer = Self.producer(load: 4.5)
    producer.expectBlock(at: Self.time(2))
    #expect(producer.room.gas(forTip: 1_000_001) == 400_000_000)
    #expect(producer.room.gas(forTip: 1_000_000) == 40_000_000)
    _ = producer.charge(Gas(39_000_000), tip: Wei(1), l1Fee: .zero)
    #expect(producer.room.gas(forTip: 1_000_000) == 1_000_000)
    _ = producer.charge(Gas(2_000_000), tip: Wei(2_000_000), l1Fee: .zero)
    #expect(producer.room.gas(forTip: 1_000_000) == 0)
    let summary = producer.seal()
    #expect(summary.gasUsed == Gas(400_000_000))
    #expect(summary.gasBackground == Gas(359_000_000))
    #expect(summary.gasBackgroundRefused == Gas(1_000_000))
  }

  @Test("produces nothing while out, then fills the gap with empty blocks") func outage() {
    var producer = Self.producer(load: 1)
    producer.expectBlock(at: Self.time(2))
    _ = producer.seal()
    let before = producer.baseFee
    producer.stop(until: Self.time(10))
    for second: Int64 in [4, 6, 8] { producer.expectOutage(at: Self.time(second)) }
    #expect(producer.number == 101)
    producer.expectBlock(at: Self.time(10))
    #expect(producer.number == 105 && producer.timestamp == 1_700_000_010)
    let rule = BaseFeeController(producer.parameters)
    let expected = (0..<3).reduce(before) { fee, _ in rule.next(after: fee, gasUsed: .zero) }
    #expect(producer.baseFee == expected && expected < before)
    #expect(producer.seal().emptyBlocksBefore == 3)
    producer.expectBlock(at: Self.time(12))
    #expect(producer.seal().emptyBlocksBefore == 0)
  }

  @Test("comes back early when told to") func resuming() {
    var producer = Self.producer()
    producer.stop()
    producer.expectOutage(at: Self.time(2))
    producer.resume()
    producer.expectBlock(at: Self.time(4))
    #expect(producer.seal().emptyBlocksBefore == 1)
  }

  @Test("starts at the equilibrium of its demand unless told otherwise") func start() {
    let parameters = ChainParameters.baseMainnet
    func initial(_ load: Double) -> Wei {
      BlockProducer(parameters, demand: .elastic(load: .constant(load), on: parameters)).baseFee
    }
    #expect(initial(2) == Wei(20_000_000))
    #expect(initial(0.5) == Wei(5_000_000))
    #expect(initial(0.1) == Wei(5_000_000))
  }
}

extension BlockProducer {
  /// Opens a block, which must succeed.
  mutating func expectBlock(at time: SimTime, sourceLocation: SourceLocation = #_sourceLocation) {
    let opened = open(at: time)
    #expect(opened, sourceLocation: sourceLocation)
  }

  /// Tries to open a block, which must fail.
  mutating func expectOutage(at time: SimTime, sourceLocation: SourceLocation = #_sourceLocation) {
    let opened = open(at: time)
    #expect(!opened, sourceLocation: sourceLocation)
  }
}
