import Kernel

/// The sources of randomness of one replication, one for each purpose.
struct MarketStreams {
  /// By cohort and request.
  let arrivals: StreamSource
  /// Renter, model and lengths, by cohort and request.
  let requests: StreamSource
  /// Choice of host, by request.
  let assignment: StreamSource
  /// Round trips, by request.
  let network: StreamSource
  /// Ratings, by request.
  let ratings: StreamSource
  /// Patience of renters, by request.
  let patience: StreamSource
  /// Whether a host works on a job, by request.
  let conduct: StreamSource
  /// Spot checks and the arbiter's mistakes, by request.
  let checks: StreamSource
  /// Proving times, by request and attempt.
  let proofs: StreamSource
  /// Up and down times, by host and period.
  let availability: StreamSource
  /// Turnout and votes, by voter and proposal.
  let votes: StreamSource
  /// Choices of hosts about their business, by host and review.
  let reviews: StreamSource
  /// Which hosts an outage takes down, by host and change.
  let changes: StreamSource
  /// Fixed traits of hosts and renters, by number.
  let traits: StreamSource

  init(seed: UInt64, replication: Int) {
    func source(_ name: String) -> StreamSource {
      StreamSource(seed: seed, replication: replication, name: name)
    }
    arrivals = source("arrivals")
    requests = source("requests")
    assignment = source("assignment")
    network = source("network")
    ratings = source("ratings")
    patience = source("patience")
    conduct = source("conduct")
    checks = source("checks")
    proofs = source("proofs")
    availability = source("availability")
    reviews = source("reviews")
    votes = source("votes")
    changes = source("changes")
    // Who exists is the same in every replication; what happens to them is not.
    traits = StreamSource(seed: seed, replication: 0, name: "traits")
  }
}
