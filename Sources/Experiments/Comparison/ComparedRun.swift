internal import Foundation

/// The replications of a finished run, or of one point of a sweep, by metric.
struct ComparedRun {
  /// As in the file, with units.
  let metrics: [String]
  /// `[metric][replication]`; NaN where absent.
  let numbers: [[Double]]
  /// nil when the manifest does not say.
  let seed: String?

  /// - Parameter text: A folder, or `FOLDER@POINT` for a sweep.
  init(_ text: String) throws {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    let point = parts.count > 1 && !Disk.isFolder(text) ? Int(parts[parts.count - 1]) : nil
    let folder = point == nil ? text : parts.dropLast().joined(separator: "@")
    let path = folder + (point == nil ? "/replications.csv" : "/results.csv")
    guard Disk.size(of: path) != nil else { throw ComparisonError.noResults(folder: text) }
    guard let records = CSVRecords.parse(Disk.contents(of: path) ?? []),
      let header = records.first,
      let status = header.firstIndex(of: "status"),
      let events = header.firstIndex(of: "events"),
      let replication = header.firstIndex(of: "replication")
    else { throw ComparisonError.unreadable(path: path) }
    metrics = Array(header[(events + 1)...])
    var numbers = [[Double]](repeating: [], count: metrics.count)
    for record in records.dropFirst() {
      guard record.count == header.count, let number = Int(record[replication]) else {
        throw ComparisonError.unreadable(path: path)
      }
      if let point, record[0] != String(point) { continue }
      for (index, text) in record[(events + 1)...].enumerated() {
        while numbers[index].count < number { numbers[index].append(.nan) }
        numbers[index].append(record[status] == "finished" ? Double(text) ?? .nan : .nan)
      }
    }
    guard numbers.contains(where: { !$0.isEmpty }) else {
      throw ComparisonError.noResults(folder: text)
    }
    self.numbers = numbers
    seed = point.map { Self.seed(ofPoint: $0, in: folder) } ?? Self.seed(in: folder)
  }

  /// That of the point's scenario, which the plan holds.
  private static func seed(ofPoint point: Int, in folder: String) -> String? {
    guard let bytes = Disk.contents(of: folder + "/plan.json"),
      let plan = try? SweepPlan(decoding: bytes), plan.seeds.indices.contains(point)
    else { return nil }
    return plan.seeds[point]
  }

  private static func seed(in folder: String) -> String? {
    guard let bytes = Disk.contents(of: folder + "/manifest.json"),
      let object = try? JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any]
    else { return nil }
    return object["seed"] as? String
  }
}

/// Why two runs cannot be compared.
public enum ComparisonError: Error, Equatable, CustomStringConvertible {
  case noResults(folder: String)
  case unreadable(path: String)
  case nothingInCommon(String, String)

  public var description: String {
    switch self {
    case .noResults(let folder):
      "\(folder): error: holds no finished run; give a folder with replications.csv, or SWEEP@POINT"
    case .unreadable(let path): "\(path): error: cannot be read as this program writes it"
    case .nothingInCommon(let a, let b): "error: \(a) and \(b) have no metric in common"
    }
  }
}
