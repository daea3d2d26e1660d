import Testing

@testable import Quantities

@Suite("Sorting by key") struct KeyedIndexTests {
  @Test("keeps equal keys in order, at any size", arguments: [0, 1, 2, 64, 65, 1_000, 20_000])
  func stable(count: Int) {
    for bits in [1, 8, 11, 12, 33, 64] as [UInt64] {
      var word: UInt64 = 88_172_645_463_325_252 &+ bits
      var list = (0..<count).map { index in
        word ^= word << 13
        word ^= word >> 7
        word ^= word << 17
        return KeyedIndex(key: word >> (64 - bits), index: UInt32(index))
      }
      let expected = list.sorted { ($0.key, $0.index) < ($1.key, $1.index) }
      var spare: [KeyedIndex] = []
      list.sortByKey(&spare)
      #expect(list == expected)
    }
  }

  @Test("orders numbers as they are") func numbers() {
    let numbers = [
      -Double.infinity, -1e300, -2, -1, -Double.leastNonzeroMagnitude, 0,
      Double.leastNonzeroMagnitude, 0.5, 1, 1e300, .infinity,
    ]
    let keys = numbers.map { KeyedIndex($0, index: 0).key }
    #expect(keys == keys.sorted() && Set(keys).count == keys.count)
    #expect(KeyedIndex(-0.0, index: 0) == KeyedIndex(0, index: 0))
  }
}
