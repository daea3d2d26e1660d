/// A quantity that every replication reports, declared once.
///
/// Column names of `replications.csv`, rows of `summary.csv`, labels and the column documentation
/// all follow from the declaration. Two metrics are the same when their names are.
public struct Metric: Sendable {
  /// How the simulation comes by the numbers.
  public enum Observation: String, Sendable {
    /// One number for each thing that happened: a latency for each job.
    case tally
    /// A level that persists, weighted by how long it did.
    case timeWeighted
    /// How often something happened, or the sum over all happenings.
    case counted
    /// Read or computed once, when the run ends.
    case atEnd
  }

  /// Lower case with underscores, without unit or statistic: `latency`, `host_utilisation`.
  public let name: String
  public let unit: MeasureUnit
  public let observed: Observation
  /// What is kept of the observations, in column order; never empty.
  public let summary: [Statistic]
  /// One sentence for the column documentation.
  public let meaning: String

  public init(
    name: String, unit: MeasureUnit, observed: Observation, summary: [Statistic] = [.value],
    meaning: String
  ) {
    precondition(!summary.isEmpty, "metric \(name) keeps no statistic")
    precondition(
      !name.isEmpty && name.utf8.allSatisfy(Self.isNameByte),
      "metric name \"\(name)\" is not lower case letters, digits and underscores")
    self.name = name
    self.unit = unit
    self.observed = observed
    self.summary = summary
    self.meaning = meaning
  }

  /// `latency_p95`: the name that `expect:` lines and `summary.csv` use.
  ///
  /// A metric whose only statistic is its mean or value goes by its bare name.
  public func name(of statistic: Statistic) -> String {
    guard let qualifier = statistic.qualifier, summary != [.mean] else { return name }
    return "\(name)_\(qualifier)"
  }

  /// `latency_p95_s`: the header in `replications.csv`. A number of observations has no unit.
  public func header(of statistic: Statistic) -> String {
    unit(of: statistic).header(for: name(of: statistic))
  }

  public func unit(of statistic: Statistic) -> MeasureUnit {
    statistic == .observations ? .count : unit
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    (0x61...0x7a).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5f
  }
}
