import Contracts
import Testing

@Suite("The typical gas of a step") struct TypicalGasTests {
  /// Printed by `marketsim list gas`.
  static let figures = [
    "reference-fab registration: registerNode 245278",
    "reference-fab creation: postJobWithToken, USDC 294666",
    "reference-fab claim: claimJob, USDC 72900",
    "reference-fab completion: completeJob, USDC 196186",
    "reference-eth registration: registerNode 275821",
    "reference-eth creation: postJob, ETH 235075",
    "reference-eth claim: claimJob, ETH 101481",
    "reference-eth completion: completeJob, ETH 158923",
    "reference-eth creation: postJobWithToken, USDC 302549",
    "reference-eth claim: claimJob, USDC 101481",
    "reference-eth completion: completeJob, USDC 197084",
    "documented registration: registerNode 367228",
    "documented creation: postJob, ETH 370014",
    "documented claim: claimJob, ETH 196161",
    "documented completion: completeJob, ETH 195019",
    "documented creation: postJobWithToken, USDC 402008",
    "documented claim: claimJob, USDC 196161",
    "documented completion: completeJob, USDC 205919",
    "documented creation: postJobWithToken, USDC with proof 402020",
    "documented completion: submitProof, USDC with proof 296500",
    "documented completion: verifyProof, USDC with proof 80531",
    "documented completion: completeJob, USDC with proof 163933",
    "documented completion: releasePayment, USDC with proof 107049",
  ]

  @Test("is what it was") func figures() {
    let measured = TypicalGas.measure().map {
      "\($0.profile.rawValue) \($0.step.rawValue): \($0.call) \($0.gasUsed)"
    }
    #expect(measured == Self.figures)
  }

  @Test("stands beside the documentation's figure, which each profile has for every step")
  func documented() {
    let rows = TypicalGas.measure()
    for profile in ProtocolProfile.allCases {
      let steps = Set(rows.filter { $0.profile == profile }.map(\.step))
      #expect(steps == Set(TypicalGas.Step.allCases))
    }
    // docs/technical/README.md says 100,000 for a claim, which the reference meets within 2 %.
    let claims = rows.filter { $0.profile == .referenceETH && $0.step == .claim }
    #expect(!claims.isEmpty && claims.allSatisfy { abs($0.deviation) < 0.02 })
  }
}
