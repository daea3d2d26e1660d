/// Lists of neighbours of dense numbers in two flat arrays (compressed sparse rows).
///
/// Built by counting, in the order of the pairs: O(rows + pairs), and the same for every run.
struct Adjacency: Sendable {
  private(set) var starts: [Int]
  private(set) var columns: [UInt32]

  /// - Parameters:
  ///   - pair: Row and column of pair `index` of `count`; asked twice.
  init(rows: Int, count: Int, pair: (_ index: Int) -> (row: UInt32, column: UInt32)) {
    var starts = [Int](repeating: 0, count: rows + 1)
    for index in 0..<count { starts[Int(pair(index).row) + 1] += 1 }
    for row in 0..<rows { starts[row + 1] += starts[row] }
    var next = starts
    var columns = [UInt32](repeating: 0, count: count)
    for index in 0..<count {
      let (row, column) = pair(index)
      columns[next[Int(row)]] = column
      next[Int(row)] += 1
    }
    self.starts = starts
    self.columns = columns
  }

  /// Rows in order, from their lengths and their columns one after the other.
  init(starts: [Int], columns: [UInt32]) {
    self.starts = starts
    self.columns = columns
  }

  var rows: Int { starts.count - 1 }

  @inline(__always) func range(of row: Int) -> Range<Int> { starts[row]..<starts[row + 1] }
}
