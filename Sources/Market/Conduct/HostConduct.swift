/// How a host plays: what it does with jobs besides serving them, and with whom it belongs together.
///
/// Parts compose: a ring of lazy hosts that are honest until they are trusted has three of them.
/// What is left out is honest. A new part is a file of its own and its lines here.
public struct HostConduct: Sendable, Equatable {
  public var lazy: Lazy?
  public var forging: Forging?
  public var abandoning: Abandoning?
  public var milking: Milking?
  public var sybilRing: SybilRing?
  public var fleet: Fleet?
  public var overcommitted: Overcommitted?
  public var flaky: Flaky?
  public var whitewashing: Whitewashing?
  public var washTrading: WashTrading?
  public var griefing: Griefing?
  public var learning: Learning?

  /// In the order of the reference.
  public static let parts = [
    Registration(\.lazy), Registration(\.forging), Registration(\.abandoning),
    Registration(\.milking), Registration(\.sybilRing), Registration(\.fleet),
    Registration(\.overcommitted),
    Registration(\.flaky), Registration(\.whitewashing), Registration(\.washTrading),
    Registration(\.griefing), Registration(\.learning),
  ]

  public init(
    lazy: Lazy? = nil, forging: Forging? = nil, abandoning: Abandoning? = nil,
    milking: Milking? = nil, sybilRing: SybilRing? = nil, fleet: Fleet? = nil,
    overcommitted: Overcommitted? = nil,
    flaky: Flaky? = nil, whitewashing: Whitewashing? = nil, washTrading: WashTrading? = nil,
    griefing: Griefing? = nil, learning: Learning? = nil
  ) {
    self.lazy = lazy
    self.forging = forging
    self.abandoning = abandoning
    self.milking = milking
    self.sybilRing = sybilRing
    self.fleet = fleet
    self.overcommitted = overcommitted
    self.flaky = flaky
    self.whitewashing = whitewashing
    self.washTrading = washTrading
    self.griefing = griefing
    self.learning = learning
  }

  public static let honest = HostConduct()

  /// What a host is tempted to do with a job in place of the work; nil: nothing.
  ///
  /// - Parameter draws: Uniform and of this job alone; the first decides whether it is forgotten, the
  ///   second whether its result is made up.
  func temptation(by job: JobAtHand, _ draws: (Double, Double)) -> Temptation? {
    if let milking, !milking.isTrusted(with: job) { return nil }
    if let temptation = abandoning?.temptation(draws.0) { return temptation }
    // Without forging only the work itself can be proven.
    return job.isProven ? forging?.temptation(draws.1) : lazy?.temptation(draws.1)
  }

  /// With whom a host belongs together; nil: it is somebody's only one.
  package var group: OperatorGroup? { sybilRing?.group ?? fleet?.group }

  /// Whether any part is one that `learning` takes up and lays down.
  package var hasWhatToLearn: Bool {
    judgesJobs || whitewashing != nil || washTrading != nil || griefing != nil
  }

  /// Whether any part decides job by job.
  package var judgesJobs: Bool { lazy != nil || forging != nil || abandoning != nil }

  /// Ground truth: whether such hosts belong to the attackers.
  public var isHonest: Bool { !Self.parts.contains { $0.isFraud(self) } }

  /// Whether any part is decided at reviews of the host's business.
  var isReviewed: Bool { Self.parts.contains { $0.isReviewed(self) } }

  /// A part's place among the others.
  public struct Registration: Sendable {
    public let declaration: ConductDeclaration
    public let set: @Sendable (ConductValues, inout HostConduct) -> Void
    /// Ground truth: whether who plays the part belongs to the attackers; false where it is not played.
    public let isFraud: @Sendable (HostConduct) -> Bool
    let isReviewed: @Sendable (HostConduct) -> Bool

    init<Part: ConductPart>(_ path: any WritableKeyPath<HostConduct, Part?> & Sendable) {
      declaration = Part.declaration
      set = { values, conduct in conduct[keyPath: path] = Part(values) }
      isFraud = { conduct in conduct[keyPath: path]?.isFraud ?? false }
      isReviewed = { conduct in Part.isReviewed && conduct[keyPath: path] != nil }
    }
  }
}
