/// First-in, first-out list of jobs threaded through their `next` links; a job stands in one list
/// at a time.
struct JobList: BitwiseCopyable {
  private(set) var first = JobID.none
  private var last = JobID.none

  var isEmpty: Bool { first.isNone }

  mutating func append(_ job: JobID, in jobs: inout JobTable) {
    jobs[job].next = .none
    if first.isNone { first = job } else { jobs[last].next = job }
    last = job
  }

  mutating func prepend(_ job: JobID, in jobs: inout JobTable) {
    jobs[job].next = first
    if first.isNone { last = job }
    first = job
  }

  mutating func popFirst(in jobs: inout JobTable) -> JobID? {
    guard !first.isNone else { return nil }
    let job = first
    first = jobs[job].next
    if first.isNone { last = .none }
    jobs[job].next = .none
    return job
  }

  /// - Complexity: O(length); for jobs that leave out of turn.
  @discardableResult
  mutating func remove(_ job: JobID, in jobs: inout JobTable) -> Bool {
    var previous = JobID.none
    var current = first
    while !current.isNone, current != job {
      previous = current
      current = jobs[current].next
    }
    guard current == job else { return false }
    if previous.isNone { first = jobs[job].next } else { jobs[previous].next = jobs[job].next }
    if last == job { last = previous }
    jobs[job].next = .none
    return true
  }
}
