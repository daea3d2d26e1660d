import Contracts
import EVM
import Quantities
import Statistics

/// What contracts hold against what they owe.
extension Market {
  mutating func sampleSolvency(at time: SimTime) {
    guard tables.solvency.isRecording else { return }
    for index in chain.world.solvencyBooks.indices {
      let book = chain.world.solvencyBooks[index]
      let (_, decimals, _) = terms(of: book.token)
      tables.solvency.row.append(time)
      tables.solvency.row.append(name(of: book.contract))
      tables.solvency.row.append(name(of: book.token))
      tables.solvency.row.append(book.holds.approximate * decimals)
      tables.solvency.row.append(book.owes.approximate * decimals)
      tables.solvency.row.append(book.shortfall.approximate * decimals)
      tables.solvency.endRow()
    }
  }

  /// What all contracts lack at this moment, USD.
  func shortfall() -> Double {
    var sum = 0.0
    for index in chain.world.solvencyBooks.indices {
      let book = chain.world.solvencyBooks[index]
      let (_, decimals, price) = terms(of: book.token)
      sum += book.shortfall.approximate * decimals * price
    }
    return sum
  }

  func writeInsolvencies(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.insolvencies)
    guard table.isRecording else { return }
    for entry in chain.world.insolvencies {
      let (_, decimals, _) = terms(of: entry.token)
      table.row.append(name(of: entry.contract))
      table.row.append(name(of: entry.token))
      table.row.append("\(entry.cause)")
      table.row.append(Int(entry.block))
      table.row.append(entry.firstShortfall.approximate * decimals)
      table.row.append(entry.totalShortfall.approximate * decimals)
      table.row.append(Int(entry.transactions))
      table.endRow()
    }
    try table.finish()
  }

  /// Name, coins a base unit and USD a coin.
  private func terms(of token: AccountID) -> (name: String, decimals: Double, price: Double) {
    if token.isZero { return ("ETH", 1e-18, changes.prices.eth) }
    if token == chain.contracts.usdc { return ("USDC", 1e-6, 1) }
    return (name(of: token), 1e-18, changes.prices.fab)
  }

  private func name(of account: AccountID) -> String {
    if account.isZero { return "ETH" }
    return chain.contracts.named.first { $0.account == account }?.name ?? "other"
  }
}
