import Inference
import Kernel
import Quantities

/// Hosts that crash and come back.
extension Market {
  /// A host's state at time zero, as an observer who comes at any time finds it.
  ///
  /// Up with probability up/(up + down); what is left of an exponential period has the law of a
  /// whole one. Draw 0 of the host's periods.
  mutating func beginAvailability(of host: HostID) {
    let cohort = Int(hosts[Int(host.index)].cohort)
    guard let availability = configuration.hosts[cohort].availability else { return }
    var stream = streams.availability.stream(entity: UInt64(host.index), event: 0)
    hosts[Int(host.index)].periods = 1
    let (up, down) = (availability.up.seconds, availability.down.seconds)
    let isUp = stream.uniform() < up / (up + down)
    if !isUp {
      hosts[Int(host.index)].outages = 1
      if !hosts[Int(host.index)].isAway { measured.hostsUp -= 1 }
    }
    endPeriod(of: host, isUp: isUp)
  }

  /// Draws how long the host stays as it now is by itself, whatever else keeps it down.
  private mutating func endPeriod(of host: HostID, isUp: Bool) {
    let cohort = Int(hosts[Int(host.index)].cohort)
    guard let availability = configuration.hosts[cohort].availability else { return }
    var stream = streams.availability.stream(
      entity: UInt64(host.index), event: UInt64(hosts[Int(host.index)].periods))
    hosts[Int(host.index)].periods += 1
    let period = stream.exponential(mean: isUp ? availability.up : availability.down)
    // A period of years may end after the clock does.
    if period > horizon - kernel.now { return }
    kernel.schedule(isUp ? .hostWentDown(host) : .hostCameUp(host), after: period)
  }

  mutating func hostWentDown(_ host: HostID, at time: SimTime) {
    takeDown(host, at: time)
    endPeriod(of: host, isUp: false)
  }

  mutating func hostCameUp(_ host: HostID, at time: SimTime) {
    bringUp(host, at: time)
    endPeriod(of: host, isUp: true)
  }

  /// A crash loses what the engine holds; the host starts its jobs again when it is back.
  mutating func takeDown(_ host: HostID, at time: SimTime) {
    hosts[Int(host.index)].outages += 1
    guard hosts[Int(host.index)].outages == 1 else { return }
    hosts[Int(host.index)].crashes += 1
    hosts[Int(host.index)].downSince = time
    if !hosts[Int(host.index)].isAway { measured.hostsUp -= 1 }
    kernel.cancel(hosts[Int(host.index)].timer)
    hosts[Int(host.index)].timerAt = .distantFuture
    let server = hosts[Int(host.index)].server
    fleet.fail(server, at: time)
    while let ended = fleet.popCompletion(of: server, by: time) {
      if ended.isServed, let firstToken = ended.firstTokenAt {
        // The last token came out at the very instant of the crash.
        computed(JobID(ended.job), firstTokenAt: firstToken, at: time)
      } else {
        stall(JobID(ended.job), on: host, at: time)
      }
    }
    leaveEngine(of: host, jobs: hosts[Int(host.index)].inEngine, at: time)
    refresh(host)
  }

  /// One of the causes that keep a host down has ended.
  mutating func bringUp(_ host: HostID, at time: SimTime) {
    hosts[Int(host.index)].outages -= 1
    guard hosts[Int(host.index)].isUp else { return }
    if !hosts[Int(host.index)].isAway {
      hosts[Int(host.index)].downTotal += time - hosts[Int(host.index)].downSince
      measured.hostsUp += 1
    }
    var stalled = hosts[Int(host.index)].stalled
    hosts[Int(host.index)].stalled = JobList()
    while let job = stalled.popFirst(in: &jobs) {
      if jobs[job].computedAt > .zero {
        prove(job, at: time)
      } else {
        admit(job, to: host, at: time)
      }
    }
    refresh(host)
    offerRoom(of: host, at: time)
  }
}
