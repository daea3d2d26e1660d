import EVM
import Quantities
import Testing

@testable import Contracts

/// What receivers do with ETH, seen through an escrow's `emergencyWithdraw`.
@Suite("Receiving ETH") struct ReceivingETHTests {
  private static let block = BlockEnvironment(timestamp: 1, number: 1)

  /// A world with an escrow that holds 100 wei and its owner.
  private struct Fixture: ~Copyable {
    var world = World()
    let owner: AccountID
    let escrow: AccountID

    init() {
      owner = world.addAccount(eth: 1_000)
      escrow = world.addAccount(eth: 0)
      let deployed = world.deploy(
        type: "PaymentEscrow", at: escrow, from: owner, arguments: [.address(owner), .uint(100)],
        value: .zero, block: ReceivingETHTests.block)
      #expect(deployed.result == .success([]))
      let paid = world.send(
        .sendETH, from: owner, to: escrow, value: 100, block: ReceivingETHTests.block)
      #expect(paid.failure == nil)
    }

    mutating func withdraw(to receiver: AccountID, _ amount: UInt256) -> TransactionOutcome {
      world.transact(
        from: owner, to: escrow, signature: "emergencyWithdraw(address,uint256)",
        arguments: [.address(receiver), .uint(amount)], value: .zero,
        block: ReceivingETHTests.block, gasLimit: 1_000_000)
    }

    mutating func add(_ kind: AccountKind) -> AccountID {
      let bytes = [UInt8](repeating: 0xA0 + UInt8(world.evm.accountCount), count: 20)
      return world.addAccount(address: bytes, kind: kind, eth: .zero)
    }
  }

  @Test(
    "by call succeeds unless the receiver rejects",
    arguments: [
      (AccountKind.eoa, true), (.accepting, true), (.rejecting, false), (.expensive, true),
      (.reentrant, true),
    ])
  func byCall(kind: AccountKind, arrives: Bool) {
    var fixture = Fixture()
    let receiver = fixture.add(kind)
    let outcome = fixture.withdraw(to: receiver, 40)
    let balance = fixture.world.ethBalance(of: receiver)
    #expect(
      outcome.result == (arrives ? .success([]) : .reverted(.error("Transfer failed"))))
    #expect(balance == (arrives ? 40 : 0))
  }

  @Test(
    "by transfer needs a receiver that does with 2,300 gas",
    arguments: [
      (AccountKind.eoa, CallFailure?.none), (.accepting, nil),
      (.rejecting, .reverted(.rejected)), (.expensive, .empty), (.reentrant, nil),
    ])
  func byTransfer(kind: AccountKind, failure: CallFailure?) throws {
    var fixture = Fixture()
    let receiver = fixture.add(kind)
    fixture.world.evm.begin(from: fixture.owner, gasLimit: 100_000, block: Self.block)
    let got = try fixture.world.sendETH(
      10, from: fixture.escrow, to: receiver, gas: .stipend)
    let balance = fixture.world.ethBalance(of: receiver)
    #expect(got == failure)
    #expect(balance == (failure == nil ? 10 : 0))
  }

  @Test("by transfer fails at an armed wallet, which cannot pay for its bookkeeping")
  func byTransferToArmedWallet() throws {
    var fixture = Fixture()
    let wallet = fixture.add(.reentrant)
    fixture.world.arm(
      wallet, times: 1, target: fixture.escrow, signature: "receive()", arguments: [],
      value: .zero, bubble: false)
    fixture.world.evm.begin(from: fixture.owner, gasLimit: 100_000, block: Self.block)
    let failure = try fixture.world.sendETH(10, from: fixture.escrow, to: wallet, gas: .stipend)
    #expect(failure == .empty)
  }

  @Test("costs 25,000 more where it makes a new account") func newAccount() throws {
    var fixture = Fixture()
    let fresh = fixture.add(.eoa)
    fixture.world.evm.begin(from: fixture.owner, gasLimit: 100_000, block: Self.block)
    _ = try fixture.world.sendETH(10, from: fixture.escrow, to: fresh, gas: .all)
    #expect(100_000 - fixture.world.evm.gas == 2_600 + 6_700 + 25_000)
    let before = fixture.world.evm.gas
    _ = try fixture.world.sendETH(10, from: fixture.escrow, to: fresh, gas: .all)
    #expect(before - fixture.world.evm.gas == 100 + 6_700)
    _ = try fixture.world.sendETH(0, from: fixture.escrow, to: fresh, gas: .all)
    #expect(before - fixture.world.evm.gas == 100 + 6_700 + 100)
  }

  @Test("fails without effect when the sender has less") func insufficient() throws {
    var fixture = Fixture()
    let receiver = fixture.add(.eoa)
    fixture.world.evm.begin(from: fixture.owner, gasLimit: 100_000, block: Self.block)
    let failure = try fixture.world.sendETH(101, from: fixture.escrow, to: receiver, gas: .all)
    #expect(failure == .empty)
    let held = fixture.world.ethBalance(of: fixture.escrow)
    #expect(held == 100)
  }

  @Test("lets an armed wallet call back, and forwards its failure when it bubbles")
  func reentry() {
    for bubble in [false, true] {
      var fixture = Fixture()
      let wallet = fixture.add(.reentrant)
      fixture.world.arm(
        wallet, times: 1, target: fixture.escrow, signature: "emergencyWithdraw(address,uint256)",
        arguments: [.address(wallet), .uint(7)], value: .zero, bubble: bubble)
      let outcome = fixture.withdraw(to: wallet, 40)
      let balance = fixture.world.ethBalance(of: wallet)
      if bubble {
        #expect(outcome.result == .reverted(.error("Transfer failed")))
        #expect(balance == 0)
      } else {
        let event = outcome.events.first
        #expect(outcome.result == .success([]))
        #expect(event?.name == "ReentryAttempt")
        #expect(event?.arguments.first == ABIValue.Field("success", .bool(false)))
        #expect(balance == 40)
      }
    }
  }
}
