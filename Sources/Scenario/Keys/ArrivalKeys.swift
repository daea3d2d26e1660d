internal import Market
internal import Quantities

/// `arrivals:`, one process.
enum ArrivalKeys {
  static let poisson = Key(
    "poisson", ProcessKeys.poisson.kind, optional: "another process is given",
    "Independent arrivals.")
  static let gamma = Key(
    "gamma", ProcessKeys.gamma.kind, optional: "another process is given",
    "Gamma renewal process; bursty when its shape is below 1.")
  static let trace = Key(
    "trace", .path, optional: "another process is given",
    "CSV file with the columns arrival_s, prompt_tokens and output_tokens, sorted by arrival; "
      + "the path is relative to the file that names it.")
  static let resample = Key(
    "resample", ResampleKeys.shape.kind, optional: "another process is given",
    "Blocks of a trace in random order, without end.")
  static let repeats = Key(
    "repeat", .flag, standard: "false",
    "Start the trace again one mean gap after its last request; to be stated when the trace is "
      + "shorter than the duration.")

  static let shape = SectionShape<RenterCohort.Arrivals>(
    declaration: SectionDeclaration(
      name: "arrivals", doc: "One of poisson, gamma, trace and resample.",
      keys: [
        poisson.declaration, gamma.declaration, trace.declaration, resample.declaration,
        repeats.declaration,
      ])
  ) { section in
    let given = ["poisson", "gamma", "trace", "resample"].filter { section.has($0) }
    let poisson = section.optional(poisson)
    let gamma = section.optional(gamma)
    let path = section.optional(trace)
    let resample = section.optional(resample)
    let repeats = section.standard(repeats)
    guard given.count == 1 else {
      complain(about: given, section)
      return nil
    }
    if section.has("repeat"), given != ["trace"] {
      section.complain(
        "repeat", "is given for \(given[0]), which never ends", do: "remove it")
      return nil
    }
    if let poisson { return poisson }
    if let gamma { return gamma }
    if let resample { return resample }
    guard let path else { return nil }
    return TraceFile.reading(path, named: section).map { .trace($0, repeats: repeats) }
  }

  private static func complain(about given: [String], _ section: Section) {
    if given.isEmpty, section.has("repeat") {
      let path = section.path.appending("trace")
      section.reading.complain(
        at: section.tree.location, "\(path)", "is missing",
        do: "give the path of a CSV file with the columns arrival_s, prompt_tokens and "
          + "output_tokens, as in --set \(path)=requests.csv")
    } else {
      section.reading.complain(
        at: section.tree.location, "\(section.path)",
        given.isEmpty ? "names no process" : "names \(given.joined(separator: " and "))",
        do: "give one of poisson, gamma, trace and resample")
    }
  }
}

/// `poisson:` and `gamma:`.
enum ProcessKeys {
  /// Arrivals per second.
  static let rateLimit = 1e7
  static let rate = Key(
    "rate", .rate(in: .above(0, to: rateLimit)), "Mean arrivals of the whole cohort.")
  static let shape = Key(
    "shape", .number(in: .from(0.01, to: 1_000)),
    "Shape of the gaps: 1 is Poisson, below 1 is burstier.")
  static let profile = Key(
    "profile", WeeklyProfile.kind, optional: "the same rate all week",
    "Relative rate by hour of the week from Monday 00:00: a fitted profile, or 168 numbers, "
      + "which are scaled to mean 1.")

  static let poisson = SectionShape<RenterCohort.Arrivals>(
    declaration: SectionDeclaration(
      name: "poisson", doc: "Independent arrivals.",
      keys: [rate.declaration, profile.declaration])
  ) { section in
    let rate = section.required(rate)
    let profile = section.optional(profile)
    return rate.map { .poisson(rate: $0, profile: profile) }
  }

  static let gamma = SectionShape<RenterCohort.Arrivals>(
    declaration: SectionDeclaration(
      name: "gamma", doc: "Gamma renewal process.",
      keys: [rate.declaration, shape.declaration, profile.declaration])
  ) { section in
    let rate = section.required(rate)
    let shape = section.required(shape)
    let profile = section.optional(profile)
    guard let rate, let shape else { return nil }
    return .gamma(rate: rate, shape: shape, profile: profile)
  }
}

/// `resample: {trace: requests.csv, meanBlock: 100}`.
enum ResampleKeys {
  static let trace = Key(
    "trace", .path,
    "CSV file with the columns arrival_s, prompt_tokens and output_tokens, sorted by arrival; "
      + "the path is relative to the file that names it.")
  static let meanBlock = Key(
    "meanBlock", .number(in: .from(1, to: 1e9)), standard: "100",
    "Mean number of successive requests that stay together; keeps bursts up to that length.")
  static let rate = Key(
    "rate", .rate(in: .above(0, to: ProcessKeys.rateLimit)), optional: "the trace's own rate",
    "Mean arrivals of the whole cohort.")

  static let shape = SectionShape<RenterCohort.Arrivals>(
    declaration: SectionDeclaration(
      name: "resample", doc: "Stationary bootstrap of a trace.",
      keys: [
        trace.declaration, meanBlock.declaration, rate.declaration,
        ProcessKeys.profile.declaration,
      ])
  ) { section in
    let path = section.required(trace)
    let meanBlock = section.standard(meanBlock)
    let rate = section.optional(rate)
    let profile = section.optional(ProcessKeys.profile)
    guard let path, let trace = TraceFile.reading(path, named: section) else { return nil }
    guard trace.requests.count > 1, trace.period > .nanoseconds(1),
      let last = trace.requests.last, last.arrival > .zero
    else {
      section.complain(
        "trace", "has no gaps between its requests", do: "name a trace of more than one moment")
      return nil
    }
    return .resampled(
      ResampledTrace(trace: trace, meanBlock: meanBlock, rate: rate, profile: profile))
  }
}

extension WeeklyProfile {
  private static let hours = 168

  /// A fitted profile's name, or a number for each hour of the week.
  static let kind = Kind<WeeklyProfile>(
    notation: .either([
      .known(.weeklyProfile), .list(.number(.from(0, to: 1e6)), range: hours...hours),
    ])
  ) { tree, path, reading in
    guard tree.items != nil else {
      return Kind<String>.known(.weeklyProfile).read(tree, path, reading)
        .flatMap(CatalogueList.weeklyProfile(named:))
    }
    let list = Kind<[Double]>.list(of: .number(in: .from(0, to: 1e6)), count: hours...hours)
    guard let values = list.read(tree, path, reading) else { return nil }
    let sum = values.reduce(0, +)
    guard sum > 0 else {
      reading.complain(
        at: tree.location, "\(path)", "is zero at every hour", do: "give some hour a rate")
      return nil
    }
    return WeeklyProfile(name: "own", hourly: values.map { $0 * Double(hours) / sum })
  }
}
