import Contracts
import EVM
import Quantities

/// What replaying one case showed.
struct CaseReplay {
  var matchedSteps = 0
  var mismatches: [Mismatch] = []
  /// Of successful transactions.
  var gas: [GasComparison] = []
  /// Of reverted transactions.
  var revertedGas: [GasComparison] = []
}

extension PreparedCase {
  mutating func replay() -> CaseReplay {
    var replay = CaseReplay()
    for index in steps.indices {
      let differences = perform(steps[index], at: .step(index), into: &replay)
      if differences.isEmpty {
        replay.matchedSteps += 1
      } else {
        replay.mismatches.append(
          Mismatch(
            caseID: id, place: .step(index), label: steps[index].label, differences: differences))
      }
    }
    for index in finalCalls.indices {
      let differences = perform(finalCalls[index], at: .finalCall(index), into: &replay)
      if !differences.isEmpty {
        replay.mismatches.append(
          Mismatch(
            caseID: id, place: .finalCall(index), label: finalCalls[index].label,
            differences: differences))
      }
    }
    for balance in finalBalances {
      _ = watch.expect(balance.amount, of: balance.account, in: balance.asset)
    }
    var comparison = Comparison(names: names)
    comparison.add(watch.differences(in: world))
    if !comparison.differences.isEmpty {
      replay.mismatches.append(
        Mismatch(
          caseID: id, place: .finalBalances, label: "balances", differences: comparison.differences)
      )
    }
    return replay
  }

  private mutating func perform(
    _ step: Step, at place: Mismatch.Place, into replay: inout CaseReplay
  ) -> [Difference] {
    guard let outcome = world.perform(step.action), let expectation = step.expectation else {
      return []
    }
    var comparison = Comparison(names: names)
    comparison.compare(outcome, with: expectation, in: world)
    let isComparable = !reentrantWalletActs(in: step, outcome: outcome, expectation)
    for balance in expectation.balances {
      _ = watch.expect(balance.amount, of: balance.account, in: balance.asset)
    }
    comparison.add(watch.differences(in: world))
    if isComparable, let expected = expectation.gasUsed, case .transaction = step.action {
      let gas = GasComparison(
        label: step.label, place: "\(id) \(place)", got: outcome.gas.used, expected: expected)
      switch (expectation.result, outcome.result) {
      case (.success, .success): replay.gas.append(gas)
      case (.reverted, .reverted): replay.revertedGas.append(gas)
      default: break
      }
    }
    return comparison.differences
  }

  /// Whether a wallet that keeps books when it receives ETH received any: that gas is the
  /// harness's own, not the contracts'.
  private func reentrantWalletActs(
    in step: Step, outcome: TransactionOutcome, _ expectation: Expectation
  ) -> Bool {
    guard case .transaction(_, let sender, let value) = step.action else { return false }
    for wallet in reentrantWallets {
      if outcome.events.contains(where: { $0.contract == wallet }) { return true }
      if expectation.events?.contains(where: { $0.contract == wallet }) == true { return true }
      // A failed receipt leaves no trace but the revert that it caused.
      if sender == wallet, case .reverted = expectation.result { return true }
      guard let before = watch.expected(of: wallet, in: "eth") else { continue }
      let after =
        expectation.balances.last { $0.account == wallet && $0.asset == "eth" }?.amount ?? before
      let (paid, _) = before.subtractingReportingOverflow(sender == wallet ? value : .zero)
      if case .success = expectation.result, after != paid { return true }
    }
    return false
  }
}
