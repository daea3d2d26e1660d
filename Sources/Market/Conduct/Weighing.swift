public import Quantities

/// How a host judges whether a deed pays: what the work would cost it, against what it expects to lose.
///
/// A made-up result is paid unless it is found out, with the chance q: it saves the work w, and loses
/// payment p and slash S, and with them what the host would have earned later, V. It pays while
/// w ≥ q (p + S + V); Becker's (1968) condition for a cheat who is paid all the same. A forgotten job
/// is not paid at all and is a failure for all to see: that pays while w ≥ p + S.
public struct Weighing: Sendable, Equatable, BitwiseCopyable {
  /// What the work on a job costs, USD, > 0; nil: its energy, for as long as it takes a host that has
  /// nothing else to do.
  public var saving: Double?
  /// Income of this span, at the mean of the host so far, is lost with being found out; ≥ 0.
  public var future: SimDuration
  /// Chance of being found out that the host expects at first, 0 … 1, where nobody publishes it.
  public var expects: Double
  /// Jobs of its own experience that this is worth, > 0.
  public var weight: Double

  public init(
    saving: Double? = nil, future: SimDuration = .zero, expects: Double = 0.5, weight: Double = 1
  ) {
    self.saving = saving
    self.future = future
    self.expects = expects
    self.weight = weight
  }

  /// What a host stands to lose, USD.
  struct Prospects: BitwiseCopyable {
    /// Its part.
    var payment: Double
    var slash: Double
    /// Income later.
    var later: Double
    /// Of losing all that.
    var chance: Double
  }

  func pays(work: Double, _ prospects: Prospects) -> Bool {
    work >= prospects.chance * (prospects.payment + prospects.slash + prospects.later)
  }

  /// Chance of being found out, from what became of the host's own deeds so far, as far as that is
  /// decided: the mean of a Beta distribution.
  func chance(_ deeds: HostBook.Deeds) -> Double {
    (expects * weight + Double(deeds.found)) / (weight + Double(deeds.decided))
  }

  // MARK: Keys

  private static let when = ConductKey(
    "when", .word(["always", "profitable"]), .standard("always"),
    "always, or only when it is profitable: while the work on the job costs no less than what the host "
      + "expects to lose.")
  private static let savingKey = ConductKey(
    "saving", .amount(unit: "USD", upTo: 1e9),
    .optional("the energy for it, on a host that has nothing else to do"),
    "What the work on a job costs, where the host asks whether it pays.")
  private static let futureKey = ConductKey(
    "future", .span(0...315_360_000), .standard("0h"),
    "Income of this span, as the host has earned so far, is lost too if it is found out.")
  private static let expectsKey = ConductKey(
    "expects", .share, .standard("50%"),
    "Chance of being found out that the host expects at first, where nobody publishes it."
  )
  private static let weightKey = ConductKey(
    "weight", .number(0.001...1e9), .standard("1"),
    "Jobs of its own experience that this first guess is worth.")

  /// Of what is paid to nobody, so that nothing hangs on being found out.
  static let keysOfCertainLoss = [when, savingKey]
  static let keys = [when, savingKey, futureKey, expectsKey, weightKey]

  /// Nil: the host does not ask.
  static func of(_ values: ConductValues) -> Weighing? {
    guard values[when] == 1 else { return nil }
    return Weighing(
      saving: values.given(savingKey),
      future: SimDuration(rounding: values.given(futureKey) ?? 0),
      expects: values.given(expectsKey) ?? 0.5, weight: values.given(weightKey) ?? 1)
  }
}
