import Contracts
import Market
import Quantities

/// A scenario in a few lines: what was understood, for the eyes of whoever wrote it.
struct ScenarioOutline: CustomStringConvertible {
  let description: String

  init(_ configuration: MarketConfiguration) {
    var lines = [
      "  \(configuration.name): \(configuration.duration.seconds / 3_600) h, "
        + "\(configuration.replications) replications, "
        + "seed \(configuration.seed), profile \(configuration.rules.profile.rawValue)"
    ]
    for cohort in configuration.hosts {
      let models = cohort.serves.map { "\($0.model)@\($0.precision)" }.joined(separator: ", ")
      lines.append(
        "  hosts \(cohort.name): \(cohort.count) × \(cohort.gpuCount) \(cohort.gpu), "
          + "\(models), \(cohort.discipline.rawValue)")
    }
    for cohort in configuration.renters {
      lines.append(
        "  renters \(cohort.name): \(cohort.count), \(Self.outline(of: cohort.arrivals))")
    }
    if !configuration.expectations.isEmpty {
      lines.append("  \(configuration.expectations.count) expectations")
    }
    description = lines.joined(separator: "\n")
  }

  private static func outline(of arrivals: RenterCohort.Arrivals) -> String {
    switch arrivals {
    case .poisson(let rate, let profile):
      "Poisson at \(rate)/s\(profile.map { ", \($0.name)" } ?? "")"
    case .gamma(let rate, let shape, let profile):
      "gamma at \(rate)/s, shape \(shape)\(profile.map { ", \($0.name)" } ?? "")"
    case .trace(let trace, let repeats):
      "\(trace.requests.count) requests of \(trace.path)\(repeats ? ", repeated" : "")"
    case .resampled(let resampled):
      "\(resampled.trace.requests.count) requests of \(resampled.trace.path), resampled in blocks "
        + "of \(resampled.meanBlock)\(resampled.profile.map { ", \($0.name)" } ?? "")"
    }
  }
}
