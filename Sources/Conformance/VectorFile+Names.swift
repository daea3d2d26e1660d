import Foundation

extension VectorFile {
  /// The vector files of a folder, those that end in `.jsonl` or `.jsonl.gz`, in the order of their
  /// names; a name that is no folder stands for itself.
  ///
  /// - Throws: The folder cannot be listed, or holds no vector file.
  public static func names(in name: String) throws(VectorError) -> [String] {
    let attributes = try? FileManager.default.attributesOfItem(atPath: name)
    guard name != "-", attributes?[.type] as? FileAttributeType == .typeDirectory else {
      return [name]
    }
    let entries: [String]
    do { entries = try FileManager.default.contentsOfDirectory(atPath: name) } catch {
      throw VectorError(file: name, message: "cannot be listed: \(error.localizedDescription)")
    }
    let files = entries.filter { $0.hasSuffix(".jsonl") || $0.hasSuffix(".jsonl.gz") }.sorted()
    guard !files.isEmpty else {
      throw VectorError(file: name, message: "holds no file that ends in .jsonl or .jsonl.gz")
    }
    return files.map { (name.hasSuffix("/") ? name : name + "/") + $0 }
  }
}
