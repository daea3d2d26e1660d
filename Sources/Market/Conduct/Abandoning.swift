/// Claims a job and never comes back to it.
public struct Abandoning: ConductPart {
  /// For each job, 0 … 1.
  public var probability: Double
  /// Nil: whatever the job pays.
  public var weighing: Weighing?

  public init(_ probability: Double = 1, weighing: Weighing? = nil) {
    self.probability = probability
    self.weighing = weighing
  }

  public var isFraud: Bool { probability > 0 }

  func temptation(_ draw: Double) -> Temptation? {
    draw < probability ? Temptation(deed: .forget, weighing: weighing) : nil
  }

  private static let share = ConductKey(
    "probability", .share, .standard("100%"), "For each job, 0 to 1.")

  public static let declaration = ConductDeclaration(
    "abandoning", absence: "never", "Claims a job and never comes back to it.",
    keys: [share] + Weighing.keysOfCertainLoss)

  public init(_ values: ConductValues) {
    self.init(values[Self.share], weighing: Weighing.of(values))
  }
}
