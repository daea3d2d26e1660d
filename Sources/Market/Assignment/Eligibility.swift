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
  /// Jobs that found nobody with room, oldest first.
  var waiting = JobList()
}
