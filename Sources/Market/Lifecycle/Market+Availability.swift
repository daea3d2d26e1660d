import Inference
import Kernel
import Quantities

/// Hosts that crash and come back.
extension Market {
  mutating func scheduleOutage(of host: HostID) {
    let cohort = Int(hosts[Int(host.index)].cohort)
    guard let availability = configuration.hosts[cohort].availability else { return }
    let isUp = hosts[Int(host.index)].isUp
    var stream = streams.availability.stream(
      entity: UInt64(host.index), event: UInt64(hosts[Int(host.index)].periods))
    hosts[Int(host.index)].periods += 1
    let period = stream.exponential(mean: isUp ? availability.up : availability.down)
    kernel.schedule(isUp ? .hostWentDown(host) : .hostCameUp(host), after: period)
  }

  /// A crash loses what the engine holds; the host starts its jobs again when it is back.
  mutating func hostWentDown(_ host: HostID, at time: SimTime) {
    hosts[Int(host.index)].isUp = false
    hosts[Int(host.index)].downSince = time
    measured.hostsUp -= 1
    kernel.cancel(hosts[Int(host.index)].timer)
    hosts[Int(host.index)].timerAt = .distantFuture
    leaveEngine(of: host, jobs: hosts[Int(host.index)].inEngine, at: time)
    let server = hosts[Int(host.index)].server
    fleet.fail(server, at: time)
    while let lost = fleet.popCompletion(of: server, by: time) {
      hosts[Int(host.index)].stalled.append(JobID(lost.job), in: &jobs)
    }
    refresh(host)
    scheduleOutage(of: host)
  }

  mutating func hostCameUp(_ host: HostID, at time: SimTime) {
    hosts[Int(host.index)].isUp = true
    hosts[Int(host.index)].downTotal += time - hosts[Int(host.index)].downSince
    measured.hostsUp += 1
    var stalled = hosts[Int(host.index)].stalled
    hosts[Int(host.index)].stalled = JobList()
    while let job = stalled.popFirst(in: &jobs) { admit(job, to: host, at: time) }
    refresh(host)
    offerRoom(of: host, at: time)
    scheduleOutage(of: host)
  }
}
