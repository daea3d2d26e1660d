internal import Market
internal import Quantities

/// `horizon:`, `terminating`, `steadyState` or `{steadyState: {warmUp: 2h}}`.
enum HorizonKeys {
  static let warmUp = Key(
    "warmUp", .duration(from: .zero, to: .days(3_650), example: "2h"),
    optional: "MSER-5 finds it in each replication, which then runs twice",
    "Time at the start in which nothing counts.")

  private static let steadyShape = SectionShape<Horizon>(
    declaration: SectionDeclaration(
      name: "steadyState", doc: "The start-up transient is removed.",
      keys: [warmUp.declaration]),
    make: { .steadyState(warmUp: $0.optional(warmUp)) })
  static let steadyState = Key(
    "steadyState", steadyShape.kind, "The start-up transient is removed.")

  static let kind = Kind<Horizon>.either(
    scalar: .word([("terminating", .terminating), ("steadyState", .steadyState(warmUp: nil))]),
    section: SectionShape<Horizon>(
      declaration: SectionDeclaration(
        name: "horizon", doc: "A horizon with its numbers.", keys: [steadyState.declaration]),
      make: { $0.required(steadyState) }
    ).kind)
}
