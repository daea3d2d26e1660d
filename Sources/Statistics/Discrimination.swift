internal import CGSL

/// How well a score tells two kinds apart, whatever the threshold.
public struct Discrimination: Hashable, Sendable {
  /// Area under the ROC curve: the chance that a positive scores above a negative, ties counting
  /// half; NaN when a kind is missing.
  public let area: Double
  public let positives: Int
  public let negatives: Int
  /// Of the area, without assuming anything of how scores are distributed; NaN with fewer than two
  /// clusters of a kind.
  ///
  /// - Source: DeLong, DeLong, Clarke-Pearson, Biometrics 44(3), 1988, from ranks as in Sun, Xu,
  ///   IEEE Signal Processing Letters 21(11), 2014; over clusters as in Obuchowski, Biometrics 53(2),
  ///   1997, which is the same where each is of one subject.
  public let variance: Double
  /// Clusters with a member of the rarer kind.
  private let clustersMin: Int

  /// - Parameter clusters: Number of the cluster of each subject, from 0; what those of one have in
  ///   common, such as an owner, moves all their scores. nil if subjects are independent.
  /// - Complexity: O(n log n + greatest cluster number).
  /// - Source: Mann, Whitney, 1947: area = U / (n₁n₀), from ranks.
  public init(
    positive: [Double], negative: [Double], clusters: (positive: [Int], negative: [Int])? = nil
  ) {
    positives = positive.count
    negatives = negative.count
    let ranks = RankCorrelation.ranks(positive + negative)
    let sum = ranks.prefix(positive.count).reduce(0, +)
    let n = Double(positive.count)
    let pairs = n * Double(negative.count)
    area = pairs > 0 ? (sum - n * (n + 1) / 2) / pairs : .nan
    // What share of the other kind each one lies above: the rank in all less that in its own kind.
    let above = zip(ranks.prefix(positive.count), RankCorrelation.ranks(positive)).map {
      ($0 - $1) / Double(negative.count)
    }
    // One less what share of the other kind lies above each.
    let below = zip(ranks.suffix(negative.count), RankCorrelation.ranks(negative)).map {
      1 - ($0 - $1) / Double(positive.count)
    }
    guard let clusters else {
      clustersMin = Swift.min(positive.count, negative.count)
      variance = Tally(above).variance / n + Tally(below).variance / Double(negative.count)
      return
    }
    let ofPositive = ClusterSums(above, about: area, clusters.positive)
    let ofNegative = ClusterSums(below, about: area, clusters.negative)
    clustersMin = Swift.min(ofPositive.count, ofNegative.count)
    variance = ofPositive.variance + ofNegative.variance + 2 * ofPositive.covariance(ofNegative)
  }

  /// DeLong's interval, cut to 0 … 1.
  ///
  /// Where no pair is in the wrong (or the right) order, and where all are tied, the variance is 0, which
  /// says nothing. Then the bound is the exact binomial one on what was never seen, a pair in the wrong
  /// order or one that is no tie, in as many independent pairs as the rarer kind has clusters. A pair that
  /// is no tie moves the area by a half.
  ///
  /// - Source: Clopper, Pearson, Biometrika 26(4), 1934.
  public func interval(confidence: Double) -> Estimate {
    let tail = (1 - confidence) / 2
    var width = gsl_cdf_ugaussian_Qinv(tail) * variance.squareRoot()
    let isOrdered = area == 1 || area == 0
    if isOrdered || variance == 0 {
      let unseenMax = 1 - gsl_cdf_beta_Pinv(tail, Double(clustersMin), 1)
      width = isOrdered ? unseenMax : unseenMax / 2
    }
    return Estimate(
      value: area, lower: Swift.max(0, area - width), upper: Swift.min(1, area + width),
      confidence: confidence)
  }
}

/// Sums of what the subjects of one kind deviate from the area, cluster by cluster.
private struct ClusterSums {
  /// By cluster number.
  private var deviations: [Double] = []
  private var members: [Int] = []
  private let subjects: Double
  /// Clusters with a member of the kind.
  private(set) var count = 0

  init(_ shares: [Double], about area: Double, _ clusters: [Int]) {
    precondition(shares.count == clusters.count, "a cluster for each score")
    let numbers = (clusters.max() ?? -1) + 1
    deviations = Array(repeating: 0, count: numbers)
    members = Array(repeating: 0, count: numbers)
    subjects = Double(shares.count)
    for (share, cluster) in zip(shares, clusters) {
      deviations[cluster] += share - area
      members[cluster] += 1
    }
    count = members.count { $0 > 0 }
  }

  /// The part of the kind in the variance of the area; NaN with fewer than two clusters.
  var variance: Double {
    guard count > 1 else { return .nan }
    let squares = deviations.reduce(0) { $0 + $1 * $1 }
    return squares * Double(count) / Double(count - 1) / (subjects * subjects)
  }

  /// What clusters with members of both kinds add.
  func covariance(_ other: ClusterSums) -> Double {
    let products = zip(deviations, other.deviations).reduce(0) { $0 + $1.0 * $1.1 }
    var clusters = count + other.count
    for (own, others) in zip(members, other.members) where own > 0 && others > 0 { clusters -= 1 }
    guard products != 0, clusters > 1 else { return 0 }
    return products * Double(clusters) / Double(clusters - 1) / (subjects * other.subjects)
  }
}
