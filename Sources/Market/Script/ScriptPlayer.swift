import Contracts
import EVM
import Quantities

/// The people of a script, what they had, and what its steps returned.
struct ScriptPlayer {
  struct Actor {
    var account: AccountID
    var means: Means
    /// Fees of its transactions, wei.
    var fees = Wei.zero
  }

  /// Base units.
  struct Means: Equatable {
    var eth: UInt256
    var fab: UInt256
    var usdc: UInt256
  }

  let script: ScriptConfiguration
  var actors: [Actor] = []
  var results: [String: UInt256] = [:]
  /// Steps whose time has come, for the next block.
  var due: [Int] = []
  var reverted = 0
  /// Steps that ended otherwise than the script says.
  var unexpected = 0

  init(_ script: ScriptConfiguration) { self.script = script }

  func account(named name: String, in contracts: MarketDeployment) -> AccountID {
    if let index = script.actors.firstIndex(where: { $0.name == name }) {
      return actors[index].account
    }
    guard let account = contracts.account(named: name) else {
      preconditionFailure("nobody is called \(name)")
    }
    return account
  }

  /// Whether a call returned what the script says.
  func isReturned(
    _ wanted: ScriptConfiguration.Argument, _ found: ABIValue?, in contracts: MarketDeployment
  ) -> Bool {
    switch (wanted, found) {
    case (.number(let number), .uint(let value)): number == value
    case (.flag(let flag), .bool(let value)): flag == value
    case (.account(let name), .address(let value)): account(named: name, in: contracts) == value
    default: false
    }
  }

  /// An argument as the function takes it.
  func value(
    of argument: ScriptConfiguration.Argument, as type: ABIType, at timestamp: UInt64,
    in contracts: MarketDeployment, _ world: inout World
  ) -> ABIValue {
    switch (type, argument) {
    case (.uint, .number(let number)): .uint(number)
    case (.uint, .secondsFromNow(let seconds)): .uint(UInt256(timestamp + seconds))
    case (.uint, .result(let name)): .uint(results[name] ?? .zero)
    case (.fixedBytes, .result(let name)): .fixedBytes((results[name] ?? .zero).bigEndianBytes)
    case (.int, .number(let number)): .int(bits: number)
    case (.bool, .flag(let flag)): .bool(flag)
    case (.address, .account(let name)): .address(account(named: name, in: contracts))
    case (.string, .text(let text)): .string(Array(text.utf8))
    case (.bytes, .bytes(let bytes)): .bytes(bytes)
    case (.bytes, .encoded(let function, let arguments)):
      .bytes(calldata(function, arguments, at: timestamp, in: contracts, &world))
    case (.fixedBytes, .bytes(let bytes)): .fixedBytes(bytes)
    case (.array(let element), .list(let list)):
      .array(list.map { value(of: $0, as: element, at: timestamp, in: contracts, &world) })
    case (.tuple(let types), .list(let list)):
      .tuple(
        zip(types, list).map {
          ABIValue.Field("", value(of: $1, as: $0, at: timestamp, in: contracts, &world))
        })
    default: preconditionFailure("\(argument) is no \(type)")
    }
  }

  private func calldata(
    _ function: String, _ arguments: [ScriptConfiguration.Argument], at timestamp: UInt64,
    in contracts: MarketDeployment, _ world: inout World
  ) -> [UInt8] {
    let types = ABIType.parameters(ofSignature: function) ?? []
    let values = zip(types, arguments).map {
      value(of: $1, as: $0, at: timestamp, in: contracts, &world)
    }
    return world.calldata(of: function, values)
  }
}
