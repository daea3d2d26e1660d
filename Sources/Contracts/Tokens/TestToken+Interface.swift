import EVM
import Quantities

extension TestToken {
  static let signatures = [
    "constructor(string,string,uint8)",
    "approve(address,uint256)", "transfer(address,uint256)",
    "transferFrom(address,address,uint256)", "mint(address,uint256)", "setReturnFalse(bool)",
    "balanceOf(address)", "allowance(address,address)", "totalSupply()", "name()", "symbol()",
    "decimals()",
  ]

  func invoke(
    _ signature: String, _ arguments: Arguments, by caller: AccountID, _ world: inout World
  ) throws(CallFailure) -> [ABIValue] {
    switch signature {
    case "approve(address,uint256)":
      [
        .bool(
          try approve(
            spender: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world))
      ]
    case "transfer(address,uint256)":
      [
        .bool(
          try transfer(
            to: try arguments.address(0), amount: try arguments.uint(1), by: caller, &world))
      ]
    case "transferFrom(address,address,uint256)":
      [
        .bool(
          try transferFrom(
            try arguments.address(0), to: try arguments.address(1), amount: try arguments.uint(2),
            by: caller, &world))
      ]
    case "mint(address,uint256)":
      try returnNothing(
        mint(to: try arguments.address(0), amount: try arguments.uint(1), &world))
    case "setReturnFalse(bool)": try returnNothing(setReturnFalse(try arguments.bool(0), &world))
    case "balanceOf(address)": [.uint(try balanceOf(try arguments.address(0), &world))]
    case "allowance(address,address)":
      [
        .uint(
          try world.load(
            allowance(owner: try arguments.address(0), spender: try arguments.address(1))))
      ]
    case "totalSupply()": [.uint(try world.load(totalSupply))]
    case "name()": [world.string(name)]
    case "symbol()": [world.string(symbol)]
    case "decimals()": [.uint(UInt256(decimals))]
    default: throw .empty
    }
  }
}
