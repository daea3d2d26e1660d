import Foundation

extension FileReport {
  /// The report for people: counts, skipped cases, first mismatches, gas errors.
  public var text: String { (summaryLines + functionLines).joined(separator: "\n") }

  /// The same without the functions.
  public var summary: String { summaryLines.joined(separator: "\n") }

  private var summaryLines: [String] {
    var lines = [
      "\(file)",
      "  cases \(cases), steps \(steps), matched \(matched), skipped \(skippedSteps)"
        + ", mismatches \(mismatches)",
    ]
    for skipped in skippedCases {
      lines.append("  skipped \(skipped.id), \(skipped.steps) steps: \(skipped.reason)")
    }
    for mismatch in firstMismatches {
      lines.append("  mismatch in \(mismatch.caseID), \(mismatch.place), \(mismatch.label)")
      for difference in mismatch.differences {
        lines.append("    \(difference.field)")
        lines.append("      expected \(difference.expected)")
        lines.append("      got      \(difference.got)")
      }
    }
    lines.append("  gas error, successful transactions: \(Self.summary(of: gas))")
    lines.append("  gas error, reverted transactions:   \(Self.summary(of: revertedGas))")
    lines.append("  gas error, deployments:             \(Self.summary(of: deploymentGas))")
    return lines
  }

  private var functionLines: [String] {
    var lines = gasByFunction.isEmpty ? [] : [Self.row("n", "mean", "max", "function")]
    for (function, errors) in gasByFunction.sorted(by: { $0.key < $1.key }) {
      lines.append(
        Self.row(
          "\(errors.count)", Self.percent(errors.mean), Self.percent(errors.max), function))
      if let worst = errors.worst {
        lines.append(
          "    worst in \(worst.place): expected \(worst.expected), got \(worst.got)")
      }
    }
    return lines
  }

  private static func summary(of errors: GasErrors) -> String {
    guard errors.count > 0 else { return "none compared" }
    return "n \(errors.count), mean \(percent(errors.mean)), signed mean "
      + "\(percent(errors.signedMean)), p50 \(percent(errors.quantile(0.5))), p95 "
      + "\(percent(errors.quantile(0.95))), p99 \(percent(errors.quantile(0.99))), max "
      + "\(percent(errors.max)), within 1 % \(percent(errors.shareWithin1Percent)), within 3 % "
      + percent(errors.shareWithin3Percent)
  }

  private static func percent(_ ratio: Double?) -> String {
    guard let ratio else { return "-" }
    return String(format: "%.4f%%", ratio * 100)
  }

  private static func row(
    _ count: String, _ mean: String, _ max: String, _ function: String
  ) -> String {
    "  \(column(count, 6)) \(column(mean, 9)) \(column(max, 9))  \(function)"
  }

  private static func column(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}
