/// Which of the numbers 0 ..< n have been joined, directly or through others (union–find).
///
/// Union by size with path halving: nearly constant time an operation.
struct DisjointSets {
  private var parents: [UInt32]
  private var sizes: [UInt32]

  init(count: Int) {
    parents = Array(0..<UInt32(count))
    sizes = Array(repeating: 1, count: count)
  }

  /// The number that stands for the set of `element`.
  mutating func representative(of element: Int) -> Int {
    var element = element
    while Int(parents[element]) != element {
      parents[element] = parents[Int(parents[element])]
      element = Int(parents[element])
    }
    return element
  }

  mutating func join(_ left: Int, _ right: Int) {
    var large = representative(of: left)
    var small = representative(of: right)
    guard large != small else { return }
    if sizes[large] < sizes[small] { swap(&large, &small) }
    parents[small] = UInt32(large)
    sizes[large] += sizes[small]
  }
}
