/// How an account without a contract of the system answers when it receives ETH.
///
/// - Source: conformance/README.md 1.2.
public enum AccountKind: String, BitwiseCopyable, Sendable {
  /// A plain account: accepts everything, runs nothing, has no code.
  case eoa
  /// Has code, accepts ETH, does nothing.
  case accepting
  /// Has code; every receipt of ETH reverts with `Error("rejected")`.
  case rejecting
  /// Has code; accepts ETH when it gets more than the 2,300 gas stipend, else runs out of gas.
  case expensive
  /// Has code; calls back while armed, which needs more than the stipend.
  ///
  /// Unarmed it accepts a `transfer` (case JM-reenter, step 22), whatever README 1.2 says.
  case reentrant
}
