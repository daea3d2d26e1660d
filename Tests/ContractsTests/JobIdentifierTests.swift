import EVM
import Quantities
import Testing

@testable import Contracts

@Suite("A job's 32-byte id") struct JobIdentifierTests {
  @Test("is the hash of poster, time, number and model, though the row does not store it")
  func derived() throws {
    let block = BlockEnvironment(timestamp: 1_700_000_123, number: 1)
    var world = World()
    let contracts = FABDeployment(in: &world, block: block)
    let renter = world.addAccount(eth: 1)
    world.mintAtGenesis(100, of: contracts.usdc, to: renter)
    _ = world.send(
      .approve(spender: contracts.marketplace, amount: 100), from: renter, to: contracts.usdc,
      block: block)
    let posting = JobPosting(
      model: world.evm.strings.intern("llama2-7b"), prompt: world.evm.strings.intern("p"),
      maxTimeToComplete: 60)
    let receipt = world.send(
      .postJobWithToken(posting, token: contracts.usdc, amount: 100), from: renter,
      to: contracts.marketplace, block: block)
    #expect(receipt.failure == nil)
    #expect(receipt.returned == 1)

    let message =
      world.address(of: renter) + UInt256(block.timestamp).bigEndianBytes
      + UInt256(1).bigEndianBytes + Array("llama2-7b".utf8)
    let expected = ABIValue.fixedBytes(Keccak.hash(message))
    let event = try #require(world.logs.dropLast().last.map { world.decoded($0) })
    #expect(event.name == "JobCreatedWithToken")
    #expect(event.arguments.first?.value == expected)
    let view = world.view(
      to: contracts.marketplace, signature: "getJobStruct(uint256)", arguments: [.uint(1)],
      block: block)
    guard case .success(let values) = view.result, case .tuple(let fields) = values.first else {
      Issue.record("the job cannot be read")
      return
    }
    #expect(fields.first { $0.name == "escrowId" }?.value == expected)
  }

  @Test("of a number never posted is zero, below and above the dense rows")
  func absent() {
    let block = BlockEnvironment(timestamp: 1, number: 1)
    var world = World()
    let contracts = FABDeployment(in: &world, block: block)
    for number in [UInt256(5), UInt256(1 << 40 as UInt64), .max] {
      let view = world.view(
        to: contracts.marketplace, signature: "getJobStruct(uint256)", arguments: [.uint(number)],
        block: block)
      guard case .success(let values) = view.result, case .tuple(let fields) = values.first else {
        Issue.record("the job cannot be read")
        return
      }
      let id = fields.first { $0.name == "escrowId" }?.value
      #expect(id == .fixedBytes([UInt8](repeating: 0, count: 32)))
    }
  }
}
