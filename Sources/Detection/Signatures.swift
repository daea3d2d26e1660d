/// Min-hash signatures of the feature sets of hosts, kept up to date as the sets grow.
///
/// Which hosts a feature has decides whether it counts: one that comes to be shared by too many is
/// taken out of the signatures again.
struct Signatures: Sendable {
  static let width = 64

  /// A feature seen at a host, once, and where the ones before of the same feature and host are.
  private struct Sighting: BitwiseCopyable {
    let feature: UInt32
    let host: UInt32
    let previousOfFeature: UInt32
    let previousOfHost: UInt32
  }
  private static let none = UInt32.max

  /// Shape `[hosts · width]`.
  private(set) var minima: [UInt32] = []
  /// Features of each host that count.
  private(set) var featureCounts: [UInt32] = []
  private var sightings: [Sighting] = []
  private var known = PairSet()
  private var latestOfHost: [UInt32] = []
  private var latestOfFeature: [UInt32] = []
  private var sharerCounts: [UInt32] = []
  private var counts: [Bool] = []
  private var sharersMax = 0

  var hostCount: Int { featureCounts.count }

  /// As many equally common features as would give two hosts that draw them at random the overlap that
  /// those which count do: (Σf)²/Σf² of the hosts f that have each, rounded down.
  ///
  /// - Complexity: O(features).
  var effectiveFeatureCount: Int {
    var (sum, squares) = (0, 0)
    for feature in counts.indices where counts[feature] {
      let sharers = Int(sharerCounts[feature])
      sum += sharers
      squares += sharers * sharers
    }
    return squares > 0 ? Int(Double(sum) * Double(sum) / Double(squares)) : 0
  }

  /// Adds sightings and brings the signatures up to date.
  ///
  /// - Parameters:
  ///   - hosts: No fewer than before.
  ///   - sharersMax: A feature of more hosts than this does not count.
  ///   - sighting: Feature and host of new sighting `index` of `count`, repeats allowed.
  /// - Complexity: O(64) a new sighting; O(64 + features of the host) for a sighting that counts
  ///   no more.
  mutating func update(
    hosts: Int, sharersMax: Int, adding count: Int,
    sighting: (_ index: Int) -> (feature: UInt32, host: UInt32)
  ) {
    admit(hosts: hosts)
    let firstNew = UInt32(sightings.count)
    var changed: [Int] = []
    for index in 0..<count {
      let (feature, host) = sighting(index)
      guard known.insert(feature, host) else { continue }
      admit(feature: Int(feature))
      let latest = latestOfFeature[Int(feature)]
      if latest == Self.none || latest < firstNew { changed.append(Int(feature)) }
      latestOfFeature[Int(feature)] = UInt32(sightings.count)
      sightings.append(
        Sighting(
          feature: feature, host: host, previousOfFeature: latest,
          previousOfHost: latestOfHost[Int(host)]))
      latestOfHost[Int(host)] = UInt32(sightings.count - 1)
      sharerCounts[Int(feature)] += 1
    }
    if sharersMax != self.sharersMax {
      self.sharersMax = sharersMax
      changed = Array(counts.indices)
    }
    settle(changed, firstNew)
  }

  private mutating func admit(hosts: Int) {
    guard hosts > hostCount else { return }
    minima.append(contentsOf: repeatElement(.max, count: hosts * Self.width - minima.count))
    latestOfHost.append(contentsOf: repeatElement(Self.none, count: hosts - hostCount))
    featureCounts.append(contentsOf: repeatElement(0, count: hosts - hostCount))
  }

  private mutating func admit(feature: Int) {
    guard feature >= counts.count else { return }
    let more = feature + 1 - counts.count
    latestOfFeature.append(contentsOf: repeatElement(Self.none, count: more))
    sharerCounts.append(contentsOf: repeatElement(0, count: more))
    counts.append(contentsOf: repeatElement(false, count: more))
  }

  /// Puts the sightings of features that count into the signatures, and takes those out that have
  /// come to count no more.
  private mutating func settle(_ changed: [Int], _ firstNew: UInt32) {
    var common: [Int] = []
    for feature in changed {
      let isRare = Int(sharerCounts[feature]) <= sharersMax
      if isRare {
        add(feature, from: counts[feature] ? firstNew : 0)
      } else if counts[feature] {
        common.append(feature)
      }
      counts[feature] = isRare
    }
    for feature in common { remove(feature, before: firstNew) }
  }

  private mutating func add(_ feature: Int, from first: UInt32) {
    var index = latestOfFeature[feature]
    guard index != Self.none, index >= first else { return }
    let hashes = Self.hashes(of: feature)
    while index != Self.none, index >= first {
      let host = Int(sightings[Int(index)].host)
      featureCounts[host] += 1
      lower(host, to: hashes)
      index = sightings[Int(index)].previousOfFeature
    }
  }

  /// Without bounds checks, so that it compiles to vector instructions.
  @inline(__always) private mutating func lower(_ host: Int, to hashes: [UInt32]) {
    let start = host * Self.width
    precondition(start + Self.width <= minima.count && hashes.count == Self.width)
    unsafe minima.withUnsafeMutableBufferPointer { minima in
      unsafe hashes.withUnsafeBufferPointer { hashes in
        for index in 0..<Self.width {
          unsafe minima[start + index] = min(minima[start + index], hashes[index])
        }
      }
    }
  }

  private mutating func remove(_ feature: Int, before firstNew: UInt32) {
    let hashes = Self.hashes(of: feature)
    var index = latestOfFeature[feature]
    while index != Self.none {
      let sighting = sightings[Int(index)]
      if index < firstNew {
        featureCounts[Int(sighting.host)] -= 1
        raise(Int(sighting.host), from: hashes)
      }
      index = sighting.previousOfFeature
    }
  }

  /// Finds the minima anew that a feature with these hashes may have set.
  private mutating func raise(_ host: Int, from hashes: [UInt32]) {
    let start = host * Self.width
    var entries: [Int] = []
    for entry in 0..<Self.width where minima[start + entry] == hashes[entry] {
      entries.append(entry)
      minima[start + entry] = .max
    }
    guard !entries.isEmpty else { return }
    var index = latestOfHost[host]
    while index != Self.none {
      let sighting = sightings[Int(index)]
      if counts[Int(sighting.feature)] {
        for entry in entries {
          minima[start + entry] = min(
            minima[start + entry], Self.hash(Int(sighting.feature), entry))
        }
      }
      index = sighting.previousOfHost
    }
  }

  private static func hashes(of feature: Int) -> [UInt32] {
    (0..<width).map { hash(feature, $0) }
  }

  static func hash(_ feature: Int, _ entry: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: Mixing.mixed(UInt64(feature) << 6 | UInt64(entry)) >> 32)
  }
}
