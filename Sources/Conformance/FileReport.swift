/// What replaying one vector file showed.
///
/// `steps` = `matched` + mismatched steps + `skippedSteps`; the checks after a case's last step are
/// counted apart, in `mismatches`.
public struct FileReport: Sendable {
  public var file: String
  public private(set) var cases = 0
  public private(set) var steps = 0
  public private(set) var matched = 0
  public private(set) var skippedCases: [SkippedCase] = []
  /// Every step, final call or set of final balances that differed.
  public private(set) var mismatches = 0
  /// The first difference of each of the first cases that differed.
  public private(set) var firstMismatches: [Mismatch] = []
  /// Successful transactions, steps in which a reentrant wallet acts excepted.
  public private(set) var gas = GasErrors()
  public private(set) var gasByFunction: [String: GasErrors] = [:]
  public private(set) var revertedGas = GasErrors()
  public private(set) var deploymentGas = GasErrors()

  /// Cases whose first difference is shown.
  static let shownMismatches = 10

  init(file: String) { self.file = file }

  /// Several files as if they were one.
  public init(total reports: [FileReport]) {
    file = "\(reports.count) files"
    for report in reports {
      cases += report.cases
      steps += report.steps
      matched += report.matched
      mismatches += report.mismatches
      skippedCases += report.skippedCases
      firstMismatches += report.firstMismatches.prefix(Self.shownMismatches - firstMismatches.count)
      gas.add(report.gas)
      gasByFunction.merge(report.gasByFunction) { sum, errors in
        var sum = sum
        sum.add(errors)
        return sum
      }
      revertedGas.add(report.revertedGas)
      deploymentGas.add(report.deploymentGas)
    }
  }

  public var skippedSteps: Int { skippedCases.reduce(0) { $0 + $1.steps } }

  mutating func add(_ skipped: SkippedCase) {
    cases += 1
    steps += skipped.steps
    skippedCases.append(skipped)
  }

  /// A case that could not even be set up: none of its steps counts as matched.
  mutating func add(_ mismatch: Mismatch, steps: Int) {
    cases += 1
    self.steps += steps
    note([mismatch])
  }

  mutating func add(_ replay: CaseReplay, steps: Int, deployments: [GasComparison]) {
    cases += 1
    self.steps += steps
    matched += replay.matchedSteps
    note(replay.mismatches)
    for comparison in replay.gas {
      gas.add(comparison)
      gasByFunction[comparison.label, default: GasErrors()].add(comparison)
    }
    for comparison in replay.revertedGas { revertedGas.add(comparison) }
    for comparison in deployments { deploymentGas.add(comparison) }
  }

  private mutating func note(_ found: [Mismatch]) {
    mismatches += found.count
    if let first = found.first, firstMismatches.count < Self.shownMismatches {
      firstMismatches.append(first)
    }
  }
}
