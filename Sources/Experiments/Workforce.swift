internal import Foundation
internal import Synchronization

/// Threads that work through numbered items; results come back by number, whatever the order.
struct Workforce {
  let workers: Int

  /// Runs `body` once for each item, in ascending order of starting.
  ///
  /// - Parameters:
  ///   - isStopped: Asked before each item; once true, no further item starts.
  ///   - watch: Called on this thread several times a second until the last item ends.
  func run(
    items: [Int], isStopped: @escaping @Sendable () -> Bool, watch: () -> Void,
    body: @escaping @Sendable (Int) -> Void
  ) {
    let next = Position()
    let count = Swift.min(Swift.max(workers, 1), items.count)
    Workforce(workers: count).run(watch: watch) {
      while !isStopped(), let position = next.advance(below: items.count) {
        body(items[position])
      }
    }
  }

  /// Runs `body` once on each thread, and returns when all have.
  func run(watch: () -> Void, body: @escaping @Sendable () -> Void) {
    let done = DispatchSemaphore(value: 0)
    let count = workers
    for _ in 0..<count {
      let thread = Thread {
        body()
        done.signal()
      }
      // macOS gives secondary threads half a megabyte, too little for deep call frames.
      thread.stackSize = 16 << 20
      thread.start()
    }
    for _ in 0..<count {
      while done.wait(timeout: .now() + .milliseconds(100)) == .timedOut { watch() }
      watch()
    }
  }

  private final class Position: Sendable {
    private let value = Atomic<Int>(0)

    func advance(below end: Int) -> Int? {
      let position = value.add(1, ordering: .relaxed).oldValue
      return position < end ? position : nil
    }
  }
}
