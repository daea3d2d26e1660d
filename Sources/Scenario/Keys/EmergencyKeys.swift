internal import Market
internal import Quantities

/// `emergency: {failures: 10, window: 10min, delay: 5min, pause: 30min}`.
enum EmergencyKeys {
  private static func span(_ example: String) -> Kind<SimDuration> {
    .duration(from: .seconds(1), to: .days(365), example: example)
  }

  private static let failures = Key(
    "failures", .integer(in: 1...1_000_000),
    "Failures of jobs within the window from which on the council acts.")
  private static let window = Key("window", span("10min"), "Time in which so many must fail.")
  private static let delay = Key(
    "delay", span("5min"), "From the failure that alarms the council to its transaction.")
  private static let pause = Key(
    "pause", span("30min"), "From the council's pause to its transaction that ends it.")

  static let shape = SectionShape<EmergencyCouncil>(
    declaration: SectionDeclaration(
      name: "emergency",
      doc: "Holders of governance's emergency role, who stop the marketplace when many jobs fail.",
      keys: [
        failures.declaration, window.declaration, delay.declaration, pause.declaration,
      ])
  ) { section in
    let failures = section.required(failures)
    let window = section.required(window)
    let delay = section.required(delay)
    let pause = section.required(pause)
    guard let failures, let window, let delay, let pause else { return nil }
    return EmergencyCouncil(failures: failures, window: window, delay: delay, pause: pause)
  }
}
