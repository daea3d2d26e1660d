import Detection
import DetectionScoring
import Kernel
import Quantities

/// Scores of every identity by each model that a run keeps, learnt from the public record alone.
struct Reputations {
  /// One model and how it did.
  struct Model {
    let name: ReputationChoice.Name
    var ledger: ReputationLedger
    var history: [(time: SimTime, separation: CohortSeparation)] = []
    var quality: ReputationQuality?
    /// Of the sum of all scores, what hosts of dishonest conduct have.
    var dishonestShare = Double.nan
    /// Of each identity: when its score had reached the incumbents' median; distant future until then.
    var parityAt: [SimTime] = []
  }

  var models: [Model]
  /// Whether routers ask one of them, and which.
  let routing: Int?
  /// Identities that were there at the start.
  private(set) var isIncumbent: [Bool] = []
  private var registrationsSeen = 0
  private var ratingsSeen = 0
  private var failuresSeen = 0
  /// Identities whose scores may have changed since routers asked; any order, perhaps repeated.
  private(set) var touched: [Int] = []
  /// Of the latest round of measurement; nil before the first.
  var measuredAt: SimTime?
  var nextRound = SimTime.zero

  /// Ratings from here on are good experiences, others bad ones.
  static let goodStars: UInt8 = 3

  init(_ choices: [ReputationChoice], routing: AssignmentPolicy, seeds: [Int]) {
    models = choices.map { choice in
      let model: ReputationModel =
        switch choice {
        case .contract: .contract(initial: 0)
        case .beta(let memory): .beta(memory: memory)
        case .ewma(let weight, let initial): .ewma(weight: weight, initial: initial)
        case .eigenTrust(let weight): .eigenTrust(EigenTrust(seeds: seeds, a: weight))
        }
      return Model(name: choice.name, ledger: ReputationLedger(model))
    }
    if case .reputation(let name) = routing, name != .contract {
      self.routing = choices.firstIndex { $0.name == name }
    } else {
      self.routing = nil
    }
  }

  /// Takes in what the record has new: ratings and failures in the order of their seconds, failures
  /// first.
  mutating func read(_ record: PublicRecord, identities: Int) {
    for number in models.indices {
      while models[number].ledger.hostCount < identities {
        let identity = models[number].ledger.admit()
        models[number].parityAt.append(.distantFuture)
        if routing == number { touched.append(identity) }
      }
    }
    while isIncumbent.count < identities { isIncumbent.append(false) }
    while registrationsSeen < record.registrations.count {
      let registration = record.registrations[registrationsSeen]
      if registration.second == 0 { isIncumbent[Int(registration.host)] = true }
      registrationsSeen += 1
    }
    while ratingsSeen < record.ratings.count || failuresSeen < record.failures.count {
      let isFailure =
        failuresSeen < record.failures.count
        && (ratingsSeen == record.ratings.count
          || record.failures[failuresSeen].second <= record.ratings[ratingsSeen].second)
      if isFailure {
        observe(0, of: Int(record.failures[failuresSeen].host))
        failuresSeen += 1
      } else {
        let rating = record.ratings[ratingsSeen]
        observe(rating.stars >= Self.goodStars ? 1 : 0, of: Int(rating.host))
        ratingsSeen += 1
      }
    }
  }

  private mutating func observe(_ quality: Double, of identity: Int) {
    for number in models.indices { models[number].ledger.observe(quality: quality, of: identity) }
    if routing != nil { touched.append(identity) }
  }

  mutating func forgetTouched() { touched.removeAll(keepingCapacity: true) }

  /// All scores of the models that compute them anew each round.
  mutating func refresh(from record: PublicRecord) {
    for number in models.indices { models[number].ledger.refresh(from: record) }
    if let routing, models[routing].name == .eigenTrust {
      touched = Array(0..<models[routing].ledger.hostCount)
    }
  }
}
