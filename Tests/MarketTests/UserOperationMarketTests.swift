import EVM
import Quantities
import Statistics
import Testing

@testable import Market

@Suite("Contract wallets in a market") struct UserOperationMarketTests {
  private static func configuration(
    renters: WalletConfiguration, hosts: WalletConfiguration = .ownAccount, deposit: Double = 1,
    bundleSize: Int = 4
  ) -> MarketConfiguration {
    var homes = Bed.homes(40)
    homes.wallet = hosts
    var people = Bed.renters(rate: 1)
    people.wallet = renters
    var configuration = Bed.market(minutes: 20, hosts: [homes], renters: [people])
    configuration.accounts = AccountsConfiguration(
      bundleSize: bundleSize,
      paymasters: [AccountsConfiguration.Paymaster(name: "patron", deposit: deposit)])
    return configuration
  }

  private static func value(_ name: String, of run: RecordedRun) -> Double {
    run.values.number(named: name) ?? .nan
  }

  @Test("complete the same jobs as plain accounts, at more gas a job") func sameJobs() throws {
    let plain = try RecordedRun(Self.configuration(renters: .ownAccount))
    let smart = try RecordedRun(Self.configuration(renters: .smart, hosts: .smart))
    #expect(plain.measured.completed > 500)
    #expect(smart.measured.completed == plain.measured.completed)
    #expect(plain.measured.operations == 0 && plain.measured.bundles == 0)
    #expect(smart.measured.operations == smart.measured.transactions)
    let more = Self.value("gas_per_job", of: smart) - Self.value("gas_per_job", of: plain)
    // Four calls a job: each gains loop and check, 38,300, and an envelope, and loses the part of
    // the base that the bundle shares.
    #expect(more > 4 * (38_300 - 21_000))
    #expect(more < 4 * 70_000)
  }

  @Test("fill bundles up to their size, and share the base of each") func bundles() throws {
    let one = try RecordedRun(Self.configuration(renters: .smart, bundleSize: 1))
    #expect(one.measured.bundles == one.measured.operations)
    let many = try RecordedRun(Self.configuration(renters: .smart, bundleSize: 50))
    #expect(many.measured.operations == one.measured.operations)
    // Blocks hold few operations of this market, and an operation is in one bundle.
    #expect(many.measured.bundles < one.measured.bundles)
    let saved = one.measured.gasUsed.units - many.measured.gasUsed.units
    #expect(saved == UInt64(one.measured.bundles - many.measured.bundles) * 21_000)
  }

  @Test("cost their owners nothing while a paymaster's deposit lasts") func sponsored() throws {
    let run = try RecordedRun(Self.configuration(renters: .sponsored(by: "patron")))
    #expect(run.measured.completed > 500)
    #expect(run.measured.operationsRefused == 0)
    #expect(run.renters.allSatisfy { $0.fees == 0 })
    #expect(run.measured.feesSponsored > .zero)
    let hosts = run.hosts.reduce(UInt128(0)) { $0 + UInt128($1.fees) }
    #expect(
      run.measured.feesSponsored.rawValue + hosts
        == run.measured.feesL2.rawValue + run.measured.feesL1.rawValue)
  }

  @Test("are refused once the deposit cannot cover them, and the jobs balk") func exhausted() throws
  {
    let run = try RecordedRun(
      Self.configuration(renters: .sponsored(by: "patron"), deposit: 0.0001))
    #expect(run.measured.operationsRefused > 0)
    #expect(run.measured.balked > 0)
    #expect(run.measured.feesSponsored.rawValue <= 100_000_000_000_000)
    #expect(run.renters.allSatisfy { $0.fees == 0 })
  }
}
