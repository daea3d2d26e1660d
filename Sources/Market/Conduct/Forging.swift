/// Sends a made-up result with a proof that passes, where a job must be proven: only who does the job
/// again can tell, a challenger, or a renter who notices and disputes.
public struct Forging: ConductPart {
  /// For each job that must be proven, 0 … 1.
  public var probability: Double
  /// By what became of its own forgeries; nil: whatever that is.
  public var weighing: Weighing?

  public init(_ probability: Double = 1, weighing: Weighing? = nil) {
    self.probability = probability
    self.weighing = weighing
  }

  public var isFraud: Bool { probability > 0 }

  func temptation(_ draw: Double) -> Temptation? {
    draw < probability ? Temptation(deed: .makeUp, weighing: weighing) : nil
  }

  private static let share = ConductKey(
    "probability", .share, .standard("100%"), "For each job that must be proven, 0 to 1.")

  public static let declaration = ConductDeclaration(
    "forging", absence: "never",
    "Where a job must be proven: sends a made-up result with a proof that passes; only challengers, and "
      + "renters who dispute, can tell.", keys: [share] + Weighing.keys)

  public init(_ values: ConductValues) {
    self.init(values[Self.share], weighing: Weighing.of(values))
  }
}
