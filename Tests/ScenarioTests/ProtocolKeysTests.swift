import Contracts
import Market
import Quantities
import Testing

@testable import Scenario

@Suite("The rules of a scenario's protocol")
struct ProtocolKeysTests {
  private func complaints(_ rules: String) -> [String] {
    // What the market itself cannot run yet is no matter of the rules.
    Fixture.complaints(Fixture.minimal + "protocol: {\(rules)}\n")
      .filter { !$0.contains("markets cannot yet") }
  }

  @Test("are the profile's where the scenario is silent", arguments: ProtocolProfile.allCases)
  func defaults(profile: ProtocolProfile) {
    #expect(complaints("profile: \(profile.rawValue)") == [])
  }

  @Test("are taken over in base units") func values() throws {
    let text =
      Fixture.minimal
        + """
        protocol:
          fee: 2.5%
          minStake: 12.5 FAB
          decayPeriod: 1.5h
          ratingBonus: {fourStars: 3}
          feeOnce: true
          promptByHash: false

        """
    let rules = try Fixture.load(text).configuration.rules.values
    #expect(rules.fee == 250)
    #expect(rules.minStake == UInt256(12_500_000_000_000_000_000 as UInt128))
    #expect(rules.decayPeriod == 5_400)
    #expect(rules.ratingBonusFourStars == 3)
    #expect(rules.ratingBonusFiveStars == 4)
    #expect(rules.feeOnce)
    #expect(!rules.promptByHash)
  }

  @Test(
    "are refused outside their range, with the range",
    arguments: [
      (
        "fee: 100.01%",
        "s.yaml:9:17: error: protocol.fee is 100.01%, which is out of range; "
          + "allowed 0%–100%"
      ),
      (
        "fee: -1%",
        "s.yaml:9:17: error: protocol.fee is -1%, which is out of range; "
          + "allowed 0%–100%"
      ),
      (
        "fee: 0.001%",
        "s.yaml:9:17: error: protocol.fee is \"0.001%\", not a whole number of basis "
          + "points (0.01%); allowed 0%–100%"
      ),
      (
        "decayPeriod: 0s",
        "s.yaml:9:25: error: protocol.decayPeriod is 0s, which is out of range; allowed 1s–3650d"
      ),
      (
        "decayPeriod: 1.5s",
        "s.yaml:9:25: error: protocol.decayPeriod is 1.5s, no whole number of seconds ≥ 0; "
          + "allowed 1s–3650d"
      ),
      (
        "decayPeriod: 10",
        "s.yaml:9:25: error: protocol.decayPeriod is \"10\", which has no unit; "
          + "add the unit one of ns, us, ms, s, min, h, d, w, as in 1h"
      ),
      (
        "minStake: 5 ETH",
        "s.yaml:9:22: error: protocol.minStake is in ETH, and stakes are FAB here; write 5 FAB"
      ),
      (
        "minStake: 2000000000 FAB",
        "s.yaml:9:22: error: protocol.minStake is 2000000000 FAB, which is out of range; "
          + "allowed 0 FAB–1000000000 FAB"
      ),
      (
        "ratingBonus: {fiveStars: 4.5}",
        "s.yaml:9:37: error: protocol.ratingBonus.fiveStars is \"4.5\", not a whole number of points; "
          + "allowed 0–1000000"
      ),
      (
        "ratingBonus: {sixStars: 4}",
        "s.yaml:9:26: error: protocol.ratingBonus.sixStars is not a known key; "
          + "write one of the keys here: fourStars, fiveStars"
      ),
      (
        "profile: documented, claimTimeout: 59s",
        "s.yaml:9:47: error: protocol.claimTimeout is 59s, which is out of range; "
          + "allowed deadline or 1min–365d"
      ),
      (
        "profile: documented, slashTo: renters",
        "s.yaml:9:42: error: protocol.slashTo is \"renters\"; did you mean \"renter\"?"
      ),
      (
        "profile: reference-eth, minStake: 5 FAB",
        "s.yaml:9:46: error: protocol.minStake is in FAB, and stakes are ETH here; write 5 ETH"
      ),
    ])
  func ranges(rules: String, complaint: String) {
    #expect(complaints(rules) == [complaint])
  }

  @Test(
    "are refused where they contradict each other",
    arguments: [
      (
        "profile: reference-eth, slash: 10%",
        "s.yaml:9:43: error: protocol.slash means nothing while slashMovesStake is false; "
          + "add slashMovesStake: true, or remove it"
      ),
      (
        "profile: documented, ejectBelow: 1001 FAB",
        "s.yaml:9:45: error: protocol.ejectBelow puts ejectBelow above minStake; "
          + "keep ejectBelow at most minStake"
      ),
      (
        "profile: documented, minTimeToComplete: 365d",
        "s.yaml:9:52: error: protocol.minTimeToComplete leaves no time that a job may give its "
          + "host; keep minTimeToComplete below maxTimeToComplete"
      ),
    ])
  func contradictions(rules: String, complaint: String) {
    #expect(complaints(rules) == [complaint])
  }

  @Test("may be written as the table prints them, in every profile")
  func printedValuesAreRead() throws {
    for profile in ProtocolProfile.allCases {
      for parameter in ProtocolParameter.all where parameter.exists(in: profile) {
        let value = parameter.text(of: parameter.value(in: profile.rules), under: profile.rules)
        let keys = parameter.key.split(separator: ".")
        let written =
          keys.count == 2 ? "\(keys[0]): {\(keys[1]): \(value)}" : "\(keys[0]): \(value)"
        #expect(
          complaints("profile: \(profile.rawValue), \(written)") == [],
          "\(profile) \(parameter.key)")
      }
    }
  }

  @Test("are refused where the profile lacks them, each of them") func lacking() {
    for profile in ProtocolProfile.allCases {
      for parameter in ProtocolParameter.all where !parameter.exists(in: profile) {
        let value = parameter.text(
          of: parameter.value(in: ProtocolProfile.documented.rules),
          under: ProtocolProfile.documented.rules)
        let keys = parameter.key.split(separator: ".")
        let written =
          keys.count == 2 ? "\(keys[0]): {\(keys[1]): \(value)}" : "\(keys[0]): \(value)"
        let found = complaints("profile: \(profile.rawValue), \(written)")
        #expect(
          found.count == 1
            && found[0].contains("\(keys[0]) is a key that profile \(profile.rawValue) lacks"),
          "\(profile) \(parameter.key): \(found)")
      }
    }
  }

  @Test("of every profile make a market") func everyProfile() {
    for profile in ProtocolProfile.allCases {
      let text = Fixture.minimal + "protocol: {profile: \(profile.rawValue)}\n"
      #expect(Fixture.complaints(text).isEmpty)
    }
  }
}
