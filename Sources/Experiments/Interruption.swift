internal import Synchronization

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Whether somebody pressed Ctrl-C or a scheduler asked the process to end.
public enum Interruption {
  private static let requested = Atomic<Bool>(false)

  /// From now on SIGINT and SIGTERM ask the run to stop; a second SIGINT ends the process at once.
  /// A file that outgrows the process's limit fails to be written, and does not end the process.
  public static func watch() {
    signal(SIGXFSZ, SIG_IGN)
    // Reading the flag here initialises it, which a signal handler must not be the first to do.
    _ = isRequested
    signal(SIGINT) { _ in
      Interruption.requested.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    signal(SIGTERM) { _ in Interruption.requested.store(true, ordering: .relaxed) }
  }

  public static var isRequested: Bool { requested.load(ordering: .relaxed) }
}
