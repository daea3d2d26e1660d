extension FileReport {
  /// One JSON object on one line. Errors are ratios (0.01 is 1 %), null when nothing was compared.
  public var json: String {
    let members: [(String, String)] = [
      ("file", Rendering.quoted(Array(file.utf8))),
      ("cases", "\(cases)"),
      ("steps", "\(steps)"),
      ("matched", "\(matched)"),
      ("skipped", "\(skippedSteps)"),
      ("skipped_cases", "\(skippedCases.count)"),
      ("mismatches", "\(mismatches)"),
      ("gas_n", "\(gas.count)"),
      ("gas_error_mean", Self.number(gas.mean)),
      ("gas_error_signed_mean", Self.number(gas.signedMean)),
      ("gas_error_p50", Self.number(gas.quantile(0.5))),
      ("gas_error_p95", Self.number(gas.quantile(0.95))),
      ("gas_error_p99", Self.number(gas.quantile(0.99))),
      ("gas_error_max", Self.number(gas.count == 0 ? nil : gas.max)),
      ("gas_within_1pct", Self.number(gas.shareWithin1Percent)),
      ("gas_within_3pct", Self.number(gas.shareWithin3Percent)),
    ]
    return "{\(members.map { "\"\($0.0)\":\($0.1)" }.joined(separator: ","))}"
  }

  private static func number(_ value: Double?) -> String { value.map { "\($0)" } ?? "null" }
}
