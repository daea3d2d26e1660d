public import Quantities

/// Other work on the GPUs of a server, such as proofs, during which no token comes out.
extension ServerFleet {
  /// Stops a server's inference for `duration`: a `fifo` server at once, a batching one at its first
  /// step boundary from `time` on, in both cases after what else it was given before.
  ///
  /// - Parameter duration: ≥ 0; counts as time spent working.
  /// - Returns: When that work is done and inference goes on.
  public mutating func occupy(
    _ server: ServerID, for duration: SimDuration, at time: SimTime
  ) -> SimTime {
    precondition(duration >= .zero, "work takes time")
    let index = server.index
    return SimTime(
      nanoseconds: tables.timings[Int(servers[index].kind)].isFIFO
        ? occupyFIFO(index, for: duration.nanoseconds, at: time.nanoseconds)
        : occupyBatching(index, for: duration.nanoseconds, at: time.nanoseconds))
  }

  /// Seconds that a kind takes to read so many tokens alone.
  public func prefillSeconds(of kind: KindID, tokens: Int) -> Double {
    let number = Int(kind.rawValue)
    return kinds[number].law.prefillTime(tokens: tokens, chunk: kinds[number].prefillChunk)
  }

  /// Seconds for which a request is in service on a server of a kind that has nothing else to do.
  public func secondsAlone(of kind: KindID, prompt: Int, output: Int) -> Double {
    let (prefill, step) = kinds[Int(kind.rawValue)].serviceTimes(prompt: prompt, output: output)
    return prefill + step * Double(output)
  }

  private mutating func occupyFIFO(_ server: Int, for duration: Int64, at time: Int64) -> Int64 {
    advanceFIFO(server, to: time)
    let end = max(time, servers[server].lastStepStart) + duration
    servers[server].lastStepStart = end
    servers[server].busy += duration
    servers[server].boundary = ServerState.noPlan
    let request = servers[server].prefilling
    guard request != RequestState.none else {
      servers[server].clock = StepClock(
        nanoseconds: max(servers[server].clock.nanoseconds, end))
      return end
    }
    if requests[Int(request)].firstTokenAt > time {
      requests[Int(request)].firstTokenAt += duration
    }
    requests[Int(request)].departure += duration
    servers[server].clock = StepClock(nanoseconds: requests[Int(request)].departure)
    return end
  }

  private mutating func occupyBatching(
    _ server: Int, for duration: Int64, at time: Int64
  ) -> Int64 {
    advanceBatching(server, to: time)
    settle(server, at: time, cuttingBlocked: true)
    if servers[server].clock.nanoseconds < time {
      servers[server].clock = StepClock(nanoseconds: time)
    }
    servers[server].clock = servers[server].clock.advanced(
      byTicks: duration * StepClock.ticksPerNanosecond)
    servers[server].busy += duration
    forgetPlan(server)
    return servers[server].clock.nanoseconds
  }
}
