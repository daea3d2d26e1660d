import Quantities

/// Crashes and comes back; another word for availability.
public struct Flaky: ConductPart {
  public var availability: HostCohort.Availability

  public init(_ availability: HostCohort.Availability) { self.availability = availability }

  public var isFraud: Bool { false }

  private static let span = ConductKey.Notation.span(1...315_360_000)
  private static let up = ConductKey("up", span, "Mean time for which a host stays up.")
  private static let down = ConductKey("down", span, "Mean time for which it then stays down.")

  public static let declaration = ConductDeclaration(
    "flaky", absence: "as availability says",
    "Crashes and comes back; another word for availability.", keys: [up, down])

  public init(_ values: ConductValues) {
    self.init(
      HostCohort.Availability(
        up: SimDuration(rounding: values[Self.up]), down: SimDuration(rounding: values[Self.down])))
  }
}
