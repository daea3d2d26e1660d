internal import Market
internal import Quantities

/// `regions:`, places and the round-trip times between them.
enum RegionKeys {
  /// Round trip within a region when only pairs of different regions are given.
  static let roundTripInside = SimDuration.milliseconds(20)

  static let names = Key(
    "names", Kind<[String]>.list(of: .name, count: 1...1_000),
    "Names of the regions, unique.")
  static let roundTrip = Key(
    "roundTrip", roundTripKind,
    "Mean round-trip times: a row of durations for each region, symmetric, or [region, region, "
      + "duration] for each pair (20 ms inside a region unless given).")
  static let jitter = Key(
    "jitter", .fraction(in: .from(0, to: 1)), standard: "0.1",
    "Standard deviation of a round trip over its mean.")

  static let shape = SectionShape<RegionMap>(
    declaration: SectionDeclaration(
      name: "regions", doc: "Where hosts and renters live. Without it, all live 20 ms apart.",
      keys: [names.declaration, roundTrip.declaration, jitter.declaration])
  ) { section in
    let names = section.required(names)
    let rows = section.required(roundTrip)
    let jitter = section.standard(jitter)
    guard let names, areDistinct(names, section) else { return nil }
    section.reading.regionNames = names
    guard let rows else { return nil }
    let times =
      rows.first?.isPair == true
      ? fromPairs(rows, names, section) : fromMatrix(rows, names, section)
    return times.map { RegionMap(names: names, roundTrip: $0, jitter: jitter) }
  }

  private static func areDistinct(_ names: [String], _ section: Section) -> Bool {
    guard let index = names.indices.first(where: { names[..<$0].contains(names[$0]) }) else {
      return true
    }
    section.complain("names", "holds \"\(names[index])\" twice", do: "name each region once")
    return false
  }

  /// A row of a matrix, or a pair of regions with one time.
  struct Row: Sendable {
    var pair: [String] = []
    var times: [SimDuration] = []
    var location: SourceLocation
    var isPair: Bool { !pair.isEmpty }
  }

  private static let duration = Kind<SimDuration>.duration(
    from: .zero, to: .minutes(10), example: "90ms")

  private static let rowKind = Kind<Row>(
    notation: .list(.either([.name, duration.notation]), range: 1...1_000)
  ) { tree, path, reading in
    guard let items = tree.items, let first = items.first else {
      reading.complain(
        at: tree.location, "\(path)", "is \(tree.kindName), not a list",
        do: "give a list of durations, or [region, region, duration]")
      return nil
    }
    let startsWithNumber = first.text.flatMap { DecimalNumber.prefix(of: $0[...]) } != nil
    guard startsWithNumber || items.count == 3 else {
      reading.complain(
        at: tree.location, "\(path)", "is neither a row of durations nor a pair",
        do: "write [region, region, duration]")
      return nil
    }
    let nameCount = startsWithNumber ? 0 : 2
    let names = items.prefix(nameCount).enumerated().map {
      Kind<String>.name.read($1, path.appending($0), reading)
    }
    let times = items.enumerated().dropFirst(nameCount).map {
      duration.read($1, path.appending($0), reading)
    }
    guard names.allSatisfy({ $0 != nil }), times.allSatisfy({ $0 != nil }) else { return nil }
    return Row(
      pair: names.compactMap(\.self), times: times.compactMap(\.self), location: tree.location)
  }

  private static let roundTripKind = Kind<[Row]>.list(of: rowKind, count: 1...1_000_000)

  private static func fromMatrix(
    _ rows: [Row], _ names: [String], _ section: Section
  ) -> [SimDuration]? {
    guard rows.count == names.count else {
      section.complain(
        "roundTrip", "has \(rows.count) rows for \(names.count) regions",
        do: "give one row a region")
      return nil
    }
    for (index, row) in rows.enumerated() where row.isPair || row.times.count != names.count {
      section.reading.complain(
        at: row.location, "\(section.path.appending("roundTrip").appending(index))",
        "does not hold \(names.count) durations", do: "give one duration a region")
      return nil
    }
    for (a, row) in rows.enumerated() {
      for b in 0..<a where row.times[b] != rows[b].times[a] {
        section.reading.complain(
          at: row.location,
          "\(section.path.appending("roundTrip").appending(a).appending(b))",
          "is \(row.times[b].written), but the way back takes \(rows[b].times[a].written)",
          do: "make the matrix symmetric")
        return nil
      }
    }
    return rows.flatMap(\.times)
  }

  private static func fromPairs(
    _ rows: [Row], _ names: [String], _ section: Section
  ) -> [SimDuration]? {
    var times = [SimDuration?](repeating: nil, count: names.count * names.count)
    var isGood = true
    for (index, row) in rows.enumerated() {
      func refuse(_ whatHappened: String, do whatToDo: String) {
        isGood = false
        section.reading.complain(
          at: row.location, "\(section.path.appending("roundTrip").appending(index))",
          whatHappened, do: whatToDo)
      }
      guard row.isPair else {
        refuse("is a row among pairs", do: "write [region, region, duration]")
        continue
      }
      let ends = row.pair.map { names.firstIndex(of: $0) }
      if let unknown = zip(row.pair, ends).first(where: { $1 == nil })?.0 {
        refuse(
          "names \"\(unknown)\", which is no region",
          do: Nearest.advice(for: unknown, among: names, what: "one of"))
        continue
      }
      guard let a = ends[0], let b = ends[1] else { continue }
      if times[a * names.count + b] != nil {
        refuse("gives \(names[a]) to \(names[b]) again", do: "give each pair once")
      }
      times[a * names.count + b] = row.times[0]
      times[b * names.count + a] = row.times[0]
    }
    for a in names.indices {
      for b in a..<names.count where times[a * names.count + b] == nil {
        if a == b {
          times[a * names.count + a] = roundTripInside
        } else {
          isGood = false
          section.complain(
            "roundTrip", "has no time from \(names[a]) to \(names[b])",
            do: "add [\(names[a]), \(names[b]), 90ms] with the time that you mean")
        }
      }
    }
    return isGood ? times.compactMap(\.self) : nil
  }

  /// Weights by region of a cohort's shares; nil after a complaint.
  static func share(
    _ shares: [Share]?, of section: Section
  ) -> RegionShare? {
    guard let names = section.reading.regionNames else { return nil }
    guard let shares else {
      return RegionShare(weights: Array(repeating: 1, count: names.count))
    }
    var weights = [Double](repeating: 0, count: names.count)
    var isGood = true
    for share in shares {
      if let index = names.firstIndex(of: share.name) {
        weights[index] = share.weight
      } else {
        isGood = false
        section.complain(
          "regions", "names \(share.name.quotedForMessage), which is no region of the scenario",
          do: Nearest.advice(for: share.name, among: names, what: "one of"))
      }
    }
    return isGood ? RegionShare(weights: weights) : nil
  }
}
