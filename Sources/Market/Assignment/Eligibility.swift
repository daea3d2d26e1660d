/// A kind of request: which pools may serve it, and who waits for them.
struct Eligibility {
  /// What a request asks of its host.
  struct Requirement: Hashable {
    var model: UInt16
    var precision: UInt16?
    var region: UInt16?
    var minGPUMemory: Int

    func admits(_ key: HostPool.Key) -> Bool {
      key.model == model && (precision ?? key.precision) == key.precision
        && (region ?? key.region) == key.region && Int(key.memoryGiB) >= minGPUMemory
    }
  }

  let requirement: Requirement
  let pools: [UInt16]
  /// Longest requests that its pools hold, ascending, without repetition.
  let limits: [Int32]
  /// Jobs that found nobody with room, oldest first: for each limit those that fit it and no lower
  /// one, so that a job too long for a host never keeps shorter ones from it.
  var lines: [JobList]

  init(requirement: Requirement, pools: [UInt16], limits: [Int32]) {
    self.requirement = requirement
    self.pools = pools
    self.limits = limits
    lines = [JobList](repeating: JobList(), count: limits.count)
  }

  /// The line in which a request of `tokens` waits.
  ///
  /// - Precondition: Some pool holds it.
  func line(for tokens: Int32) -> Int {
    guard let line = limits.firstIndex(where: { $0 >= tokens }) else {
      preconditionFailure("a request of \(tokens) tokens waits for hosts that cannot hold it")
    }
    return line
  }
}
