internal import Foundation

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Where a run's files lie, finished and unfinished.
///
/// `<root>/<scenario>/<id>/` exists only when the run is complete. Until then `<id>.partial/` holds
/// `working/<n>/` for replications that are running and `replications/<n>/` for those that have
/// finished: a replication's folder is renamed from one to the other in one step, so whatever kills
/// the process loses no finished replication and leaves none that looks finished.
struct RunFolder {
  /// Of the complete run.
  let path: String

  init(root: String, identity: RunIdentity) {
    path = "\(root)/\(Self.folderName(of: identity.scenario))/\(identity.id)"
  }

  init(path: String) { self.path = path }

  var partial: String { path + ".partial" }
  /// Assembled here, then renamed to `path`.
  var complete: String { partial + "/complete" }
  func working(_ replication: Int) -> String { "\(partial)/working/\(replication)" }
  func finished(_ replication: Int) -> String { "\(partial)/replications/\(replication)" }

  var isComplete: Bool { Disk.isFolder(path) }

  /// Makes the partial folder and keeps every other process out of it until the lock is released.
  func lock() throws -> RunLock {
    try Disk.makeFolder(partial)
    return try RunLock(at: partial + "/lock", of: self)
  }

  /// Forgets what a killed process had not finished, and with `all` what it had.
  func discard(all: Bool) throws {
    try removeTree(partial + "/working")
    try removeTree(complete)
    if all { try removeTree(partial + "/replications") }
    try Disk.makeFolder(partial + "/working")
    try Disk.makeFolder(partial + "/replications")
  }

  /// Puts the assembled files in the place of the finished run, and removes the pieces.
  func publish() throws {
    let replaced = partial + "/replaced"
    try removeTree(replaced)
    if isComplete { try Disk.move(path, to: replaced) }
    try Disk.move(complete, to: path)
    try removeTree(partial)
  }

  /// Removes the pieces of a complete run that a process was killed before removing, unless another
  /// process is at work on them.
  func sweepUp() {
    guard Disk.isFolder(partial), let lock = try? lock() else { return }
    try? removeTree(partial)
    withExtendedLifetime(lock) {}
  }

  func removeTree(_ path: String) throws {
    guard Disk.isFolder(path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw OutputError("remove", path, code: errno)
    }
  }

  /// Letters, digits, `-`, `_` and inner `.` stay; whatever could leave the root folder does not.
  static func folderName(of scenario: String) -> String {
    let name = String(
      scenario.unicodeScalars.map { scalar -> Character in
        let isPlain =
          ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
          || ("0"..."9").contains(scalar) || scalar == "-" || scalar == "_" || scalar == "."
        return isPlain ? Character(scalar) : "-"
      })
    return name.isEmpty || name.hasPrefix(".") ? "_" + name : name
  }
}

/// Held by the process that computes a run; the system releases it however the process ends.
final class RunLock {
  private let descriptor: Int32

  fileprivate init(at path: String, of folder: RunFolder) throws {
    descriptor = try Disk.openForWriting(path)
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      throw code == EWOULDBLOCK
        ? RunError.busy(folder: folder.partial) : OutputError("lock", path, code: code)
    }
  }

  deinit { close(descriptor) }
}
