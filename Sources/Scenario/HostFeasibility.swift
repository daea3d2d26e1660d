internal import Inference
internal import Market

/// Whether hosts can hold and serve what their cohort says.
enum HostFeasibility {
  private static let gibibyte = Double(1 << 30)

  /// GiB of all GPUs of one host, as requirements count it: each GPU's rounded down.
  static func memory(of host: HostCohort) -> Int {
    guard let gpu = Catalogue.gpus.first(where: { $0.id == host.gpu }) else { return 0 }
    return Int(gpu.memory / gibibyte) * host.gpuCount
  }

  /// What stands against a cohort, and which of its models does; nil when nothing does.
  static func problem(of host: HostCohort) -> (model: Int?, words: String)? {
    var fits: [MemoryFit] = []
    if let problem = problem(of: host, { fits.append(try MemoryFit(host.deployment(of: $0))) }) {
      return problem
    }
    if fits.count > 1 {
      if host.discipline == .continuousBatching {
        return (nil, "lists \(fits.count) models, but a continuousBatching host runs one")
      }
      if let problem = problem(ofLoadingTogether: fits, host) { return problem }
    }
    return problem(of: host) { _ = try ServerKind(serving: $0, by: host) }
  }

  /// The first model that `attempt` refuses, and why.
  private static func problem(
    of host: HostCohort, _ attempt: (Market.ServedModel) throws -> Void
  ) -> (model: Int?, words: String)? {
    for (index, name) in host.serves.enumerated() {
      do {
        try attempt(name)
      } catch let problem as DeploymentProblem {
        return (index, words(for: problem, host))
      } catch {
        return (index, "cannot be served: \(error)")
      }
    }
    return nil
  }

  private static func words(for problem: DeploymentProblem, _ host: HostCohort) -> String {
    guard case .weightsExceedMemory(_, _, let needed, let available) = problem else {
      return "cannot be served: \(problem)"
    }
    return "does not fit on \(host.gpuCount) \(host.gpu): it needs \(gib(needed)) GiB for weights "
      + "and reserve, the host has \(gib(available)) GiB for them"
  }

  /// All models of a cohort are loaded at once, and some cache has to fit beside them.
  private static func problem(
    ofLoadingTogether fits: [MemoryFit], _ host: HostCohort
  ) -> (model: Int?, words: String)? {
    let reserve = fits.map(\.reserve).max() ?? 0
    let needed = fits.map(\.weights).reduce(reserve, +)
    let available = fits.map(\.usable).min() ?? 0
    let cache = fits.map(\.cacheBytesPerToken).max() ?? 0
    guard needed + cache > available else { return nil }
    return (
      nil,
      "do not fit on \(host.gpuCount) \(host.gpu) together: they need \(gib(needed)) GiB for "
        + "weights and reserve, the host has \(gib(available)) GiB for them"
    )
  }

  /// One decimal.
  private static func gib(_ bytes: Double) -> String {
    let tenths = Int((bytes / gibibyte * 10).rounded())
    return "\((tenths / 10).grouped).\(tenths % 10)"
  }
}
