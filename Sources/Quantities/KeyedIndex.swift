/// A place in some list under the number that it is sorted by.
package struct KeyedIndex: BitwiseCopyable, Equatable, Sendable {
  package var key: UInt64
  package var index: UInt32

  @inlinable package init(key: UInt64, index: UInt32) {
    self.key = key
    self.index = index
  }

  /// The key of a number that is not NaN: greater numbers have greater keys, equal ones, zeros of
  /// either sign included, the same.
  @inlinable package init(_ number: Double, index: UInt32) {
    // Adding zero takes the sign off a negative zero.
    let bits = (number + 0).bitPattern
    let isNegative = bits >> 63 == 1
    self.init(key: isNegative ? ~bits : bits | 1 << 63, index: index)
  }
}

extension [KeyedIndex] {
  private static var digitBits: Int { 11 }

  /// Ascending by key; equal keys stay in their order.
  ///
  /// By digits of eleven bits, the least significant first, leaving out digits that all keys share:
  /// O(n) for each of the others. Lists of up to 64 are sorted by insertion.
  ///
  /// - Parameter spare: Room for as many; lost after.
  package mutating func sortByKey(_ spare: inout [KeyedIndex]) {
    guard count > 64 else { return insertionSort() }
    if spare.count != count { spare = self }
    let first = self[0].key
    let differing = reduce(0) { $0 | ($1.key ^ first) }
    var shift = 0
    while shift < 64, differing >> UInt64(shift) != 0 {
      if differing >> UInt64(shift) & (1 << UInt64(Self.digitBits) - 1) != 0 {
        sortByDigit(at: UInt64(shift), into: &spare)
        swap(&self, &spare)
      }
      shift += Self.digitBits
    }
  }

  private func sortByDigit(at shift: UInt64, into sorted: inout [KeyedIndex]) {
    let mask: UInt64 = 1 << UInt64(Self.digitBits) - 1
    var next = [Int](repeating: 0, count: 1 << Self.digitBits)
    for element in self { next[Int(element.key >> shift & mask)] += 1 }
    var start = 0
    for digit in next.indices {
      let number = next[digit]
      next[digit] = start
      start += number
    }
    for element in self {
      let digit = Int(element.key >> shift & mask)
      sorted[next[digit]] = element
      next[digit] += 1
    }
  }

  private mutating func insertionSort() {
    guard count > 1 else { return }
    for place in 1..<count {
      let element = self[place]
      var hole = place
      while hole > 0, self[hole - 1].key > element.key {
        self[hole] = self[hole - 1]
        hole -= 1
      }
      self[hole] = element
    }
  }
}
