/// How a host plays: what it does with jobs besides serving them, and with whom it belongs together.
///
/// Parts compose: a ring of lazy hosts that are honest until they are trusted has three of them.
/// What is left out is honest.
public struct HostConduct: Sendable, Equatable {
  /// Probability of sending a made-up result at once in place of the work, 0 … 1. A host that must
  /// prove a job does the work: it could not prove anything else.
  public var lazy: Double
  /// Probability of claiming a job and never coming back to it, 0 … 1.
  public var abandoning: Double
  /// Stored score from which on a host cheats; below it is honest. 0: always.
  public var milkingFrom: Int
  /// Nil: every host is somebody's only one.
  public var ring: SybilRing?

  public init(
    lazy: Double = 0, abandoning: Double = 0, milkingFrom: Int = 0, ring: SybilRing? = nil
  ) {
    self.lazy = lazy
    self.abandoning = abandoning
    self.milkingFrom = milkingFrom
    self.ring = ring
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
  public var isHonest: Bool { lazy == 0 && abandoning == 0 && ring == nil }
}
