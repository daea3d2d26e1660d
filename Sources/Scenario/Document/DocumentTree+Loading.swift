extension DocumentTree {
  /// Largest scenario file, bytes.
  static let sizeLimit = 1 << 20
  /// Most files that one scenario builds on.
  static let extensionLimit = 32
  static let version = "1"

  /// The scenario at `path` laid over what it extends; nil when a complaint says why not.
  ///
  /// - Parameter place: Where the path is written, when in a file.
  static func loading(
    path: String, namedAt place: SourceLocation? = nil, _ reading: Reading
  ) -> DocumentTree? {
    let bytes = read(path, limit: sizeLimit, reading) { problem in
      if let place {
        reading.complain(
          at: place, "scenario", "names \(path), which \(problem.whatHappened)",
          do: "give the path of a scenario file, relative to this one")
      } else {
        reading.complain(
          at: SourceLocation(source: path), "the file", problem.whatHappened,
          do: "give the path of a scenario file")
      }
    }
    return bytes.flatMap { extending(bytes: $0, path: path, chain: [path.normalizedPath], reading) }
  }

  /// The sweep at `path`; nil when a complaint says why not.
  static func loadingSweep(path: String, _ reading: Reading) -> DocumentTree? {
    let bytes = read(path, limit: sizeLimit, reading) { problem in
      reading.complain(
        at: SourceLocation(source: path), "the file", problem.whatHappened,
        do: "give the path of a sweep file")
    }
    return bytes.flatMap { document(bytes: $0, path: path, key: "sweep", reading) }
  }

  private static func read(
    _ path: String, limit: Int, _ reading: Reading, orElse complain: (FileProblem) -> Void
  ) -> [UInt8]? {
    switch reading.files(path, limit) {
    case .success(let bytes): return bytes
    case .failure(let problem):
      complain(problem)
      return nil
    }
  }

  private static func extending(
    bytes: [UInt8], path: String, chain: [String], _ reading: Reading
  ) -> DocumentTree? {
    guard let own = document(bytes: bytes, path: path, reading) else { return nil }
    guard let entry = own.entry("extends") else { return own }
    guard let basePath = entry.value.text, !basePath.isEmpty else {
      reading.complain(
        at: entry.value.location, "extends", "is \(entry.value.kindName), not a path",
        do: "give the path of one scenario file, relative to this one")
      return nil
    }
    let resolved = basePath.resolved(besides: path)
    if let first = chain.firstIndex(of: resolved.normalizedPath) {
      let circle = chain[first...] + [resolved.normalizedPath]
      reading.complain(
        at: entry.value.location, "extends",
        "goes round in a circle: \(circle.joined(separator: " → "))",
        do: "extend a file that does not extend this one")
      return nil
    }
    guard chain.count < extensionLimit else {
      reading.complain(
        at: entry.value.location, "extends",
        "is the step from file \(chain.count) to yet another below \(chain[0])",
        do: "build a scenario on at most \(extensionLimit - 1) others")
      return nil
    }
    let baseBytes = read(resolved, limit: sizeLimit, reading) { problem in
      reading.complain(
        at: entry.value.location, "extends", "names \(resolved), which \(problem.whatHappened)",
        do: "give the path of a scenario file, relative to this one")
    }
    guard let baseBytes else { return nil }
    let base = extending(
      bytes: baseBytes, path: resolved, chain: chain + [resolved.normalizedPath], reading)
    return base.map { own.merged(over: $0) }
  }

  /// One file's own content: a map of the right version.
  ///
  /// - Parameter format: The key that states the version, and says what the file is.
  private static func document(
    bytes: [UInt8], path: String, key format: String = "marketsim", _ reading: Reading
  ) -> DocumentTree? {
    let rank = reading.nextRank()
    func refuse(
      _ key: String, _ whatHappened: String, line: Int = 1, column: Int = 1, do whatToDo: String
    ) {
      let place = SourceLocation(source: path, line: line, column: column, rank: rank)
      reading.complain(at: place, key, whatHappened, do: whatToDo)
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      let (line, column) = firstInvalidPlace(in: bytes)
      refuse("the file", "is not UTF-8 text", line: line, column: column, do: "save it as UTF-8")
      return nil
    }
    let errorCount = reading.errors.count
    guard let tree = parsing(text, source: path, rank: rank, reading) else {
      if reading.errors.count == errorCount {
        refuse("the file", "is empty", do: "start it with \"\(format): \(version)\"")
      }
      return nil
    }
    guard tree.entries != nil else {
      refuse(
        "the file", "holds \(tree.kindName), not a scenario",
        do: "start it with \"\(format): \(version)\" and give one key a line")
      return nil
    }
    guard let stated = tree.entry(format) else {
      let other = format == "sweep" ? "marketsim" : "sweep"
      let advice =
        tree.entry(other) == nil
        ? "start the file with \"\(format): \(version)\""
        : other == "sweep"
          ? "use marketsim sweep for sweep files" : "give a sweep file, or use marketsim run"
      refuse(format, "is missing", do: advice)
      return nil
    }
    guard stated.value.text == version else {
      reading.complain(
        at: stated.value.location, format,
        "is \(stated.value.kindName), a version of the format that is not known",
        do: "write \(version)")
      return nil
    }
    return tree
  }

  /// Where the longest valid prefix ends, from 1.
  private static func firstInvalidPlace(in bytes: [UInt8]) -> (line: Int, column: Int) {
    var line = 1
    var column = 1
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    while case .scalarValue(let scalar) = decoder.decode(&iterator) {
      column += 1
      if scalar == "\n" { (line, column) = (line + 1, 1) }
    }
    return (line, column)
  }
}
