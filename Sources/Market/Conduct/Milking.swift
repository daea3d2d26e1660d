/// Plays its other parts only once it is trusted.
public struct Milking: ConductPart {
  /// Stored score from which on the host cheats, ≥ 0; below it is honest.
  public var from: Int

  public init(from: Int) { self.from = from }

  /// Waiting is no fraud; what it waits for is.
  public var isFraud: Bool { false }

  func isTrusted(with job: JobAtHand) -> Bool { Int(job.score) >= from }

  private static let score = ConductKey(
    "from", .count(1...1_000_000_000), "Stored score from which on it cheats.")

  public static let declaration = ConductDeclaration(
    "milking", absence: "cheats from the start",
    "Plays its other parts only once its score is high enough.", keys: [score])

  public init(_ values: ConductValues) { self.init(from: Int(values[Self.score])) }
}
