import Inference
import Kernel
import Quantities
import Statistics

/// From a successful claim to the last token.
extension Market {
  /// The host that claimed gets the prompt after half a round trip.
  mutating func startServing(_ id: JobID, at time: SimTime) {
    jobs[id].phase = .serving
    jobs[id].claimedAt = time
    if jobRules.claimTimeout < .max { scheduleDeadline(of: id) }
    jobs[id].roundTripMicroseconds = UInt32(drawRoundTrip(of: id).nanoseconds / 1_000)
    kernel.schedule(
      .promptReached(id, generation: jobs[id].generation), after: halfRoundTrip(of: id))
  }

  /// One draw for the job: its messages travel the same path.
  @inline(__always) private func drawRoundTrip(of id: JobID) -> SimDuration {
    let renter = Int(renters[Int(jobs[id].renter.index)].region)
    let host = Int(hosts[Int(jobs[id].host.index)].region)
    let mean = roundTrips[renter * regionCount + host]
    guard jitter > 0 else { return mean }
    var stream = streams.network.stream(
      entity: UInt64(jobs[id].rounds), event: jobs[id].number)
    // Nothing is faster than a tenth of the mean, which the speed of light would forbid.
    let factor = max(0.1, stream.normal(mean: 1, standardDeviation: jitter))
    return SimDuration(rounding: mean.seconds * factor)
  }

  /// One way, from the whole microseconds that the job keeps.
  func halfRoundTrip(of id: JobID) -> SimDuration {
    .nanoseconds(Int64(jobs[id].roundTripMicroseconds) * 500)
  }

  mutating func promptReached(_ id: JobID, generation: UInt32, at time: SimTime) {
    guard jobs[id].generation == generation else {
      preconditionFailure("prompt of a job that has ended, at \(time)")
    }
    let host = jobs[id].host
    if hosts[Int(host.index)].isUp {
      admit(id, to: host, at: time)
    } else {
      stall(id, on: host, at: time)
    }
  }

  mutating func admit(_ id: JobID, to host: HostID, at time: SimTime) {
    if playsAlong(id, as: host, at: time) || cheats(on: id, as: host, at: time) { return }
    enterEngine(of: host, at: time)
    _ = fleet.submit(
      id.index, prompt: jobs[id].promptTokens, output: jobs[id].outputTokens,
      as: serverKinds[serverKindIndex(of: id, on: host)], to: hosts[Int(host.index)].server,
      at: time)
    setTimer(of: host)
  }

  /// Where `serverKinds` has the kind that serves this job on that host.
  @inline(__always) func serverKindIndex(of id: JobID, on host: HostID) -> Int {
    Int(hosts[Int(host.index)].cohort) * eligibilityModels.count + Int(jobs[id].eligibility)
  }

  /// Keeps one pending event for a host: when its server can next say something new.
  mutating func setTimer(of host: HostID) {
    let index = Int(host.index)
    let boundary = fleet.nextBoundary(of: hosts[index].server) ?? .distantFuture
    guard boundary != hosts[index].timerAt else { return }
    kernel.cancel(hosts[index].timer)
    hosts[index].timerAt = boundary
    if boundary <= horizon {
      hosts[index].timer = kernel.schedule(.serverDue(host), at: boundary)
    }
  }

  mutating func serverDue(_ host: HostID, at time: SimTime) {
    let server = hosts[Int(host.index)].server
    hosts[Int(host.index)].timerAt = .distantFuture
    fleet.advance(server, to: time)
    while let completion = fleet.popCompletion(of: server, by: time) {
      guard completion.isServed, let firstToken = completion.firstTokenAt else {
        preconditionFailure("a request was lost on a host that is up, at \(time)")
      }
      computed(JobID(completion.job), firstTokenAt: firstToken, at: time)
    }
    setTimer(of: host)
  }

  // MARK: Busy time

  mutating func enterEngine(of host: HostID, at time: SimTime) {
    if hosts[Int(host.index)].inEngine == 0 {
      hosts[Int(host.index)].busySince = time
      measured.hostsBusy += 1
    }
    hosts[Int(host.index)].inEngine += 1
  }

  mutating func leaveEngine(of host: HostID, jobs count: UInt32 = 1, at time: SimTime) {
    guard count > 0 else { return }
    hosts[Int(host.index)].inEngine -= count
    guard hosts[Int(host.index)].inEngine == 0 else { return }
    let busySince = hosts[Int(host.index)].busySince
    hosts[Int(host.index)].busy += time - busySince
    // Who leaves is in the market while it does what it took on.
    if hosts[Int(host.index)].isAway {
      hosts[Int(host.index)].awayTotal -= time - max(busySince, hosts[Int(host.index)].awaySince)
    }
    measured.hostsBusy -= 1
  }

  // MARK: The end of inference

  /// The host has the last token and asks to be paid.
  mutating func computed(_ id: JobID, firstTokenAt: SimTime, at time: SimTime) {
    if jobs[id].phase == .abandoned { return forget(id, at: time) }
    if jobs[id].phase == .recovering { return comeTooLate(with: id, at: time) }
    let half = halfRoundTrip(of: id)
    let admittedAt = jobs[id].claimedAt + half
    jobs[id].firstTokenAt = firstTokenAt + half
    jobs[id].computedAt = time
    jobs[id].phase = .completing
    let arrivedAt = jobs[id].arrivedAt
    if let end = patienceEnd(of: id), jobs[id].firstTokenAt > end {
      jobs[id].renterLeft = true
    }
    measured.firstToken.record((jobs[id].firstTokenAt - arrivedAt).seconds)
    measured.engineFirstToken.record((firstTokenAt - admittedAt).seconds)
    measured.latency.record((time + half - arrivedAt).seconds)
    interval.firstToken.record((jobs[id].firstTokenAt - arrivedAt).seconds)
    interval.latency.record((time + half - arrivedAt).seconds)
    if jobs[id].outputTokens > 1 {
      let pace = (time - firstTokenAt).seconds / Double(jobs[id].outputTokens - 1)
      measured.perToken.record(pace)
    }
    if jobs[id].requiresProof, jobRules.enforcesRequirements {
      if makeProof(of: id, at: time) { return }
    } else {
      sendCompletion(of: id, at: time)
    }
    if !jobs[id].isWrong, !jobs[id].isWash { leaveEngine(of: jobs[id].host, at: time) }
    removeLoad(from: jobs[id].host, at: time)
  }

  // MARK: Load

  mutating func addLoad(to host: HostID, at time: SimTime) {
    hosts[Int(host.index)].load += 1
    // Pools know whether there is room, not how much.
    if hosts[Int(host.index)].load == hosts[Int(host.index)].limit { refresh(host) }
  }

  mutating func removeLoad(from host: HostID, at time: SimTime) {
    hosts[Int(host.index)].load -= 1
    if hosts[Int(host.index)].load + 1 == hosts[Int(host.index)].limit { refresh(host) }
    if assignment.waitingCount > 0 { offerRoom(of: host, at: time) }
  }

  /// A host with room takes from the lines what it can.
  ///
  /// A renter whom the host is too dear balks. A posted job that pays less than the host asks keeps
  /// its place; eight of those and the host turns to newcomers.
  mutating func offerRoom(of host: HostID, at time: SimTime) {
    var declined = JobList()
    var declinedCount = 0
    guard mayClaim(host) else { return }
    while declinedCount < 8, takesWaiting(host),
      let id = assignment.nextWaiting(for: hosts[Int(host.index)], in: &jobs)
    {
      let asked = price(of: id, at: host)
      if hasPuppets, shuns(host, id) {
        declined.prepend(id, in: &jobs)
        declinedCount += 1
        continue
      }
      if jobs[id].phase == .posted {
        if amount(of: asked, for: id) > jobs[id].payment || !hasReputation(host, for: id) {
          declined.prepend(id, in: &jobs)
          declinedCount += 1
          continue
        }
        measured.waiting -= 1
        jobs[id].host = host
        addLoad(to: host, at: time)
        sendClaim(id, by: host, at: time)
      } else {
        measured.waiting -= 1
        if let refusal = postRefusal(of: id) {
          turnAway(id, refusal, at: time)
        } else if isAcceptable(asked, for: id) {
          promise(id, to: host, for: asked, at: time)
        } else {
          balk(id, at: time)
        }
      }
    }
    while let id = declined.popFirst(in: &jobs) { assignment.waitFirst(id, in: &jobs) }
  }

  /// As routers see it: under `powerOfTwo` a host that is up takes jobs, room or not.
  private func takesWaiting(_ host: HostID) -> Bool {
    guard hosts[Int(host.index)].takesJobs else { return false }
    if case .powerOfTwo = configuration.assignment { return true }
    return hosts[Int(host.index)].load < hosts[Int(host.index)].limit
  }

  /// Brings the pools up to date with a host.
  mutating func refresh(_ host: HostID) {
    assignment.refresh(hosts[Int(host.index)])
  }
}
