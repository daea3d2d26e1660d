/// One result known from theory or from a publication, and how the program's own parts reproduce it.
public struct ValidationCheck: Sendable {
  /// As `--only` takes it.
  public let name: String
  /// One sentence: what must come out.
  public let promise: String
  private let measure: @Sendable (ValidationEffort) -> [ValidationRow]

  init(
    _ name: String, _ promise: String,
    measure: @escaping @Sendable (ValidationEffort) -> [ValidationRow]
  ) {
    self.name = name
    self.promise = promise
    self.measure = measure
  }

  /// Some seconds of one core at full effort.
  public func run(_ effort: ValidationEffort = ValidationEffort()) -> [ValidationRow] {
    measure(effort)
  }
}

/// How much is simulated, and from which seeds.
public struct ValidationEffort: Sendable {
  /// 1: intervals are as narrow as they have to be. Below, they are wider and width does not count.
  public var scale = 1.0
  /// 0: the seeds of the table; others give fresh random numbers.
  public var seed: UInt64 = 0

  public init() {}

  /// So many of `full`, at least 1,000.
  func count(_ full: Int) -> Int { Swift.max(1000, Int(Double(full) * scale)) }
}
