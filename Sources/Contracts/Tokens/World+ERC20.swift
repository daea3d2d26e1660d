import EVM
import Quantities

/// ERC-20 calls as Solidity code makes them: an account that is no token answers with nothing,
/// which the caller cannot decode.
extension World {
  mutating func transfer(
    _ token: AccountID, to receiver: AccountID, amount: UInt256, by sender: AccountID
  ) throws(CallFailure) -> Bool {
    let call = try openCall(to: token)
    do throws(CallFailure) {
      let result: Bool
      switch code(of: token) {
      case .testToken:
        result = try tokens[evm.instance(of: token)].transfer(
          to: receiver, amount: amount, by: sender, &self)
      case .governanceToken:
        try governanceTokens[evm.instance(of: token)].transfer(
          to: receiver, amount: amount, by: sender, &self)
        result = true
      case .callbackToken:
        result = try callbackTokens[evm.instance(of: token)].transfer(
          to: receiver, amount: amount, by: sender, &self)
      default: throw .empty
      }
      close(call)
      return result
    } catch {
      throw rollBack(call, after: error)
    }
  }

  mutating func transferFrom(
    _ token: AccountID, from owner: AccountID, to receiver: AccountID, amount: UInt256,
    by spender: AccountID
  ) throws(CallFailure) -> Bool {
    let call = try openCall(to: token)
    do throws(CallFailure) {
      let result: Bool
      switch code(of: token) {
      case .testToken:
        result = try tokens[evm.instance(of: token)].transferFrom(
          owner, to: receiver, amount: amount, by: spender, &self)
      case .governanceToken:
        try governanceTokens[evm.instance(of: token)].transferFrom(
          owner, to: receiver, amount: amount, by: spender, &self)
        result = true
      case .callbackToken:
        result = try callbackTokens[evm.instance(of: token)].transferFrom(
          owner, to: receiver, amount: amount, by: spender, &self)
      default: throw .empty
      }
      close(call)
      return result
    } catch {
      throw rollBack(call, after: error)
    }
  }

  mutating func balance(
    _ token: AccountID, of owner: AccountID
  ) throws(CallFailure) -> UInt256 {
    let call = try openCall(to: token)
    do throws(CallFailure) {
      let result: UInt256
      switch code(of: token) {
      case .testToken:
        result = try tokens[evm.instance(of: token)].balanceOf(owner, &self)
      case .governanceToken:
        result = try governanceTokens[evm.instance(of: token)].balanceOf(owner, &self)
      case .callbackToken:
        result = try callbackTokens[evm.instance(of: token)].token.balanceOf(owner, &self)
      default: throw .empty
      }
      close(call)
      return result
    } catch {
      throw rollBack(call, after: error)
    }
  }
}
