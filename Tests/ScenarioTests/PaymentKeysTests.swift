import Market
import Testing

@testable import Scenario

@Suite("What renters pay in") struct PaymentKeysTests {
  /// Keys put before `lengths`, which stands in column 62 of line 8.
  private static func scenario(_ keys: String, profile: String = "documented") -> String {
    Fixture.minimal("lengths:", as: "\(keys), lengths:")
      + "protocol: {profile: \(profile)}\n"
  }

  private func cohort(_ keys: String) throws -> RenterCohort {
    try Fixture.load(Self.scenario(keys)).configuration.renters[0]
  }

  @Test("is USDC unless they say so, and a budget in the same token") func reading() throws {
    #expect(try cohort("sameRegion: 0%").pays == .usdc)
    let eth = try cohort("pays: eth, budget: 0.5 ETH")
    #expect(eth.pays == .eth && eth.ethBudget == 0.5)
    let exchanged = try cohort("pays: eth, budget: 600 USDC")
    #expect(exchanged.ethBudget == nil && exchanged.budgetETH(at: 3_000) == 0.2)
  }

  @Test(
    "is something that their marketplace takes, and that they have",
    arguments: [
      (
        "pays: fab", "documented",
        "s.yaml:8:68: error: renters[0].pays is \"fab\"; write one of: usdc, eth"
      ),
      (
        "pays: eht", "documented",
        "s.yaml:8:68: error: renters[0].pays is \"eht\"; did you mean \"eth\"?"
      ),
      (
        "pays: eth", "reference-fab",
        "s.yaml:8:68: error: renters[0].pays is eth, and the marketplace of profile reference-fab "
          + "takes USDC alone; write usdc, or choose another profile: reference-eth, documented"
      ),
      (
        "budget: 1 ETH", "documented",
        "s.yaml:8:70: error: renters[0].budget is in ETH, and these renters pay in USDC; "
          + "write an amount of USDC, or pays: eth"
      ),
      (
        "pays: eth, budget: 1000001 ETH", "reference-eth",
        "s.yaml:8:81: error: renters[0].budget is more than 1,000,000 ETH at chain.ethPrice; "
          + "write a smaller amount"
      ),
      (
        "budget: 5 USD", "documented",
        "s.yaml:8:70: error: renters[0].budget is \"5 USD\", whose unit \"USD\" is not known here; "
          + "did you mean \"USDC\"?"
      ),
      (
        "budget: 0 ETH", "documented",
        "s.yaml:8:70: error: renters[0].budget is 0 ETH, which is out of range; "
          + "write a value above 0, at most 1,000,000,000,000"
      ),
    ])
  func complaints(_ keys: String, _ profile: String, _ complaint: String) {
    #expect(Fixture.complaints(Self.scenario(keys, profile: profile)) == [complaint])
  }

  @Test("can be ETH under both profiles whose marketplace takes it") func both() {
    for profile in ["reference-eth", "documented"] {
      #expect(Fixture.complaints(Self.scenario("pays: eth", profile: profile)) == [])
    }
  }
}
