/// A difference between what the reference did and what happened here.
public struct Mismatch: Equatable, Sendable {
  public var caseID: String
  public var place: Place
  /// What was called, such as `PaymentEscrow.releaseEscrow(bytes32)`.
  public var label: String
  public var differences: [Difference]

  public enum Place: Equatable, Sendable, CustomStringConvertible {
    /// Deploying, wiring or minting before the first step.
    case setup
    /// Index in `steps`, from 0.
    case step(Int)
    /// Index in `final.calls`, from 0.
    case finalCall(Int)
    case finalBalances

    public var description: String {
      switch self {
      case .setup: "setup"
      case .step(let index): "step \(index)"
      case .finalCall(let index): "final call \(index)"
      case .finalBalances: "final balances"
      }
    }
  }
}

/// One field that differs, both values as text.
public struct Difference: Equatable, Sendable {
  /// Such as `events[1].amount` or `balance of alice in eth`.
  public var field: String
  public var expected: String
  public var got: String

  init(_ field: String, expected: String, got: String) {
    self.field = field
    self.expected = Rendering.shortened(expected)
    self.got = Rendering.shortened(got)
  }
}
