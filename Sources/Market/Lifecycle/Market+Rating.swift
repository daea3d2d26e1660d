import Kernel
import Quantities
import Statistics

/// The renter's last word.
extension Market {
  /// A renter that stayed may rate the host by what it experienced; one time in ten its stars are
  /// off by one. Whoever disputes does not: the contract takes no rating of what is in dispute.
  ///
  /// - Returns: Whether a rating is on its way.
  mutating func rate(_ id: JobID, after reaction: RenterReaction, at time: SimTime) -> Bool {
    guard !jobs[id].renterLeft else { return false }
    let terms = terms(ofRenterOf: id)
    var stream = streams.ratings.stream(event: jobs[id].number)
    guard stream.bernoulli(terms.ratingProbability) else { return false }
    let job = jobs[id]
    let half = halfRoundTrip(of: id)
    let firstToken = (job.firstTokenAt - job.arrivedAt).seconds
    let perToken =
      job.outputTokens > 1
      ? (job.computedAt + half - job.firstTokenAt).seconds / Double(job.outputTokens - 1) : 0
    var stars =
      reaction == .disgust ? 1 : terms.stars(firstToken: firstToken, perToken: perToken)
    let noise = stream.uniform()
    if noise < 0.05 { stars -= 1 } else if noise > 0.95 { stars += 1 }
    stars = min(max(stars, 1), 5)
    measured.rating.record(Double(stars))
    send(.rateHost, for: id, stars: UInt8(stars), at: time)
    return true
  }
}
