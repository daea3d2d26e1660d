/// One chain's whole state: accounts, contracts, storage, and the machine that meters it.
public struct World: ~Copyable {
  /// An empty chain under Cancun rules.
  public init() {}
}
