internal import Experiments
internal import Market
internal import Quantities

/// A recorded trace: CSV with a header and the columns `arrival_s`, `prompt_tokens` and
/// `output_tokens` in any order, others allowed, rows sorted by arrival.
///
/// Arrivals become whole nanoseconds, rounded to nearest.
struct TraceFile {
  /// Problems of one trace that are reported; its further ones are counted.
  static let complaintLimit = 20
  /// 2 GiB; some 100 million requests.
  static let sizeLimit = 1 << 31
  static let tokenLimit = 1_000_000
  static let arrivalLimit = SimDuration.days(3_650)

  private var table: CSVScanner
  private let path: String
  private let rank: Int
  private let reading: Reading
  private var complaintCount = 0

  /// Reads the trace that `section` (an `arrivals:`) names; nil after complaints.
  static func reading(_ name: String, named section: Section) -> RequestTrace? {
    let origin = section.location(of: "trace")
    // An override is typed in the working directory, a key is written beside its file.
    let path = origin.line == 0 ? name : name.resolved(besides: origin.source)
    if let known = section.reading.traces?.trace(path) { return known }
    switch section.reading.files(path, sizeLimit) {
    case .failure(let problem):
      section.complain(
        "trace", "names \(path), which \(problem.whatHappened)", do: "give the path of a CSV file")
      return nil
    case .success(let bytes):
      var file = TraceFile(bytes: bytes, path: path, section.reading)
      guard let requests = file.requests() else { return nil }
      let trace = RequestTrace(
        path: name, contentDigest: SHA256.hexadecimal(of: bytes), requests: requests)
      section.reading.traces?.keep(trace, at: path)
      return trace
    }
  }

  private init(bytes: [UInt8], path: String, _ reading: Reading) {
    table = CSVScanner(bytes)
    self.path = path
    self.reading = reading
    rank = reading.nextRank()
  }

  private mutating func complain(
    line: Int, column: Int, _ key: String, _ whatHappened: String, do whatToDo: String
  ) {
    complaintCount += 1
    guard complaintCount <= Self.complaintLimit else { return }
    let place = SourceLocation(source: path, line: line, column: column, rank: rank)
    reading.complain(at: place, key, whatHappened, do: whatToDo)
  }

  private mutating func requests() -> [RequestTrace.Request]? {
    guard let columns = header() else { return nil }
    var requests: [RequestTrace.Request] = []
    var last = SimDuration.zero
    while table.nextRow() {
      if table.isBlankRow { continue }
      let arrival = self.arrival(columns.arrival, notBefore: last)
      let prompt = self.tokens(columns.prompt, "prompt_tokens")
      let output = self.tokens(columns.output, "output_tokens")
      guard let arrival, let prompt, let output else { continue }
      last = arrival
      requests.append(.init(arrival: arrival, promptTokens: prompt, outputTokens: output))
    }
    let surplus = complaintCount - Self.complaintLimit
    if surplus > 0 {
      let place = SourceLocation(source: path, line: table.line + 1, column: 1, rank: rank)
      reading.complain(
        at: place, "the trace", "has \(surplus.grouped) more problems", do: "mend those first")
    }
    if complaintCount == 0, requests.isEmpty {
      complain(
        line: max(1, table.line), column: 1, "the trace", "has no requests", do: "add a row")
    }
    return complaintCount == 0 ? requests : nil
  }

  private mutating func header() -> (arrival: Int, prompt: Int, output: Int)? {
    let names = ["arrival_s", "prompt_tokens", "output_tokens"]
    guard table.nextRow() else {
      complain(
        line: 1, column: 1, "the trace", "is empty",
        do: "start it with the header \(names.joined(separator: ","))")
      return nil
    }
    let header = table.fields.indices.map { table.text($0).trimmingSpaces }
    let columns = names.map { name -> Int? in
      let matches = header.indices.filter { header[$0] == name }
      if matches.count == 1 { return matches[0] }
      complain(
        line: 1, column: matches.count > 1 ? table.column(matches[1]) : 1, name,
        matches.isEmpty ? "is no column of the trace" : "is a column twice",
        do: matches.isEmpty
          ? "name it in the header, which has \(Nearest.list(header.map(\.quotedForMessage)))"
          : "keep one of them")
      return nil
    }
    guard let arrival = columns[0], let prompt = columns[1], let output = columns[2] else {
      return nil
    }
    return (arrival, prompt, output)
  }

  private mutating func arrival(_ field: Int, notBefore last: SimDuration) -> SimDuration? {
    if let quick = quickArrival(field), quick >= last { return quick }
    guard let text = self.field(field, "arrival_s") else { return nil }
    func refuse(_ whatHappened: String, do whatToDo: String) -> SimDuration? {
      complain(
        line: table.line, column: table.column(field), "arrival_s",
        "is \(text.quotedForMessage), \(whatHappened)", do: whatToDo)
      return nil
    }
    guard let (number, rest) = DecimalNumber.prefix(of: text[...]), rest.isEmpty,
      number.double.isFinite
    else { return refuse("not a number", do: "write seconds as in 12.5") }
    guard !number.isNegative || number.digits == 0 else {
      return refuse("a negative time", do: "count seconds from the start of the trace")
    }
    guard number.double <= Self.arrivalLimit.seconds else {
      return refuse(
        "which is out of range", do: "stay within \(Self.arrivalLimit.seconds.plain) s")
    }
    let arrival =
      number.integer(times: 1_000_000_000).map { SimDuration(nanoseconds: Int64($0)) }
      ?? SimDuration(rounding: number.double)
    guard arrival >= last else {
      return refuse("earlier than the row before", do: "sort the rows by arrival_s")
    }
    return arrival
  }

  /// A plain number in range; nil leaves the judgement to the slow way.
  private func quickArrival(_ field: Int) -> SimDuration? {
    guard field < table.fields.count, let (digits, decimals) = table.plainNumber(field),
      decimals <= 9
    else { return nil }
    let scale = Self.powersOfTen[9 - decimals]
    let (ticks, overflow) = Int64(digits).multipliedReportingOverflow(by: scale)
    return overflow || ticks > Self.arrivalLimit.nanoseconds
      ? nil : SimDuration(nanoseconds: ticks)
  }

  private static let powersOfTen: [Int64] = [
    1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
  ]

  private mutating func tokens(_ field: Int, _ name: String) -> Int32? {
    if field < table.fields.count, let (digits, decimals) = table.plainNumber(field),
      decimals == 0, digits >= 1, digits <= UInt64(Self.tokenLimit)
    {
      return Int32(digits)
    }
    guard let text = self.field(field, name) else { return nil }
    if let (number, rest) = DecimalNumber.prefix(of: text[...]), rest.isEmpty,
      let count = number.integer(), (1...Self.tokenLimit).contains(count)
    {
      return Int32(count)
    }
    complain(
      line: table.line, column: table.column(field), name,
      "is \(text.quotedForMessage), not a count of tokens",
      do: "write a whole number, 1 to \(Self.tokenLimit.grouped)")
    return nil
  }

  /// A row's field; complains when the row is too short.
  private mutating func field(_ index: Int, _ name: String) -> String? {
    if index < table.fields.count { return table.text(index).trimmingSpaces }
    complain(
      line: table.line, column: table.column(table.fields.count - 1), name,
      "is missing: the row has \(table.fields.count) fields", do: "give every column a value")
    return nil
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    guard first == " " || last == " " else { return self }
    return String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
