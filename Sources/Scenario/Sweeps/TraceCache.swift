internal import Market
internal import Synchronization

/// Traces that several points of a sweep share, each read once.
final class TraceCache: Sendable {
  private let traces = Mutex<[String: RequestTrace]>([:])

  func trace(_ path: String) -> RequestTrace? { traces.withLock { $0[path] } }
  func keep(_ trace: RequestTrace, at path: String) { traces.withLock { $0[path] = trace } }
}
