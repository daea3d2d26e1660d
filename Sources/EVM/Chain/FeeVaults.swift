public import Quantities

/// The four accounts that receive fees. The OP stack does not burn the base fee: it goes to the
/// base fee vault, so fees move ETH and never destroy it, and
/// Σ balances + stakes + escrows + vaults = minted.
///
/// Vaults are kept beside the account balances because every transaction pays into them.
///
/// - Source: OP-stack specifications, execution engine, fee vaults; predeploys 0x42…19 (base fee),
///   0x42…11 (sequencer), 0x42…1a (L1 fee), 0x42…1b (operator fee, Isthmus).
public struct FeeVaults: BitwiseCopyable, Hashable, Sendable {
  public enum Vault: String, CaseIterable, Sendable {
    case baseFee = "BaseFeeVault"
    case sequencer = "SequencerFeeVault"
    case l1Fee = "L1FeeVault"
    case operatorFee = "OperatorFeeVault"
  }

  @usableFromInline var intake: FeeBreakdown
  private var withdrawn: FeeBreakdown

  public init() {
    intake = .zero
    withdrawn = .zero
  }

  /// Everything collected so far, by receiver, whether withdrawn since or not.
  public var collected: FeeBreakdown { intake }

  /// Credits each vault with its part of `fee`, which the payer has been debited.
  @inlinable public mutating func collect(_ fee: FeeBreakdown) { intake += fee }

  /// What `vault` holds now.
  public func balance(of vault: Vault) -> Wei {
    intake[vault] - withdrawn[vault]
  }

  /// What all vaults hold: the term for fees in the conservation law.
  public var total: Wei { intake.total - withdrawn.total }

  /// Empties `vault` toward the L1; the caller credits or burns what it returns.
  public mutating func withdraw(from vault: Vault) -> Wei {
    let amount = balance(of: vault)
    withdrawn[vault] += amount
    return amount
  }
}

extension FeeBreakdown {
  /// The part that goes to `vault`.
  public subscript(vault: FeeVaults.Vault) -> Wei {
    get {
      switch vault {
      case .baseFee: base
      case .sequencer: tip
      case .l1Fee: l1
      case .operatorFee: `operator`
      }
    }
    set {
      switch vault {
      case .baseFee: base = newValue
      case .sequencer: tip = newValue
      case .l1Fee: l1 = newValue
      case .operatorFee: `operator` = newValue
      }
    }
  }
}
