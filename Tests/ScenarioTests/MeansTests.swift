import Testing

@testable import Scenario

@Suite("People without the means to do what a scenario says") struct MeansTests {
  typealias Example = ContradictionTests.Example

  static let means = [
    Example(
      "protocol: {stakesInFAB: false, minStake: 1 ETH}",
      "s.yaml:9:11: error: protocol.slash takes FAB, which nobody has where hosts stake ETH; write 0%, or "
        + "stakesInFAB: true",
      "s.yaml:9:11: error: protocol.challengePenalty takes FAB, which nobody has where hosts stake ETH; "
        + "write 0 FAB, or stakesInFAB: true"),
    Example(
      "protocol: {stakesInFAB: false, minStake: 1 ETH, slash: 0%, challengePenalty: 0 FAB}"),
    Example(
      "protocol: {metadataLimit: 78}",
      "s.yaml:9:27: error: protocol.metadataLimit is 78, and hosts register with 79 bytes; write 79 or "
        + "more"),
    Example("protocol: {metadataLimit: 79}"),
    Example(
      "protocol: {profile: reference-eth}\n"
        + "changes: [{at: 1min, set: {protocol.disputeBond: 10 FAB, chain.ethPrice: 2000 USD}}]",
      "s.yaml:10:16: error: changes[0] means nothing while disputesAct is false; add disputesAct: true, "
        + "or remove it"),
    Example(
      "emergency: {failures: 5, window: 10min, delay: 1min, pause: 10min}\n"
        + "protocol: {emergencyPauseWorks: false}",
      "s.yaml:9:12: error: emergency pauses by an emergency action, which does nothing while "
        + "emergencyPauseWorks is false; leave it out, or write emergencyPauseWorks: true"),
    Example(
      "guardian: {delay: 61min}",
      "s.yaml:9:19: error: guardian.delay is longer than the duration; stay within 1 h"),
    Example("guardian: {delay: 60min}"),
  ]

  static let observers = [
    Example(
      "expect: [{metric: time_to_detection_self_dealing_s, below: 60}]",
      "s.yaml:9:19: error: expect[0].metric is time_to_detection_self_dealing_s, which needs "
        + "selfDealing among detectors, and there are none; add selfDealing to detectors, or expect "
        + "something else"),
    Example(
      "detectors: [{detector: fundingCluster, threshold: 1.5}]",
      "s.yaml:9:51: error: detectors[0].threshold is 1.5, where fundingCluster flags everybody or "
        + "nobody; write a number from 2 on: hosts that share a controller or a wallet"),
    Example("detectors: [{detector: controllerThreshold, threshold: 2}]"),
    Example(
      "detectors: [{detector: claimTiming, threshold: 1.01}, {detector: eigenTrust, threshold: -1}]",
      "s.yaml:9:48: error: detectors[0].threshold is 1.01, where claimTiming flags everybody or "
        + "nobody; write a number above 0, at most 1: likeness to another host",
      "s.yaml:9:89: error: detectors[1].threshold is -1, where eigenTrust flags everybody or nobody; "
        + "write a number above -1, at most 0: minus the trust that reaches it"),
    Example(
      "detectors: [{detector: sybilRank, threshold: -0.9}, {detector: selfDealing, threshold: 1}]"),
    Example(
      "detectors: [selfDealing]\nknownHosts: 5",
      "s.yaml:10:13: error: knownHosts says whom observers trust, and none begins with trust; leave "
        + "it out, or add sybilRank or eigenTrust to detectors or reputationModels"),
    Example("reputationModels: [eigenTrust]\nknownHosts: 5"),
    Example(
      "knownHosts: 0",
      "s.yaml:9:13: error: knownHosts is 0, which is out of range; write a whole number from 1 to "
        + "1,000,000"),
  ]

  @Test("are refused with what they lack", arguments: means)
  func lack(_ example: Example) { expect(example) }

  @Test("as observers see everybody or nobody", arguments: observers)
  func look(_ example: Example) { expect(example) }

  private func expect(_ example: Example) {
    #expect(Fixture.complaints(example.text) == example.complaints)
  }
}
