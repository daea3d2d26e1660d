import Foundation

/// The folder of published data beside the repository, where there is one.
enum SharedData {
  static func bytes(_ file: String) throws -> [UInt8]? {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    for path in ["../shared/data", "../../shared/data"] {
      let url = folder.appendingPathComponent("\(path)/\(file)")
      guard FileManager.default.fileExists(atPath: url.path) else { continue }
      return [UInt8](try Data(contentsOf: url))
    }
    return nil
  }
}
