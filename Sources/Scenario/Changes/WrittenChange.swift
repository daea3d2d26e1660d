internal import Quantities

/// An element of `changes:` before its names are looked up.
struct WrittenChange: Sendable {
  var at: SimDuration
  var duration: SimDuration?
  var settings: [WrittenSetting]
  var demand: WrittenDemand?
  var outage: WrittenOutage?
  var path: DocumentPath
  /// Of its time.
  var location: SourceLocation
}

/// A key of the scenario and the value that it takes.
struct WrittenSetting: Sendable {
  var path: DocumentPath
  /// As written before the colon.
  var writtenPath: String
  var value: DocumentTree
  var location: SourceLocation
  /// Where it stands in the scenario.
  var place: DocumentPath
}

struct WrittenDemand: Sendable {
  var renters: String?
  var factor: Double
  var location: SourceLocation
}

enum WrittenOutage: Sendable {
  struct Hosts: Sendable {
    var cohort: String?
    var cohortLocation: SourceLocation
    var region: String?
    var regionLocation: SourceLocation
    var share: Double
  }

  case sequencer
  case hosts(Hosts)
}

extension Kind where Value == [WrittenSetting] {
  /// A map from paths, as `--set` takes them, to values.
  static var settings: Kind {
    Kind(notation: .pathValues) { tree, path, reading in
      guard let entries = tree.entries, !entries.isEmpty else {
        reading.complain(
          at: tree.location, "\(path)",
          tree.entries == nil
            ? "is \(tree.kindName), not a map from paths to values" : "names no key",
          do: "write it as in {chain.ethPrice: 1500 USD, protocol.slash: 50%}")
        return nil
      }
      var settings: [WrittenSetting] = []
      for entry in entries {
        guard let target = DocumentPath(parsing: entry.key) else {
          reading.complain(
            at: entry.keyLocation, "\(path.appending(entry.key))", "is not a path",
            do: "write it as in chain.ethPrice or renters.chat.patience")
          continue
        }
        settings.append(
          WrittenSetting(
            path: target, writtenPath: entry.key, value: entry.value,
            location: entry.keyLocation, place: path.appending(entry.key)))
      }
      return settings.count == entries.count ? settings : nil
    }
  }
}
