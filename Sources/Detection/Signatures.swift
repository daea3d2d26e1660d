private import Quantities

/// Min-hash signatures of the feature sets of hosts.
struct Signatures {
  static let width = 64
  static let bandWidth = 2
  /// With how many of the following hosts of its band a host is compared, so that a band in which
  /// everyone agrees stays cheap.
  private static let comparisonsMax = 8

  /// Shape `[hosts · width]`.
  private var minima: [UInt32]
  /// Hosts with enough features to be judged, ascending.
  private var judged: [UInt32]

  /// - Parameters:
  ///   - features: Hosts in the row of each feature, repeats allowed.
  ///   - sharersMax: A feature of more hosts than this is left out.
  init(of features: Adjacency, hosts: Int, featuresMin: Int, sharersMax: Int) {
    var minima = [UInt32](repeating: .max, count: hosts * Self.width)
    var counts = [Int](repeating: 0, count: hosts)
    var lastFeature = [Int](repeating: -1, count: hosts)
    var sharers: [Int] = []
    var hashes = [UInt32](repeating: 0, count: Self.width)
    for feature in 0..<features.rows {
      sharers.removeAll(keepingCapacity: true)
      for place in features.range(of: feature) {
        let host = Int(features.columns[place])
        guard host < hosts, lastFeature[host] != feature else { continue }
        lastFeature[host] = feature
        sharers.append(host)
      }
      guard !sharers.isEmpty, sharers.count <= sharersMax else { continue }
      for index in 0..<Self.width { hashes[index] = Self.hash(feature, index) }
      for host in sharers {
        counts[host] += 1
        let start = host * Self.width
        for index in 0..<Self.width {
          minima[start + index] = min(minima[start + index], hashes[index])
        }
      }
    }
    self.minima = minima
    judged = (0..<UInt32(hosts)).filter { counts[Int($0)] >= featuresMin }
  }

  /// For each host the greatest share of equal entries with a host that agrees in some band.
  func greatestLikeness() -> [Double] {
    var most = [Int](repeating: 0, count: minima.count / Self.width)
    var order = judged.map { KeyedIndex(key: 0, index: $0) }
    var spare: [KeyedIndex] = []
    for band in stride(from: 0, to: Self.width, by: Self.bandWidth) {
      // By host again, so that equal keys come in the order of their hosts.
      for (place, host) in judged.enumerated() {
        let start = Int(host) * Self.width + band
        let pair = UInt64(minima[start]) << 32 | UInt64(minima[start + 1])
        order[place] = KeyedIndex(key: Self.mixed(pair) >> 32, index: host)
      }
      order.sortByKey(&spare)
      for first in order.indices {
        var second = first + 1
        while second < order.count, second <= first + Self.comparisonsMax,
          order[second].key == order[first].key
        {
          let (a, b) = (Int(order[first].index), Int(order[second].index))
          let equal = equalEntries(a, b)
          most[a] = max(most[a], equal)
          most[b] = max(most[b], equal)
          second += 1
        }
      }
    }
    return most.map { Double($0) / Double(Self.width) }
  }

  /// Without bounds checks, so that it compiles to vector instructions.
  @inline(__always) private func equalEntries(_ a: Int, _ b: Int) -> Int {
    precondition(max(a, b) * Self.width + Self.width <= minima.count)
    return unsafe minima.withUnsafeBufferPointer { minima in
      var equal: UInt32 = 0
      for index in 0..<Self.width {
        let isEqual = unsafe minima[a * Self.width + index] == minima[b * Self.width + index]
        equal &+= isEqual ? 1 : 0
      }
      return Int(equal)
    }
  }

  private static func hash(_ feature: Int, _ index: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: mixed(UInt64(feature) << 6 | UInt64(index)) >> 32)
  }

  /// SplitMix64's finaliser: fixed, so that a run's scores are the same everywhere.
  private static func mixed(_ word: UInt64) -> UInt64 {
    var word = word &+ 0x9E37_79B9_7F4A_7C15
    word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
    return word ^ word >> 31
  }
}
