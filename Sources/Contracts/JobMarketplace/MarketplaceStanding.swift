public import EVM
import Quantities

/// What a wallet sees of a `JobMarketplace` before it sends a transaction: whether posting or
/// claiming would be refused. A handle; reading costs no gas.
public struct MarketplaceStanding: BitwiseCopyable {
  private let marketplace: JobMarketplace
  private let posts: Limits

  /// The rules that it is asked about; made anew when governance has changed them.
  private struct Limits: BitwiseCopyable {
    var rapidLimit: UInt64
    var rapidWindow: UInt64
    var postLimit: UInt64
    var postWindow: UInt64
    var throttleCooldown: UInt64
    var claimsPause: Bool
  }

  fileprivate init(_ marketplace: JobMarketplace, _ rules: ProtocolRules) {
    self.marketplace = marketplace
    posts = Limits(
      rapidLimit: rules.rapidLimit, rapidWindow: rules.rapidWindow, postLimit: rules.postLimit,
      postWindow: rules.postWindow, throttleCooldown: rules.throttleCooldown,
      claimsPause: rules.claimsPause)
  }

  /// Whether nobody can post in a block with this timestamp.
  public func isPostingClosed(at timestamp: UInt64) -> Bool {
    isPaused(at: timestamp) || marketplace.isDegraded.current
      || marketplace.isPostJobPaused.current
  }

  /// Whether one more post of an account would exceed its limits.
  ///
  /// - Parameter pending: Posts of the account that no block has executed yet.
  public func isRateLimited(
    _ renter: AccountID, pending: UInt64, at timestamp: UInt64
  ) -> Bool {
    let party = marketplace.party(renter)
    let rapid = Self.count(
      party.rapidPostCount.current, since: Self.time(party.lastRapidPostAt),
      window: posts.rapidWindow, now: timestamp)
    if rapid + pending >= posts.rapidLimit { return true }
    let long = Self.count(
      party.postCount.current, since: Self.time(party.lastPostAt), window: posts.postWindow,
      now: timestamp)
    return long + pending >= posts.postLimit
  }

  /// Posts in the running window; none once it has ended.
  private static func count(
    _ count: UInt32, since start: UInt64, window: UInt64, now: UInt64
  ) -> UInt64 { now > start + window ? 0 : UInt64(count) }

  /// Whether a host cannot claim anything in a block with this timestamp, whatever the job.
  public func isClaimingClosed(to host: AccountID, at timestamp: UInt64) -> Bool {
    if posts.claimsPause, isPaused(at: timestamp) { return true }
    guard breakerLevel >= 1 else { return false }
    return timestamp < Self.time(marketplace.party(host).lastOperationAt) + posts.throttleCooldown
  }

  /// Whether posting is paused, and the first to come would not end the pause.
  public func isPaused(at timestamp: UInt64) -> Bool {
    guard marketplace.isPaused.current else { return false }
    guard marketplace.recoversAutomatically.current else { return true }
    let (end, overflows) = Self.time(marketplace.pausedAt)
      .addingReportingOverflow(Self.time(marketplace.recoveryPeriod))
    return overflows || timestamp < end
  }

  /// 0 monitors, 1 throttles, 2 pauses.
  public var breakerLevel: UInt8 { marketplace.breakerLevel.current }
  public var isDegraded: Bool { marketplace.isDegraded.current }
  /// Failures counted towards the pause.
  public var failureCount: UInt64 { marketplace.failureCount.current }
  /// Second of the last pause; 0 before the first.
  public var pausedAt: UInt64 { Self.time(marketplace.pausedAt) }

  /// Jobs of a host that are neither settled nor refunded.
  public func openJobs(of host: AccountID) -> Int {
    Int(marketplace.party(host).openJobs.current)
  }

  /// Seconds below 2³¹ stand for themselves; nothing longer ever ends.
  private static func time(_ slot: Slot<Compact>) -> UInt64 {
    let bits = slot.current.slotBits
    return bits < 1 << 31 ? bits : .max
  }
}

extension World {
  /// - Returns: Nil for a marketplace without breakers and limits, as `JobMarketplaceFAB` is.
  public func standing(of deployment: MarketDeployment) -> MarketplaceStanding? {
    guard code(of: deployment.marketplace) == .jobMarketplace else { return nil }
    return MarketplaceStanding(marketplaces[evm.instance(of: deployment.marketplace)], rules)
  }
}
