internal import Contracts
internal import Market
internal import Quantities

/// What would come after the end of the run, and so never.
extension Reading {
  func checkTimes(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let top = DocumentPath.top
    if case .steadyState(let warmUp?) = configuration.horizon, warmUp >= configuration.duration {
      complain(
        top.appending("horizon").appending("steadyState").appending("warmUp"), tree,
        "leaves nothing of the duration", do: "stay below \(configuration.duration.written)")
    }
    if let interval = configuration.outputs.sampleInterval {
      checkWithin(
        interval, top.appending("outputs").appending("sampleInterval"), configuration, tree)
    }
    if let guardian = configuration.guardian {
      checkWithin(guardian.delay, top.appending("guardian").appending("delay"), configuration, tree)
    }
    if let emergency = configuration.emergency {
      let path = top.appending("emergency").appending("delay")
      checkWithin(emergency.delay, path, configuration, tree)
    }
    for (index, host) in configuration.hosts.enumerated() where host.isReviewed {
      let path = top.appending("hosts").appending(index).appending("review")
      // A short look at a long scenario keeps the standard.
      guard tree.part(at: path) != nil else { continue }
      checkWithin(host.review, path, configuration, tree)
    }
    checkDeadlines(configuration, tree)
  }

  private func checkWithin(
    _ span: SimDuration, _ path: DocumentPath, _ configuration: MarketConfiguration,
    _ tree: DocumentTree
  ) {
    if span <= configuration.duration { return }
    complain(
      path, tree, "is longer than the duration",
      do: "stay within \(configuration.duration.written)")
  }

  /// A contract refuses every job whose time is out of its range.
  private func checkDeadlines(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let rules = configuration.rules.values
    guard configuration.rules.profile != .referenceFAB else { return }
    for (index, renter) in configuration.renters.enumerated() where renter.count > 0 {
      let seconds = UInt64(max(0, renter.timeToComplete.nanoseconds / 1_000_000_000))
      let path = DocumentPath.top.appending("renters").appending(index).appending("timeToComplete")
      if seconds < rules.minTimeToComplete {
        complain(
          path, tree, "is shorter than minTimeToComplete of the protocol, which refuses such jobs",
          do: "write \(rules.minTimeToComplete.grouped) s or more")
      } else if seconds >= rules.maxTimeToComplete {
        complain(
          path, tree, "is not below maxTimeToComplete of the protocol, which refuses such jobs",
          do: "write less than \(rules.maxTimeToComplete.grouped) s")
      }
    }
  }
}
