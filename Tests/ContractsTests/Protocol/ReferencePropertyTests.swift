import EVM
import Quantities
import Testing

@testable import Contracts

@Suite("Whatever people do under the reference's rules") struct ReferencePropertyTests {
  static let calls = CallBudget.calls(share: 7) / 7
  static let seeds: [UInt64] = [11, 12, 13, 14, 15, 16, 17]

  @Test(
    "no money is made or lost, guards hold, and every shortfall has a cause, with ETH jobs",
    arguments: seeds)
  func ethLaws(seed: UInt64) throws {
    var rules = ProtocolProfile.referenceETH.rules
    // Rules under which everything happens often: the limits would stop a crowd at once.
    rules.rapidLimit = 1_000_000
    rules.postLimit = 1_000_000
    rules.registrationLimit = 1_000_000
    var market = RandomMarket(seed: seed, rules: rules)
    for call in 0..<Self.calls {
      market.passTime()
      let sent = market.randomCall()
      let isDone = market.send(sent)
      if call < 3_000 || call % 500 == 0 {
        let broken = market.brokenReferenceLaw()
        #expect(broken == nil, "seed \(seed), call \(call), \(sent.signature): \(broken ?? "")")
        if broken != nil { return }
      }
      if !isDone, call % 64 == 0 {
        let trace = market.trace(of: sent)
        #expect(trace == nil, "seed \(seed), call \(call): \(trace ?? "")")
      }
    }
    let (succeeded, failed) = (market.succeeded, market.failed)
    let (recount, causes) = (market.world.evm.recount(), market.world.insolvencies)
    #expect(succeeded > Self.calls / 12, "only \(succeeded) of \(Self.calls) calls did anything")
    #expect(failed > Self.calls / 12)
    #expect(recount == nil)
    #expect(
      !causes.isEmpty || Self.calls < 2_000, "nobody noticed how the reference can be drained")
  }

  @Test(
    "no money is made or lost, and the escrow misses its fees and nothing else, with FAB hosts",
    arguments: seeds)
  func fabLaws(seed: UInt64) throws {
    var market = RandomFABMarket(seed: seed)
    for call in 0..<Self.calls {
      let (name, isDone) = market.step()
      if call < 3_000 || call % 500 == 0 {
        let broken = market.brokenLaw()
        #expect(broken == nil, "seed \(seed), call \(call), \(name): \(broken ?? "")")
        if broken != nil { return }
      }
      if !isDone, call % 64 == 0 {
        let hasTrace = market.leavesTrace()
        #expect(!hasTrace, "seed \(seed), call \(call): \(name) left a trace")
      }
    }
    let (succeeded, failed) = (market.succeeded, market.failed)
    let recount = market.world.evm.recount()
    #expect(succeeded > Self.calls / 8, "only \(succeeded) of \(Self.calls) calls did anything")
    #expect(failed > Self.calls / 12)
    #expect(recount == nil)
  }
}
