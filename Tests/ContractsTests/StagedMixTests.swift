import Contracts
import EVM
import Testing

@Suite("Every contract at work") struct StagedMixTests {
  @Test("succeeds in each transaction and keeps the books", arguments: ProtocolProfile.allCases)
  func runs(profile: ProtocolProfile) {
    var mix = StagedMix(profile, count: 9)
    for stage in mix.stages {
      mix.run(stage)
      let failures = mix.failures
      #expect(failures == 0, "\(stage.rawValue)")
    }
    let (finding, recount) = (mix.world.auditFinding, mix.world.evm.recount())
    #expect(finding == nil && recount == nil)
  }
}
