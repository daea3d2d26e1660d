/// What a step spends most of its time on.
public struct LimitingTerm: Equatable, Sendable {
  /// `weight reading`, `products of weights`, `cache reading`, `attention over prompts`,
  /// `communication` or `overhead`.
  public let name: String
  /// Of the step's time.
  public let share: Double

  public init(_ terms: StepLaw.Terms) {
    // A smooth roofline counts whole for the larger of its two sides.
    let linear =
      terms.weightReading >= terms.products ? "weight reading" : "products of weights"
    let candidates = [
      (linear, terms.linear), ("cache reading", terms.cache),
      ("attention over prompts", terms.attention), ("communication", terms.communication),
      ("overhead", terms.overhead),
    ]
    var (name, largest) = candidates[0]
    for candidate in candidates where candidate.1 > largest { (name, largest) = candidate }
    self.name = name
    share = terms.total > 0 ? largest / terms.total : 0
  }
}
