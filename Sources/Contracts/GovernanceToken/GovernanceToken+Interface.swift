import EVM
import Quantities

extension GovernanceToken {
  static let signatures = [
    "constructor(string,string,uint256)",
    "approve(address,uint256)", "transfer(address,uint256)",
    "transferFrom(address,address,uint256)", "mint(address,uint256)", "burn(uint256)",
    "delegate(address)",
    "delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)", "balanceOf(address)",
    "allowance(address,address)", "totalSupply()", "name()", "symbol()", "decimals()", "owner()",
    "delegates(address)", "getVotes(address)", "getPastVotes(address,uint256)",
    "getPastTotalSupply(uint256)", "numCheckpoints(address)", "DOMAIN_TYPEHASH()",
    "DELEGATION_TYPEHASH()", "DOMAIN_SEPARATOR()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "approve(address,uint256)":
      try approve(
        spender: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world)
      return [.bool(true)]
    case "transfer(address,uint256)":
      try transfer(
        to: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world)
      return [.bool(true)]
    case "transferFrom(address,address,uint256)":
      try transferFrom(
        try arguments.address(0), to: try arguments.address(1), amount: try arguments.uint(2),
        by: caller, &world)
      return [.bool(true)]
    case "mint(address,uint256)":
      try mint(to: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world)
    case "burn(uint256)": try burn(try arguments.uint(0), by: caller, &world)
    case "delegate(address)": try delegate(to: try arguments.address(0), by: caller, &world)
    case "delegateBySig(address,uint256,uint256,uint8,bytes32,bytes32)":
      let signature = Signature(
        v: UInt8(try arguments.uint(3, bits: 8)), r: try arguments.word(4),
        s: try arguments.word(5))
      try delegate(
        to: try arguments.address(0), nonce: try arguments.uint(1), expiry: try arguments.uint(2),
        signature: signature, &world)
    default: return try view(signature, arguments, &world)
    }
    return []
  }

  private func view(
    _ signature: String, _ arguments: Arguments, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "balanceOf(address)": return [.uint(try balanceOf(try arguments.address(0), &world))]
    case "allowance(address,address)":
      let slot = allowance(owner: try arguments.address(0), spender: try arguments.address(1))
      return [.uint(try world.load(slot))]
    case "totalSupply()": return [.uint(try world.load(totalSupply))]
    case "name()": return [world.string(name)]
    case "symbol()": return [world.string(symbol)]
    case "decimals()": return [.uint(18)]
    case "owner()": return [.address(try world.load(owner))]
    case "delegates(address)":
      return [.address(try world.load(delegate(of: try arguments.address(0))))]
    case "getVotes(address)": return [.uint(try getVotes(of: try arguments.address(0), &world))]
    case "getPastVotes(address,uint256)":
      return [
        .uint(
          try getPastVotes(of: try arguments.address(0), at: try arguments.uint(1), &world))
      ]
    case "getPastTotalSupply(uint256)":
      return [.uint(try getPastTotalSupply(at: try arguments.uint(0), &world))]
    case "numCheckpoints(address)":
      return [.uint(UInt256(try world.load(history(of: try arguments.address(0)).count)))]
    case "DOMAIN_TYPEHASH()":
      return [.fixedBytes(GovernanceSignature.domainType.bigEndianBytes)]
    case "DELEGATION_TYPEHASH()":
      return [.fixedBytes(GovernanceSignature.delegationType.bigEndianBytes)]
    case "DOMAIN_SEPARATOR()": return [world.word(domainSeparator)]
    default: throw .empty
    }
  }
}
