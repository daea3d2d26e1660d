import Foundation
import Scenario

/// Files as the commands read them.
enum DiskFile {
  /// At most `limit` bytes of the file at `path`, for the scenario loader.
  static func read(_ path: String, limit: Int) -> Result<[UInt8], FileProblem> {
    var isDirectory: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) else {
      return .failure(.missing)
    }
    if isDirectory.boolValue { return .failure(.isDirectory) }
    do {
      let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      defer { try? handle.close() }
      // A device or pipe has no size that could be asked for; one byte more than allowed is read.
      var bytes: [UInt8] = []
      while bytes.count <= limit, let part = try handle.read(upToCount: 1 << 20), !part.isEmpty {
        bytes.append(contentsOf: part)
      }
      return bytes.count > limit ? .failure(.tooLarge(limit: limit)) : .success(bytes)
    } catch let error as CocoaError where error.code == .fileReadNoPermission {
      return .failure(.unreadable(reason: "permission denied"))
    } catch {
      return .failure(.unreadable(reason: error.localizedDescription))
    }
  }
}
