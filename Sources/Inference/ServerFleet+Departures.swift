/// The decoding requests of a server as a pairing heap by the step at which they end.
///
/// Links lie in the requests, so a server owns no storage of its own. Insert O(1), removal amortised
/// O(log n). Requests that end at one step come out in an order that depends only on the calls made.
extension ServerFleet {
  mutating func insertDeparture(_ request: UInt32, _ server: Int) {
    requests[Int(request)].child = RequestState.none
    requests[Int(request)].sibling = RequestState.none
    requests[Int(request)].previous = RequestState.none
    servers[server].earliestDeparture = meld(servers[server].earliestDeparture, request)
  }

  @inline(__always)
  mutating func removeDeparture(_ request: UInt32, _ server: Int) {
    let children = mergePairs(of: requests[Int(request)].child)
    if request == servers[server].earliestDeparture {
      servers[server].earliestDeparture = children
      return
    }
    let (previous, sibling) = (requests[Int(request)].previous, requests[Int(request)].sibling)
    if requests[Int(previous)].child == request {
      requests[Int(previous)].child = sibling
    } else {
      requests[Int(previous)].sibling = sibling
    }
    if sibling != RequestState.none { requests[Int(sibling)].previous = previous }
    servers[server].earliestDeparture = meld(servers[server].earliestDeparture, children)
  }

  /// Joins two heaps; the root of the later one becomes the first child of the other.
  private mutating func meld(_ left: UInt32, _ right: UInt32) -> UInt32 {
    if left == RequestState.none { return right }
    if right == RequestState.none { return left }
    let isLeftFirst = requests[Int(left)].departure <= requests[Int(right)].departure
    let (root, child) = isLeftFirst ? (left, right) : (right, left)
    let sibling = requests[Int(root)].child
    requests[Int(child)].sibling = sibling
    requests[Int(child)].previous = root
    if sibling != RequestState.none { requests[Int(sibling)].previous = child }
    requests[Int(root)].child = child
    return root
  }

  /// Melds a list of siblings two by two from the left, then the pairs from the right.
  private mutating func mergePairs(of first: UInt32) -> UInt32 {
    var pairs = RequestState.none  // a stack through `sibling`
    var next = first
    while next != RequestState.none {
      let left = detach(next)
      next = left.rest
      guard next != RequestState.none else {
        requests[Int(left.root)].sibling = pairs
        pairs = left.root
        break
      }
      let right = detach(next)
      next = right.rest
      let root = meld(left.root, right.root)
      requests[Int(root)].sibling = pairs
      pairs = root
    }
    var heap = RequestState.none
    while pairs != RequestState.none {
      let top = detach(pairs)
      pairs = top.rest
      heap = meld(heap, top.root)
    }
    return heap
  }

  private mutating func detach(_ root: UInt32) -> (root: UInt32, rest: UInt32) {
    let rest = requests[Int(root)].sibling
    requests[Int(root)].sibling = RequestState.none
    requests[Int(root)].previous = RequestState.none
    return (root, rest)
  }
}
