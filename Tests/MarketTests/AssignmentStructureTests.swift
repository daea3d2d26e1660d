import Testing

@testable import Market

/// A small linear congruential generator: tests need reproducible disorder, not quality.
struct Disorder {
  var state: UInt64
  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
}

@Suite("A tree of weights") struct SumTreeTests {
  @Test("finds the member that a linear scan finds", arguments: [1, 7, 8, 9, 64, 65, 1000])
  func agreesWithScan(count: Int) {
    var tree = SumTree(count: count)
    var weights = [UInt64](repeating: 0, count: count)
    var disorder = Disorder(state: UInt64(count))
    for _ in 0..<2_000 {
      let member = disorder.next(below: count)
      weights[member] = UInt64(disorder.next(below: 5) * disorder.next(below: 100))
      tree.setWeight(weights[member], of: member)
      let total = weights.reduce(0, +)
      #expect(tree.total == total)
      guard total > 0 else { continue }
      let target = UInt64(disorder.next(below: Int(total)))
      var remaining = target
      var expected = 0
      while remaining >= weights[expected] {
        remaining -= weights[expected]
        expected += 1
      }
      #expect(tree.member(at: target) == expected)
    }
  }
}

@Suite("A tournament of keys") struct MinimumTreeTests {
  @Test("names the lowest-numbered smallest key", arguments: [1, 2, 3, 16, 17, 500])
  func agreesWithScan(count: Int) {
    var tree = MinimumTree(count: count)
    var keys = [UInt64](repeating: MinimumTree.absent, count: count)
    var disorder = Disorder(state: UInt64(count) + 99)
    for _ in 0..<2_000 {
      let member = disorder.next(below: count)
      keys[member] =
        disorder.next(below: 3) == 0 ? MinimumTree.absent : UInt64(disorder.next(below: 20))
      tree.setKey(keys[member], of: member)
      let best = keys.min() ?? MinimumTree.absent
      #expect(tree.minimum == best)
      #expect(
        tree.minimumMember == (best == MinimumTree.absent ? nil : keys.firstIndex(of: best)))
    }
  }
}

@Suite("A set of members") struct MemberSetTests {
  @Test("holds what a plain set holds") func agreesWithSet() {
    var set = MemberSet(capacity: 50)
    var plain: Set<Int> = []
    var disorder = Disorder(state: 5)
    for _ in 0..<5_000 {
      let member = disorder.next(below: 50)
      if disorder.next(below: 2) == 0 {
        set.insert(member)
        plain.insert(member)
      } else {
        set.remove(member)
        plain.remove(member)
      }
      #expect(set.count == plain.count)
      #expect(set.contains(member) == plain.contains(member))
    }
    #expect(Set(set.members.map(Int.init)) == plain)
  }
}

@Suite("Rows that every event reads") struct RowSizeTests {
  @Test("stay within what their documentation says") func sizes() {
    #expect(MemoryLayout<Host>.stride <= 216)
    #expect(MemoryLayout<Job>.stride <= 120)
    #expect(MemoryLayout<Renter>.stride <= 72)
    #expect(MemoryLayout<Business>.stride <= 280)
  }
}
