public import Quantities

/// Requests as a real server logged them, with the latencies that it reached.
public struct ReplayLog: Equatable, Sendable {
  public struct Request: Equatable, Sendable {
    public let line: Int
    public let arrival: SimTime
    public let promptTokens: Int32
    public let outputTokens: Int32
    public let measured: Latencies
  }

  /// Seconds from a request's arrival.
  public struct Latencies: Equatable, Sendable {
    public let firstToken: Double
    public let end: Double

    /// Mean time per output token after the first.
    func perToken(outputTokens: Int32) -> Double {
      (end - firstToken) / Double(max(1, outputTokens - 1))
    }
  }

  public struct Problem: Error, Equatable, CustomStringConvertible, Sendable {
    public let line: Int
    public let column: Int
    public let message: String
    public var description: String { "\(line):\(column): error: \(message)" }
  }

  public struct Problems: Error, Equatable, Sendable {
    public let all: [Problem]
  }

  /// In order of arrival.
  public let requests: [Request]

  /// Reads the columns `arrival_s, prompt_tokens, output_tokens, ttft_s, latency_s`; others are
  /// ignored.
  ///
  /// - Throws: Every problem of the file: a missing column, a cell that is no number or out of range,
  ///   arrivals out of order, a first token after the end.
  public init(parsing bytes: [UInt8]) throws(Problems) {
    let table: CSVTable
    do {
      table = try CSVTable(parsing: bytes)
    } catch {
      throw Problems(all: [
        Problem(line: error.line, column: error.column, message: error.message)
      ])
    }
    var reader = ReplayReader(table)
    let requests = table.rows.compactMap { reader.request($0) }
    if table.rows.isEmpty && reader.problems.isEmpty {
      reader.problems = [Problem(line: 1, column: 1, message: "the log holds no requests")]
    }
    guard reader.problems.isEmpty else { throw Problems(all: reader.problems) }
    self.requests = requests
  }
}

private struct ReplayReader {
  var problems: [ReplayLog.Problem] = []
  private var columns: [String: Int] = [:]
  private var lastArrival = -1.0

  init(_ table: CSVTable) {
    let wanted = ["arrival_s", "prompt_tokens", "output_tokens", "ttft_s", "latency_s"]
    for name in wanted { columns[name] = table.column(name) }
    let missing = wanted.filter { columns[$0] == nil }
    guard !missing.isEmpty else { return }
    problems.append(
      ReplayLog.Problem(
        line: 1, column: 1,
        message: "a log needs the columns \(wanted.joined(separator: ", ")); missing here: "
          + missing.joined(separator: ", ")))
  }

  mutating func request(_ row: [CSVTable.Cell]) -> ReplayLog.Request? {
    let arrival = number(row, "arrival_s", in: 0...1e9)
    if let arrival {
      if arrival < lastArrival {
        complain(row, "arrival_s", "is before the request above it; sort the log by arrival")
      }
      lastArrival = max(lastArrival, arrival)
    }
    guard let arrival, let prompt = integer(row, "prompt_tokens"),
      let output = integer(row, "output_tokens"),
      let first = number(row, "ttft_s", in: 1e-9...1e9),
      let end = number(row, "latency_s", in: 1e-9...1e9)
    else { return nil }
    if end < first {
      complain(row, "latency_s", "ends before its first token at \(first) s")
    }
    return ReplayLog.Request(
      line: row[0].line, arrival: SimTime.zero + SimDuration(rounding: arrival),
      promptTokens: prompt, outputTokens: output,
      measured: ReplayLog.Latencies(firstToken: first, end: end))
  }

  private mutating func number(
    _ row: [CSVTable.Cell], _ name: String, in range: ClosedRange<Double>
  ) -> Double? {
    guard let index = columns[name] else { return nil }
    guard let value = Double(row[index].text), value.isFinite else {
      complain(row, name, "is not a number")
      return nil
    }
    guard range.contains(value) else {
      complain(row, name, "is out of range \(range.lowerBound) … \(range.upperBound)")
      return nil
    }
    return value
  }

  private mutating func integer(_ row: [CSVTable.Cell], _ name: String) -> Int32? {
    guard let index = columns[name] else { return nil }
    guard let value = Int32(row[index].text), (1...10_000_000).contains(value) else {
      complain(row, name, "is not a whole number of tokens from 1 to 10000000")
      return nil
    }
    return value
  }

  private mutating func complain(_ row: [CSVTable.Cell], _ name: String, _ message: String) {
    guard let index = columns[name] else { return }
    let cell = row[index]
    problems.append(
      ReplayLog.Problem(
        line: cell.line, column: cell.column, message: "\(name) \"\(cell.text)\" \(message)"))
  }
}
