/// A limit on one latency of a host's requests, such as `ttft_p95=2s`.
public struct ServiceLevel: Equatable, Sendable, CustomStringConvertible {
  public enum Latency: String, CaseIterable, Sendable {
    case firstToken = "ttft"
    case perOutputToken = "tpot"
    case endToEnd = "latency"
  }

  public let latency: Latency
  /// 0 … 1; nil for the mean.
  public let quantile: Double?
  /// In seconds, above 0.
  public let limit: Double
  /// As it was written.
  public let description: String

  /// Without its limit, `ttft_p95`.
  public var name: String { String(description.prefix { $0 != "=" }) }

  public struct Problem: Error, Equatable, CustomStringConvertible, Sendable {
    public let description: String
  }

  /// - Parameter text: `ttft`, `tpot` or `latency`, then `_mean` or `_p` and a percentage, `=` and a
  ///   time in ms, s or min.
  public init(parsing text: String) throws(Problem) {
    func problem(_ reason: String) -> Problem {
      Problem(description: "service level \"\(text)\" \(reason); write it as in ttft_p95=2s")
    }
    let sides = text.split(separator: "=", omittingEmptySubsequences: false)
    guard sides.count == 2 else { throw problem("is not name=time") }
    let words = sides[0].split(separator: "_", omittingEmptySubsequences: false)
    guard words.count == 2, let latency = Latency(rawValue: String(words[0])) else {
      throw problem("names none of ttft, tpot and latency")
    }
    if words[1] == "mean" {
      quantile = nil
    } else {
      guard words[1].hasPrefix("p"), let percent = Double(words[1].dropFirst()),
        percent > 0, percent < 100
      else { throw problem("has neither _mean nor a percentile from _p1 to _p99.9") }
      quantile = percent / 100
    }
    guard let limit = Self.seconds(sides[1]), limit > 0, limit <= 1e6 else {
      throw problem("has no time in ms, s or min above 0")
    }
    self.latency = latency
    self.limit = limit
    description = text
  }

  private static func seconds(_ text: Substring) -> Double? {
    for (unit, seconds) in [("ms", 1e-3), ("min", 60), ("s", 1)] where text.hasSuffix(unit) {
      guard let value = Double(text.dropLast(unit.count)), value.isFinite else { return nil }
      return value * seconds
    }
    return nil
  }

  /// The latency that the limit is about, in seconds; nil where no request has it.
  public func value(in outcome: LoadTest.Outcome) -> Double? {
    let sample =
      switch latency {
      case .firstToken: Optional(outcome.firstToken)
      case .perOutputToken: outcome.perOutputToken
      case .endToEnd: Optional(outcome.endToEnd)
      }
    return sample.map { sample in quantile.map { sample.quantile($0) } ?? sample.mean }
  }

  public func isMet(by outcome: LoadTest.Outcome) -> Bool {
    value(in: outcome).map { $0 <= limit } ?? true
  }
}
