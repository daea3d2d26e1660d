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
  /// At a review, with the period closed: learns from the periods of which no verdict is to come any
  /// more, and chooses for the next.
  mutating func learnConduct(cohort: Int, at time: SimTime) {
    guard let learning = conducts[cohort].learning else { return }
    if lessons.isEmpty { lessons = Array(repeating: [], count: hosts.count) }
    let review = configuration.hosts[cohort].review
    for index in members(of: cohort) where business[index].stage == .active {
      lessons[index].append(
        Lesson(
          arm: business[index].isStraight ? 1 : 0, from: time - review, until: time,
          profit: business[index].period.profit + business[index].lateLoss))
      business[index].lateLoss = 0
      // Apart from the draws for prices and participation.
      var stream = streams.reviews.stream(
        entity: UInt64(index) | 1 << 32, event: UInt64(business[index].reviews))
      business[index].isStraight =
        nextArm(of: index, exploration: learning.exploration, &stream, at: time) == 1
    }
  }

  private mutating func nextArm(
    of index: Int, exploration: Double, _ stream: inout RandomStream, at time: SimTime
  ) -> Int {
    while let first = lessons[index].first, first.until + verdictDelay <= time {
      business[index].conduct.learn(Int(first.arm), first.profit)
      lessons[index].removeFirst()
    }
    // What is tried and not known yet says nothing: until then both in turn.
    let isTried = lessons[index].contains { $0.arm == 0 }
    if isTried, !business[index].conduct.knows(0) || !business[index].conduct.knows(1) {
      return business[index].isStraight ? 0 : 1
    }
    return business[index].conduct.choose(arms: 2, exploration: exploration, &stream)
  }

  /// From a completion to the last verdict about it, but for those that wait for somebody's time.
  private var verdictDelay: SimDuration {
    let window = SimDuration.seconds(Int64(jobRules.challengePeriod))
    if jobRules.paysProvenAtCompletion, jobRules.paysOthersAtCompletion { return .zero }
    return window + (jobRules.disputesAct ? jobRules.arbiterDelay : .zero)
  }

  /// A verdict has cost a host what it had for work done at `completed`: it counts there, and not now.
  mutating func teach(_ host: HostID, loss: Double, ofWorkAt completed: SimTime) {
    let index = Int(host.index)
    guard !lessons.isEmpty,
      let place = lessons[index].firstIndex(where: { $0.from < completed && completed <= $0.until })
    else { return }
    lessons[index][place].profit -= loss
    business[index].lateLoss += loss
  }

  /// Whether the host leaves its other parts for now.
  @inline(__always) func isStraight(_ host: HostID) -> Bool {
    !business.isEmpty && business[Int(host.index)].isStraight
  }
}
