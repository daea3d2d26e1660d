import EVM
import Quantities
import Testing

@testable import Contracts

/// Calldata as bytes against the call that they spell.
@Suite("A call carried as bytes") struct EncodedCallTests {
  private static let block = BlockEnvironment(timestamp: 1_700_000_000, number: 1)

  private struct Fixture: ~Copyable {
    var world = World()
    let contracts: FABDeployment
    let caller: AccountID

    init() {
      contracts = FABDeployment(in: &world, block: EncodedCallTests.block)
      caller = world.addAccount(eth: 0)
      world.evm.begin(from: caller, gasLimit: 1 << 40, block: EncodedCallTests.block)
    }

    mutating func run(_ calldata: [UInt8], at callee: AccountID) throws(CallFailure) -> [ABIValue] {
      try world.run(calldata: calldata[...], at: callee, from: caller, value: .zero)
    }
  }

  @Test("does what the typed call does") func approve() throws {
    var fixture = Fixture()
    let spender = fixture.contracts.escrow
    let calldata =
      Machine.selector("approve(address,uint256)")
      + fixture.world.evm.encode([.address(spender), .uint(77)])
    let returned = try fixture.run(calldata, at: fixture.contracts.usdc)
    #expect(returned == [.bool(true)])
    let log = fixture.world.logs[0]
    #expect(
      log.event == .approval(owner: fixture.caller, spender: spender, value: 77))
  }

  @Test("fails without data at unknown selectors, short arguments and plain ETH") func refused() {
    var fixture = Fixture()
    let usdc = fixture.contracts.usdc
    #expect(throws: CallFailure.empty) { try fixture.run([1, 2, 3, 4], at: usdc) }
    #expect(throws: CallFailure.empty) { try fixture.run([1], at: usdc) }
    #expect(throws: CallFailure.empty) { try fixture.run([], at: usdc) }
    let short = Machine.selector("approve(address,uint256)") + UInt256(1).bigEndianBytes
    #expect(throws: CallFailure.empty) { try fixture.run(short, at: usdc) }
  }

  @Test("is accepted by an account without code, whatever it says") func withoutCode() throws {
    var fixture = Fixture()
    let plain = fixture.world.addAccount(eth: 0)
    #expect(try fixture.run([1, 2, 3, 4], at: plain).isEmpty)
  }
}
