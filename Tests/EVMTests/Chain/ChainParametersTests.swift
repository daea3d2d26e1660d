import EVM
import Quantities
import Testing

@Suite("Chain parameters") struct ChainParametersTests {
  @Test("are found by the name of the network") func names() {
    #expect(ChainParameters.preset(named: "base-mainnet") == .baseMainnet)
    #expect(ChainParameters.preset(named: "base-sepolia") == .baseSepolia)
    #expect(ChainParameters.preset(named: "base") == nil)
  }

  @Test("share a gas target of 40 million gas per second on both networks") func targets() {
    #expect(ChainParameters.baseMainnet.gasTarget == Gas(80_000_000))
    #expect(ChainParameters.baseSepolia.gasTarget == Gas(80_000_000))
  }
}
