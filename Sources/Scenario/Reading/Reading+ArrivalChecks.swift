internal import Market
internal import Quantities

/// What the arrivals of a cohort and the horizon of the run ask of each other.
extension Reading {
  /// MSER-5 finds where a run becomes stationary, so there has to be such a place.
  func checkSteadyState(_ configuration: MarketConfiguration, _ tree: DocumentTree) {
    guard configuration.horizon == .steadyState(warmUp: nil) else { return }
    var unsteady: String?
    if case .diurnal = configuration.chain.backgroundLoad {
      unsteady = "chain.backgroundLoad follows the hour of the day"
    }
    if !configuration.changes.isEmpty { unsteady = "changes make it another market" }
    for (index, cohort) in configuration.renters.enumerated() where cohort.count > 0 {
      switch cohort.arrivals {
      case .poisson(_, .some), .gamma(_, _, .some):
        unsteady = "renters[\(index)].arrivals follow the hour of the week"
      case .trace(let trace, let repeats):
        if !repeats, let last = trace.requests.last, last.arrival < configuration.duration {
          unsteady = "renters[\(index)].arrivals end before the run does"
        }
      case .resampled(let resampled):
        if resampled.profile != nil {
          unsteady = "renters[\(index)].arrivals follow the hour of the week"
        }
      case .poisson, .gamma: break
      }
    }
    guard let unsteady else { return }
    complain(
      .top.appending("horizon"), tree, "is steadyState, but \(unsteady), so that none is reached",
      do: "state what to leave out, as in {steadyState: {warmUp: 2h}}, or write terminating")
  }

  /// Arrivals that stop before the run does are wanted or a mistake: the scenario has to say.
  func checkTrace(
    _ cohort: RenterCohort, at path: DocumentPath, _ configuration: MarketConfiguration,
    _ tree: DocumentTree
  ) {
    guard case .trace(let trace, let repeats) = cohort.arrivals, let last = trace.requests.last
    else { return }
    let arrivals = path.appending("arrivals")
    let isStated = tree.part(at: arrivals)?.entry("repeat") != nil
    if last.arrival < configuration.duration, !isStated {
      complain(
        arrivals.appending("trace"), tree,
        "ends after \(last.arrival.seconds.plain) s, before the duration of "
          + "\(configuration.duration.written)",
        do: "add repeat: true to start it again, or repeat: false to let arrivals end")
    }
    if repeats, last.arrival == .zero {
      complain(
        arrivals.appending("trace"), tree, "takes no time, and so cannot be repeated",
        do: "write repeat: false")
    } else if repeats, Double(trace.requests.count) / trace.period.seconds > ProcessKeys.rateLimit {
      complain(
        arrivals.appending("trace"), tree,
        "holds \(trace.requests.count.grouped) requests in \(last.arrival.seconds.plain) s, too "
          + "many a second to be repeated",
        do: "check that arrival_s is in seconds, or write repeat: false")
    }
  }
}
