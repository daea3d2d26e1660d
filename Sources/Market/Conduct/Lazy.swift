/// Sends a made-up result at once in place of the work.
///
/// A host that must prove a job does the work: it could not prove anything else.
public struct Lazy: ConductPart {
  /// For each job, 0 … 1.
  public var probability: Double
  /// By the share of jobs that verifiers did again so far, which they publish, or where renters dispute
  /// by what became of its own made-up results; nil: whatever that is.
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
    "probability", .share, .standard("100%"), "For each job, 0 to 1.")

  public static let declaration = ConductDeclaration(
    "lazy", absence: "never", "Sends a made-up result at once in place of the work.",
    keys: [share] + Weighing.keys)

  public init(_ values: ConductValues) {
    self.init(values[Self.share], weighing: Weighing.of(values))
  }
}
