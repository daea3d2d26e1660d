internal import Market
internal import Statistics

/// What expectations ask of the run that they judge.
extension Reading {
  /// A metric must be measured in this run, and an interval needs several of them.
  func checkExpectations(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    let isSingle = configuration.replications == 1 && statesReplications(tree)
    for (index, expectation) in configuration.expectations.enumerated() {
      let path = DocumentPath.top.appending("expect").appending(index)
      checkMeasured(expectation.metric, at: path.appending("metric"), configuration, tree)
      if expectation.confidence == nil || !isSingle { continue }
      complain(
        path.appending("confidence"), tree,
        "asks for an interval over replications, of which there is one",
        do: "leave it out, or write replications: 2 or more")
    }
  }

  /// Whether the number of replications is the scenario's own: tests and overrides look at one run of
  /// a scenario that has more.
  private func statesReplications(_ tree: DocumentTree) -> Bool {
    guard let stated = tree.entry("replications")?.value.location else { return true }
    let tested = tree.entry("test")?.value.entry("replications")?.value.location
    return stated.line > 0 && stated != tested
  }

  private func checkMeasured(
    _ name: String, at path: DocumentPath, _ configuration: MarketConfiguration,
    _ tree: DocumentTree
  ) {
    guard let index = MetricSet.market.index(named: name) else { return }
    let metric = MetricSet.market.entries[index].metric.name
    let detectors = configuration.detection.detectors
    for (kind, metrics) in zip(DetectionConfiguration.Kind.allCases, Metric.detectors)
    where metrics.all.contains(where: { $0.name == metric }) && !detectors.contains(kind) {
      refuse(
        name, of: kind.rawValue, list: "detectors", having: detectors.map(\.rawValue), at: path,
        tree)
    }
    let models = configuration.reputationModels.map(\.name)
    for (model, metrics) in zip(ReputationChoice.Name.allCases, Metric.reputationModels)
    where metrics.all.contains(where: { $0.name == metric }) && !models.contains(model) {
      refuse(
        name, of: model.rawValue, list: "reputationModels", having: models.map(\.rawValue),
        at: path, tree)
    }
  }

  private func refuse(
    _ metric: String, of watcher: String, list: String, having found: [String],
    at path: DocumentPath, _ tree: DocumentTree
  ) {
    let has = found.isEmpty ? "there are none" : "there are only \(found.joined(separator: ", "))"
    complain(
      path, tree, "is \(metric), which needs \(watcher) among \(list), and \(has)",
      do: "add \(watcher) to \(list), or expect something else")
  }
}
