/// One request inside a fleet. Rows live in one pool and are linked by index; a free row is a link of
/// the free list.
struct RequestState: BitwiseCopyable {
  /// No request; also the end of every list.
  static let none = UInt32.max

  enum Phase: UInt8 { case free, waiting, prefilling, decoding, finished, dropped }

  /// The caller's name for it.
  var job: UInt32
  var server: UInt32
  var prompt: Int32
  var output: Int32
  /// Tokens generated so far; while decoding it follows from `departure` instead.
  var generated: Int32 = 0
  /// Tokens in the KV cache; while decoding they follow from `departure` instead. While waiting,
  /// whole blocks of tokens that were computed before and may still be there.
  var computed: Int32 = 0
  /// While decoding, the step count of the server at which it ends; once over, the nanosecond. While
  /// waiting with computed tokens, the count of taken blocks up to which all of them are there.
  var departure: Int64 = 0
  var submittedAt: Int64
  /// Negative until the first token is out.
  var firstTokenAt: Int64 = -1
  /// Neighbours in the waiting line, the running list or the completion list.
  var older = none
  var newer = none
  /// Links of the departure heap.
  var child = none
  var sibling = none
  var previous = none
  var phase = Phase.waiting
  /// Of the model that it asks for; differs from the server's under `fifo` only.
  var kind: UInt16
}
