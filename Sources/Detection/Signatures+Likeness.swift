internal import Quantities

extension Signatures {
  static let bandWidth = 2
  /// With how many of the hosts before it in its band a host is compared, so that a band in which
  /// everyone agrees stays cheap.
  static let comparisonsMax = 8

  /// For each host the greatest share of equal entries with a host that agrees in some band, of pairs
  /// that chance does not explain.
  ///
  /// - Parameters:
  ///   - featuresMin: Hosts with fewer features that count are left out; 1 or more.
  ///   - chancePairsMax: Pairs that may be expected to seem alike by chance.
  /// - Returns: Shape `[hosts]`; 0 for those left out, and for those that nobody is like.
  func greatestLikeness(featuresMin: Int, chancePairsMax: Double) -> [Double] {
    let judged = judgedHosts(featuresMin)
    let sizeClasses = featureCounts.map { UInt16(ChanceLikeness.sizeClass(of: Int($0))) }
    var chance = ChanceLikeness(
      featureCount: effectiveFeatureCount, hosts: judged.count,
      sizeMax: Int(featureCounts.max() ?? 0), expectedMax: chancePairsMax)
    let lowBytes = lowBytes()
    var most = [UInt8](repeating: 0, count: hostCount)
    var groups = BandGroups(hosts: hostCount, judged: judged.count)
    for band in stride(from: 0, to: Self.width, by: Self.bandWidth) {
      groups.removeAll()
      for host in judged {
        let start = host * Self.width + band
        var other = groups.join(host, UInt64(minima[start]) << 32 | UInt64(minima[start + 1]))
        var comparisons = 0
        while let earlier = other, comparisons < Self.comparisonsMax {
          let least = chance.leastEqual(Int(sizeClasses[host]), Int(sizeClasses[earlier]))
          compare(host, earlier, least, lowBytes, &most)
          other = groups.predecessor(of: earlier)
          comparisons += 1
        }
      }
    }
    return most.map { Double($0) / Double(Self.width) }
  }

  /// In an order that has nothing to do with hosts' numbers, which decides whom of a large band each
  /// is compared with: those of one owner often have numbers in a row.
  private func judgedHosts(_ featuresMin: Int) -> [Int] {
    var order: [KeyedIndex] = []
    for host in 0..<hostCount where Int(featureCounts[host]) >= featuresMin {
      order.append(KeyedIndex(key: Mixing.mixed(UInt64(host)), index: UInt32(host)))
    }
    var spare: [KeyedIndex] = []
    order.sortByKey(&spare)
    return order.map { Int($0.index) }
  }

  /// Entries are equal only if their low bytes are, and those of a host share a cache line: most
  /// pairs need no more to see that they are no more alike than what is known.
  ///
  /// - Parameter least: Equal entries below which the two are as alike as chance makes them.
  @inline(__always)
  private func compare(
    _ a: Int, _ b: Int, _ least: UInt8, _ lowBytes: [UInt8], _ most: inout [UInt8]
  ) {
    let wanted = max(min(most[a], most[b]) + 1, least)
    guard wanted <= Self.width, Self.equalEntries(lowBytes, a, b) >= wanted else { return }
    let equal = Self.equalEntries(minima, a, b)
    guard equal >= wanted else { return }
    most[a] = max(most[a], equal)
    most[b] = max(most[b], equal)
  }

  /// Without bounds checks and branches, so that it compiles to vector instructions.
  @inline(__always)
  private static func equalEntries<Entry: FixedWidthInteger & UnsignedInteger>(
    _ entries: [Entry], _ a: Int, _ b: Int
  ) -> UInt8 {
    precondition((max(a, b) + 1) * width <= entries.count)
    return unsafe entries.withUnsafeBufferPointer { entries in
      var different: Entry = 0
      for index in 0..<width {
        let difference = unsafe entries[a * width + index] ^ entries[b * width + index]
        // The highest bit of a number or of its negative is set unless the number is 0.
        different &+= (difference | (0 &- difference)) &>> Entry(Entry.bitWidth - 1)
      }
      return UInt8(width) - UInt8(different)
    }
  }

  private func lowBytes() -> [UInt8] {
    unsafe Array(unsafeUninitializedCapacity: minima.count) { bytes, count in
      unsafe minima.withUnsafeBufferPointer { minima in
        for index in minima.indices {
          unsafe bytes[index] = UInt8(truncatingIfNeeded: minima[index])
        }
      }
      count = minima.count
    }
  }
}

/// Hosts of one band of their signatures by what it says, each linked to the one before it.
private struct BandGroups {
  private static let none = UInt32.max

  private var values: [UInt64]
  /// The latest host of each value.
  private var latest: [UInt32]
  private var predecessors: [UInt32]

  init(hosts: Int, judged: Int) {
    var capacity = 64
    while capacity < 2 * judged { capacity *= 2 }
    values = Array(repeating: 0, count: capacity)
    latest = Array(repeating: Self.none, count: capacity)
    predecessors = Array(repeating: Self.none, count: hosts)
  }

  mutating func removeAll() {
    for slot in latest.indices { latest[slot] = Self.none }
  }

  /// - Returns: The host of the same value that joined before it.
  @inline(__always) mutating func join(_ host: Int, _ value: UInt64) -> Int? {
    let mask = values.count - 1
    var slot = Int(truncatingIfNeeded: Mixing.mixed(value)) & mask
    while latest[slot] != Self.none, values[slot] != value { slot = (slot + 1) & mask }
    values[slot] = value
    predecessors[host] = latest[slot]
    latest[slot] = UInt32(host)
    return predecessor(of: host)
  }

  @inline(__always) func predecessor(of host: Int) -> Int? {
    predecessors[host] == Self.none ? nil : Int(predecessors[host])
  }
}
