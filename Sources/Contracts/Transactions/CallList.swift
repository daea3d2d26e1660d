public import EVM
public import Quantities

/// An array argument of a typed call, by handle: the elements stand in the world until they are
/// discarded.
public struct CallList<Element: BitwiseCopyable>: BitwiseCopyable, Hashable, Sendable {
  /// Position of the first element, counted from 1; 0 when there is none.
  let first: UInt32
  /// Elements.
  public let count: UInt32
}

/// One job of `batchPostJobs`.
public struct BatchedJob: BitwiseCopyable, Hashable, Sendable {
  public var posting: JobPosting
  /// Wei.
  public var payment: UInt256

  public init(_ posting: JobPosting, payment: UInt256) {
    self.posting = posting
    self.payment = payment
  }
}

/// The elements of all lists in use: chains through one array, whose free positions are a chain
/// too, so that lists come and go without allocation.
struct CallListPool<Element: BitwiseCopyable>: ~Copyable {
  private var links = UniqueList<CallListLink<Element>>()
  private var firstFree: UInt32 = 0

  init() {}

  mutating func make(_ elements: some Collection<Element>) -> CallList<Element> {
    var first: UInt32 = 0
    var last: UInt32 = 0
    for element in elements {
      let position = take(element)
      if last == 0 { first = position } else { links[Int(last) - 1].next = position }
      last = position
    }
    return CallList(first: first, count: UInt32(elements.count))
  }

  private mutating func take(_ element: Element) -> UInt32 {
    let link = CallListLink(element: element, next: 0)
    if firstFree == 0 {
      links.append(link)
      return UInt32(links.count)
    }
    let position = firstFree
    firstFree = links[Int(position) - 1].next
    links[Int(position) - 1] = link
    return position
  }

  /// The element at a position and the position of the next one, nil at the end.
  @inline(__always) func element(at position: UInt32) -> (Element, next: UInt32)? {
    if position == 0 { return nil }
    let link = links[Int(position) - 1]
    return (link.element, link.next)
  }

  mutating func discard(_ list: CallList<Element>) {
    if list.first == 0 { return }
    var last = list.first
    while links[Int(last) - 1].next != 0 { last = links[Int(last) - 1].next }
    links[Int(last) - 1].next = firstFree
    firstFree = list.first
  }
}

struct CallListLink<Element: BitwiseCopyable>: BitwiseCopyable {
  var element: Element
  /// Counted from 1; 0 ends the chain.
  var next: UInt32
}

extension World {
  /// The argument of `ContractCall.batchPostJobs`; whoever made it discards it after the call.
  public mutating func makeBatch(_ jobs: some Collection<BatchedJob>) -> CallList<BatchedJob> {
    batchedJobs.make(jobs)
  }
  public mutating func discard(_ batch: CallList<BatchedJob>) { batchedJobs.discard(batch) }

  /// The argument of `ContractCall.batchReleasePayments`; whoever made it discards it after the
  /// call.
  public mutating func makeJobList(_ numbers: some Collection<UInt256>) -> CallList<UInt256> {
    jobNumbers.make(numbers)
  }
  public mutating func discard(_ numbers: CallList<UInt256>) { jobNumbers.discard(numbers) }

  /// The models of `NodeTerms`; whoever made the list discards it after the call.
  public mutating func makeModelList(_ models: some Collection<StringID>) -> CallList<StringID> {
    modelNames.make(models)
  }
  public mutating func discard(_ models: CallList<StringID>) { modelNames.discard(models) }

  /// What an account contract is to call; whoever made the list discards it after the call.
  public mutating func makeOperations(
    _ operations: some Collection<AccountOperation>
  ) -> CallList<AccountOperation> {
    accountOperations.make(operations)
  }
  public mutating func discard(_ operations: CallList<AccountOperation>) {
    accountOperations.discard(operations)
  }
}
