/// The pool of requests and the lists through it: waiting line, running requests, completions.
extension ServerFleet {
  mutating func insert(_ state: RequestState) -> UInt32 {
    requestsInFlight += 1
    let request = freeRequests
    guard request != RequestState.none else {
      requests.append(state)
      return UInt32(requests.count - 1)
    }
    freeRequests = requests[Int(request)].newer
    requests[Int(request)] = state
    return request
  }

  @inline(__always)
  mutating func release(_ request: UInt32) {
    requestsInFlight -= 1
    requests[Int(request)].phase = .free
    requests[Int(request)].newer = freeRequests
    freeRequests = request
  }

  @inline(__always)
  mutating func appendWaiting(_ request: UInt32, _ server: Int) {
    let tail = servers[server].waitingTail
    requests[Int(request)].older = tail
    requests[Int(request)].newer = RequestState.none
    if tail == RequestState.none {
      servers[server].waitingHead = request
    } else {
      requests[Int(tail)].newer = request
    }
    servers[server].waitingTail = request
    servers[server].waitingCount += 1
    requests[Int(request)].phase = .waiting
  }

  mutating func prependWaiting(_ request: UInt32, _ server: Int) {
    let head = servers[server].waitingHead
    requests[Int(request)].older = RequestState.none
    requests[Int(request)].newer = head
    if head == RequestState.none {
      servers[server].waitingTail = request
    } else {
      requests[Int(head)].older = request
    }
    servers[server].waitingHead = request
    servers[server].waitingCount += 1
    requests[Int(request)].phase = .waiting
  }

  @inline(__always)
  mutating func removeWaiting(_ request: UInt32, _ server: Int) {
    let (older, newer) = (requests[Int(request)].older, requests[Int(request)].newer)
    if older == RequestState.none {
      servers[server].waitingHead = newer
    } else {
      requests[Int(older)].newer = newer
    }
    if newer == RequestState.none {
      servers[server].waitingTail = older
    } else {
      requests[Int(newer)].older = older
    }
    servers[server].waitingCount -= 1
  }

  @inline(__always)
  mutating func appendRunning(_ request: UInt32, _ server: Int) {
    let newest = servers[server].newest
    requests[Int(request)].older = newest
    requests[Int(request)].newer = RequestState.none
    if newest != RequestState.none { requests[Int(newest)].newer = request }
    servers[server].newest = request
  }

  @inline(__always)
  mutating func removeRunning(_ request: UInt32, _ server: Int) {
    let (older, newer) = (requests[Int(request)].older, requests[Int(request)].newer)
    if older != RequestState.none { requests[Int(older)].newer = newer }
    if newer == RequestState.none {
      servers[server].newest = older
    } else {
      requests[Int(newer)].older = older
    }
  }

  /// Completions are appended in order of time.
  mutating func appendCompleted(
    _ request: UInt32, _ server: Int, at time: Int64, as phase: RequestState.Phase
  ) {
    requests[Int(request)].phase = phase
    requests[Int(request)].departure = time
    requests[Int(request)].newer = RequestState.none
    let tail = servers[server].completedTail
    if tail == RequestState.none {
      servers[server].completedHead = request
    } else {
      requests[Int(tail)].newer = request
    }
    servers[server].completedTail = request
  }

  /// Ends everything inside a server at `time`, completions that lie beyond it included.
  mutating func dropAll(_ server: Int, at time: Int64) {
    let state = servers[server]
    var fresh = ServerState(kind: state.kind)
    fresh.busy =
      isIdle(server) && state.clock.nanoseconds <= time
      ? state.busy : state.busy + time - state.clock.nanoseconds
    fresh.step = state.step
    fresh.clock = StepClock(nanoseconds: time)
    fresh.lastStepStart = time
    fresh.completedHead = state.completedHead
    fresh.completedTail = state.completedTail
    servers[server] = fresh
    let classes = server * Self.classesPerServer
    for lane in classes..<classes + Self.classesPerServer { blockClasses[lane] = 0 }
    var completed = state.completedHead
    while completed != RequestState.none {
      let next = requests[Int(completed)].newer
      if requests[Int(completed)].departure > time { truncate(completed, at: time) }
      completed = next
    }
    var running = state.newest == RequestState.none ? state.prefilling : state.newest
    while running != RequestState.none {
      let next = requests[Int(running)].older
      appendCompleted(running, server, at: time, as: .dropped)
      truncate(running, at: time)
      running = next
    }
    var waiting = state.waitingHead
    while waiting != RequestState.none {
      let next = requests[Int(waiting)].newer
      appendCompleted(waiting, server, at: time, as: .dropped)
      truncate(waiting, at: time)
      waiting = next
    }
  }

  private mutating func truncate(_ request: UInt32, at time: Int64) {
    requests[Int(request)].phase = .dropped
    requests[Int(request)].departure = time
    if requests[Int(request)].firstTokenAt > time { requests[Int(request)].firstTokenAt = -1 }
  }
}
