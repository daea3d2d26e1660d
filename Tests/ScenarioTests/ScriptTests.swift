import Quantities
import Testing

@testable import Market
@testable import Scenario

@Suite("A scenario's script") struct ScriptTests {
  private static func scenario(_ step: String) -> String {
    Fixture.minimal + """
      protocol: {profile: reference-eth}
      script:
        actors: [{name: alice}]
        steps:
          - {\(step)}

      """
  }

  @Test("takes numbers with units, times, results, names, text and lists") func arguments() throws {
    let text = Self.scenario(
      "at: 1min, from: alice, value: 2 ETH, result: job, outcome: reverts, call: "
        + "\"JobMarketplace.createJob(string,string,uint256,uint256)\", "
        + "arguments: [llama, Qm, 1.5 ETH, now+2h]")
    let step = try Fixture.load(text).configuration.script.steps[0]
    #expect(
      step.arguments == [
        .text("llama"), .text("Qm"), .number(1_500_000_000_000_000_000), .secondsFromNow(7_200),
      ])
    #expect(step.value == 2_000_000_000_000_000_000)
    #expect(step.outcome == .reverts(nil) && step.result == "job")
  }

  @Test(
    "names what is wrong and where",
    arguments: [
      (
        "at: 1s, from: bob, call: \"JobMarketplace.claimJob(uint256)\", arguments: [1]",
        "script.steps[0].from is \"bob\", nobody's name"
      ),
      (
        "at: 1s, from: alice, call: \"JobMarketplace.claimJobs(uint256)\", arguments: [1]",
        "no function of JobMarketplace; did you mean \"claimJob(uint256)\"?"
      ),
      (
        "at: 1s, from: alice, call: \"JobMarket.claimJob(uint256)\", arguments: [1]",
        "which names no contract; did you mean \"JobMarketplace\"?"
      ),
      (
        "at: 1s, from: alice, call: \"JobMarketplace.claimJob(uint256)\", arguments: [1, 2]",
        "has 2 elements, and claimJob(uint256) takes 1"
      ),
      (
        "at: 1s, from: alice, call: \"JobMarketplace.claimJob(uint256)\", arguments: [soon]",
        "write a whole number"
      ),
      (
        "at: 1s, from: alice, call: \"JobMarketplaceFAB.claimJob(uint256)\", arguments: [1]",
        "calls JobMarketplaceFAB, which profile reference-eth does not deploy"
      ),
      (
        "at: 1s, from: alice, call: \"NodeRegistry.getNodeStake(address)\", arguments: [carol]",
        "names \"carol\", whom nobody knows"
      ),
    ])
  func complaint(step: String, words: String) {
    let found = Fixture.complaints(Self.scenario(step))
    #expect(found.count == 1 && found[0].contains(words), "\(found)")
    #expect(found.first?.hasPrefix("s.yaml:") == true)
  }
}
