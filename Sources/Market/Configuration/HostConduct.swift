/// How a host plays: what it does with jobs besides serving them, and with whom it belongs together.
///
/// Parts compose: a ring of lazy hosts that are honest until they are trusted has three of them.
/// What is left out is honest.
public struct HostConduct: Sendable, Equatable {
  /// Probability of sending a made-up result at once in place of the work, 0 … 1. A host that must
  /// prove a job does the work: it could not prove anything else.
  public var lazy: Double
  /// What the work on a job costs the host, USD, > 0: it sends made-up results only while that is more
  /// than what it expects to lose by them. Nil: it does so whatever they cost it.
  public var saving: Double?
  /// Probability of sending a made-up result with a proof that passes, where a job must be proven,
  /// 0 … 1: only a challenger who does the job again can tell.
  public var forging: Double
  /// Probability of claiming a job and never coming back to it, 0 … 1.
  public var abandoning: Double
  /// Stored score from which on a host cheats; below it is honest. 0: always.
  public var milkingFrom: Int
  /// Nil: every host is somebody's only one.
  public var ring: SybilRing?
  /// Jobs that it takes on for each that it has room for, ≥ 1.
  public var overcommitted: Double
  public var whitewashing: Whitewashing?
  public var washTrading: WashTrading?
  public var griefing: Griefing?
  /// Nil: as the cohort's availability says.
  public var flaky: HostCohort.Availability?

  public init(
    lazy: Double = 0, abandoning: Double = 0, milkingFrom: Int = 0, ring: SybilRing? = nil,
    overcommitted: Double = 1, whitewashing: Whitewashing? = nil,
    washTrading: WashTrading? = nil, griefing: Griefing? = nil,
    flaky: HostCohort.Availability? = nil,
    forging: Double = 0, saving: Double? = nil
  ) {
    self.lazy = lazy
    self.abandoning = abandoning
    self.milkingFrom = milkingFrom
    self.ring = ring
    self.overcommitted = overcommitted
    self.whitewashing = whitewashing
    self.washTrading = washTrading
    self.griefing = griefing
    self.flaky = flaky
    self.forging = forging
    self.saving = saving
  }

  public static let honest = HostConduct()

  /// Identities that one operator runs; the cohort is cut into rings in the order of its hosts.
  public struct SybilRing: Sendable, Equatable {
    /// 2 … the cohort's count.
    public var size: Int
    /// Registered by one controller, for all to see.
    public var sharesController: Bool
    /// Stakes and gas come from one wallet.
    public var sharesFunding: Bool

    public init(size: Int, sharesController: Bool = false, sharesFunding: Bool = true) {
      self.size = size
      self.sharesController = sharesController
      self.sharesFunding = sharesFunding
    }
  }

  /// Ground truth: whether such hosts belong to the attackers.
  ///
  /// Taking on too much is no fraud: renters see it in the times they wait.
  public var isHonest: Bool {
    lazy == 0 && abandoning == 0 && forging == 0 && ring == nil && whitewashing == nil
      && washTrading == nil
      && griefing == nil
  }
}
