/// Takes on more jobs than it has room for; they wait in its queue.
public struct Overcommitted: ConductPart {
  /// Jobs that it takes on for each that it has room for, ≥ 1.
  public var factor: Double

  public init(_ factor: Double) { self.factor = factor }

  /// Taking on too much is no fraud: renters see it in the times they wait.
  public var isFraud: Bool { false }

  private static let factorKey = ConductKey(
    "factor", .number(1...1_000), .standard("2"), "Jobs for each that has room.")

  public static let declaration = ConductDeclaration(
    "overcommitted", absence: "takes what it has room for",
    "Takes on more jobs than it has room for; they wait in its queue.", keys: [factorKey])

  public init(_ values: ConductValues) { self.init(values[Self.factorKey]) }
}
