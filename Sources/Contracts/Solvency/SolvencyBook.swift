public import EVM
public import Quantities

/// One contract's book of one token: a handle of two words, the balance and what is owed of it.
///
/// Opened when the contract first owes something in the token; `World.solvencyBooks` lists them in
/// that order. Reading both sides costs two loads.
public struct SolvencyBook: BitwiseCopyable {
  public let contract: AccountID
  /// Zero for ETH.
  public let token: AccountID
  @usableFromInline let debt: WideSlot
  @usableFromInline let balance: WideSlot

  /// Base units.
  @inlinable @inline(__always) public var owes: UInt256 { debt.current }
  /// Base units.
  @inlinable @inline(__always) public var holds: UInt256 { balance.current }
  /// What is missing, base units; zero for a solvent contract.
  public var shortfall: UInt256 {
    let (owes, holds) = (owes, holds)
    return owes > holds ? owes - holds : .zero
  }
}

/// What the model knows of a book from one transaction to the next.
struct WatchedBook: BitwiseCopyable {
  let book: SolvencyBook
  /// What was missing at the end of the last transaction that could change it.
  var knownShortfall = UInt256.zero
  /// Numbers of its insolvencies by cause, from 1; 0 for causes that have not occurred.
  var entries = InlineArray<9, UInt16>(repeating: 0)
}

/// How a contract came to hold less than it owes, by cause.
public struct Insolvency: BitwiseCopyable, Hashable, Sendable {
  public let contract: AccountID
  /// Zero for ETH.
  public let token: AccountID
  public let cause: ShortfallCause
  /// Where this cause first opened or deepened the shortfall. Seconds since 1970 and block number.
  public let timestamp: UInt64
  public let block: UInt64
  /// Number of that transaction since the chain began, from 1.
  public let transaction: UInt32
  /// What that transaction took beyond what was there, base units.
  public let firstShortfall: UInt256
  /// What all transactions of this cause took, base units. Money that comes in later is not set off.
  public internal(set) var totalShortfall: UInt256
  /// Transactions of this cause that opened or deepened the shortfall.
  public internal(set) var transactions: UInt64

  /// One more transaction of the same cause.
  @inline(__always) mutating func add(_ missing: UInt256) {
    totalShortfall = totalShortfall.addingReportingOverflow(missing).partialValue
    transactions &+= 1
  }
}
