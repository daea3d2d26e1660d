import Kernel
import Quantities

/// Plays its other parts only while they have brought more than honest work, as far as it has tried
/// both: ε-greedy over the two, once a review.
public struct Learning: ConductPart {
  /// Probability of trying either at random, 0 … 1.
  public var exploration: Double

  public init(exploration: Double = 0.1) { self.exploration = exploration }

  /// Learning is no fraud; what it tries is.
  public var isFraud: Bool { false }
  public static var isReviewed: Bool { true }

  private static let explorationKey = ConductKey(
    "exploration", .share, .standard("10%"),
    "Probability of trying honest work or the other parts at random, instead of what has paid best."
  )

  public static let declaration = ConductDeclaration(
    "learning", absence: "plays its other parts whatever they bring",
    "Plays its other parts only while they have brought more than honest work; the host chooses once a "
      + "review, by the profit of the periods before.", keys: [explorationKey])

  public init(_ values: ConductValues) { self.init(exploration: values[Self.explorationKey]) }
}

extension Market {
  /// At a review, with the period closed.
  mutating func learnConduct(cohort: Int, at time: SimTime) {
    guard let learning = conducts[cohort].learning else { return }
    for index in members(of: cohort) where business[index].stage == .active {
      // Apart from the draws for prices and participation.
      var stream = streams.reviews.stream(
        entity: UInt64(index) | 1 << 32, event: UInt64(business[index].reviews))
      let profit = business[index].period.profit
      let next = business[index].conduct.next(
        after: profit, arms: 2, exploration: learning.exploration, &stream)
      business[index].isStraight = next == 1
    }
  }

  /// Whether the host leaves its other parts for now.
  @inline(__always) func isStraight(_ host: HostID) -> Bool {
    !business.isEmpty && business[Int(host.index)].isStraight
  }
}
