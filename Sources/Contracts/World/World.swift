public import EVM
import Quantities

/// One chain's whole state: accounts, contracts, storage, and the machine that meters it.
///
/// Contracts are handles of tables and rows; their functions take the world they run in. Several
/// contracts of one type may exist. Everything is addressed by `AccountID`.
public struct World: ~Copyable {
  public var evm = Machine()
  /// Logs of the running or last transaction, in order, until the next transaction begins.
  public let logs = LogBuffer()
  /// The first transaction that made or lost money, nil while the books agree.
  public internal(set) var auditFinding: AuditFinding?
  /// What contracts hold and owe, one book for each contract and token that it ever owed; in the
  /// order in which they were opened.
  ///
  /// Walking it after each block costs O(books) and allocates nothing.
  public internal(set) var solvencyBooks: [SolvencyBook] = []
  /// How contracts came to hold less than they owe, in the order of first occurrence; empty while all
  /// are solvent.
  public var insolvencies: [Insolvency] { insolvencyList.indices.map { insolvencyList[$0] } }
  var insolvencyList = UniqueList<Insolvency>()
  var watchedBooks = UniqueList<WatchedBook>()
  /// Books that the running transaction may have changed, one bit each.
  var suspectBooks: UInt64 = 0
  var lastMoneyMove = ShortfallCause.payment
  /// What contracts take tokens to be worth; the chain sets it before each block.
  public var prices = TokenPrices()
  /// The rules that contracts follow wherever documentation and reference code may differ.
  public internal(set) var rules: ProtocolRules {
    @inline(__always) _read { yield boxedRules.value }
    @inline(__always) _modify { yield &boxedRules.value }
  }
  private var boxedRules: Boxed<ProtocolRules>
  /// The rules before the first block.
  var firstRules: ProtocolRules {
    @inline(__always) _read { yield boxedFirstRules.value }
  }
  private let boxedFirstRules: Boxed<ProtocolRules>
  /// Numbers of the parameters that proposals changed, and where their values are.
  var changedRules: [UInt64] = []
  var ruleSlots: Mapping<UInt64>?

  var batchedJobs = CallListPool<BatchedJob>()
  var jobNumbers = CallListPool<UInt256>()
  var modelNames = CallListPool<StringID>()
  var accountOperations = CallListPool<AccountOperation>()
  var wallets: [Wallet] = []
  var tokens = UniqueList<TestToken>()
  var nodeRegistries = UniqueList<NodeRegistry>()
  var fabRegistries = UniqueList<NodeRegistryFAB>()
  var marketplaces = UniqueList<JobMarketplace>()
  var accountIntegrations = UniqueList<BaseAccountIntegration>()
  var fabMarketplaces = UniqueList<JobMarketplaceFAB>()
  var escrows = UniqueList<PaymentEscrow>()
  var reputationSystems = UniqueList<ReputationSystem>()
  var governanceTokens = UniqueList<GovernanceToken>()
  var proofSystems = UniqueList<ProofSystem>()
  var governances = UniqueList<Governance>()
  var jobSources = UniqueList<ProofJobSource>()
  var pausableTargets = UniqueList<PausableTarget>()
  var callbackTokens = UniqueList<CallbackToken>()

  /// An empty chain under Cancun rules, whose contracts follow the reference code unless told.
  public init(rules: ProtocolRules = ProtocolRules()) {
    boxedRules = Boxed(rules)
    boxedFirstRules = Boxed(rules)
  }

  deinit { logs.deallocate() }
}
