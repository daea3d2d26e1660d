extension ServerFleet {
  /// The end of the present plan, or of the decode stretch after it when nobody can complete or be
  /// admitted in between, rounded down to the nanosecond.
  func projectedBoundary(of server: Int) -> Int64 {
    let plan = plan(server)
    return servers[server].clock.advanced(byTicks: ticks(of: plan, server)).nanoseconds
  }
}
