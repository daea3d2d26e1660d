/// Does with jobs what its other parts say only once it is trusted; what its own renters do, it has them
/// do from the start, since that is how it becomes trusted.
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
    "Works on jobs as promised until its score is high enough, and as its other parts say from then on; "
      + "renters of its own buy from the start.", keys: [score])

  public init(_ values: ConductValues) { self.init(from: Int(values[Self.score])) }
}
