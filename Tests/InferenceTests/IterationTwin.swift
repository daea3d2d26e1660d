@testable import Inference

/// The slow, obvious twin of a batching server: one pass of the loop per engine step, every total
/// counted afresh, every free block a place in a queue, no lists shared with the server under test. Only the step time and the clock's
/// arithmetic are common to both, because those define the answer.
struct IterationTwin: ~Copyable {
  struct Job {
    var arrival: Int64
    var prompt: Int
    var output: Int
    /// Prompt tokens that another request left in the cache.
    var cachedPrefix = 0
    var cancelledAt: Int64 = .max
    var generated = 0
    var computed = 0
    var firstTokenAt: Int64 = -1
    var endedAt: Int64 = -1
    /// Its prompt, and after a preemption what it had generated, is all in the cache.
    var isDecoding = false
  }

  let kind: ServerKind
  private let tables: StepTables
  var jobs: [Job]
  /// Other work on the GPUs, in order of time, each done at the first boundary from its time on.
  var occupations: [(time: Int64, duration: Int64)] = []
  /// Free blocks, the longest free first; each with the whole block of a job that it still holds.
  private var freeBlocks: [Content?]
  private(set) var steps = 0
  private(set) var preemptions = 0

  private struct Content: Equatable {
    let job: Int
    let index: Int
  }

  init(_ kind: ServerKind, jobs: [Job]) {
    self.kind = kind
    freeBlocks = Array(repeating: nil, count: kind.cacheTokens / kind.settings.blockTokens)
    var tables = StepTables()
    _ = tables.add(kind.timing, of: kind.law)
    self.tables = tables
    self.jobs = jobs
  }

  private func blocks(_ tokens: Int) -> Int {
    (tokens + kind.settings.blockTokens - 1) / kind.settings.blockTokens
  }

  mutating func run() {
    var waiting: [Int] = []
    var running: [Int] = []
    var clock = StepClock(nanoseconds: 0)
    var lastStepStart: Int64 = 0
    var arrived = 0
    var occupied = 0
    while true {
      while occupied < occupations.count, occupations[occupied].time <= clock.nanoseconds {
        clock = clock.advanced(byTicks: occupations[occupied].duration * 4_096)
        occupied += 1
      }
      while arrived < jobs.count, jobs[arrived].arrival <= clock.nanoseconds {
        waiting.append(arrived)
        arrived += 1
      }
      waiting.removeAll { jobs[$0].cancelledAt <= clock.nanoseconds }
      for job in running where jobs[job].cancelledAt <= clock.nanoseconds { free(job) }
      running.removeAll { jobs[$0].cancelledAt <= clock.nanoseconds }
      if waiting.isEmpty && running.isEmpty {
        guard arrived < jobs.count else { return }
        var next = jobs[arrived].arrival
        if occupied < occupations.count { next = min(next, occupations[occupied].time) }
        if next > clock.nanoseconds { clock = StepClock(nanoseconds: next) }
        continue
      }
      let start = clock
      let latest =
        kind.settings.schedulesAhead && !running.isEmpty ? lastStepStart : clock.nanoseconds
      step(&waiting, &running, &clock, latestArrival: latest)
      lastStepStart = start.nanoseconds
    }
  }

  private mutating func step(
    _ waiting: inout [Int], _ running: inout [Int], _ clock: inout StepClock, latestArrival: Int64
  ) {
    let hasPreempted = preempt(&waiting, &running)
    let decoding = running.filter { jobs[$0].isDecoding }
    take(growth(running))
    var budget = kind.settings.tokenBudget - decoding.count
    var chunks: [(job: Int, tokens: Int)] = []
    var isOpen = !hasPreempted
    for job in running where !jobs[job].isDecoding {
      let rest = jobs[job].prompt + jobs[job].generated - jobs[job].computed
      let chunk = min(rest, budget)
      let needed = blocks(jobs[job].computed + chunk) - blocks(jobs[job].computed)
      if needed <= freeBlocks.count {
        chunks.append((job, chunk))
        take(needed)
        budget -= chunk
      } else {
        isOpen = false
      }
    }
    while isOpen, let job = waiting.first, budget > 0,
      running.count < kind.settings.sequencesMaximum, jobs[job].arrival <= latestArrival
    {
      let (prefix, isFree) = prefix(of: job)
      let kept = prefix * kind.settings.blockTokens
      let chunk = min(jobs[job].prompt + jobs[job].generated - kept, budget)
      guard blocks(kept + chunk) <= freeBlocks.count else { break }
      if isFree {
        freeBlocks.removeAll { $0.map { $0.job == job && $0.index < prefix } ?? false }
        take(blocks(kept + chunk) - prefix)
      } else {
        take(blocks(kept + chunk))
      }
      jobs[job].computed = kept
      budget -= chunk
      waiting.removeFirst()
      running.append(job)
      chunks.append((job, chunk))
    }
    advance(decoding, chunks, &clock)
    for job in running where jobs[job].generated == jobs[job].output {
      jobs[job].endedAt = clock.nanoseconds
      free(job)
    }
    running.removeAll { jobs[$0].generated == jobs[$0].output }
  }

  private mutating func take(_ count: Int) { freeBlocks.removeFirst(count) }

  /// Frees the blocks of a job, its last first.
  private mutating func free(_ job: Int) {
    let whole = jobs[job].computed / kind.settings.blockTokens
    for index in (0..<blocks(jobs[job].computed)).reversed() {
      freeBlocks.append(index < whole ? Content(job: job, index: index) : nil)
    }
  }

  /// Blocks that a waiting job need not compute, and whether they are among the free ones.
  private func prefix(of job: Int) -> (blocks: Int, isFree: Bool) {
    let longest = (jobs[job].prompt + jobs[job].generated - 1) / kind.settings.blockTokens
    let shared = jobs[job].cachedPrefix / kind.settings.blockTokens
    if shared > 0 { return (min(shared, longest), false) }
    guard kind.settings.keepsFreedBlocks else { return (0, true) }
    let found = (0..<longest).prefix { freeBlocks.contains(Content(job: job, index: $0)) }
    return (found.count, true)
  }

  private func growth(_ running: [Int]) -> Int {
    running.filter { jobs[$0].isDecoding && jobs[$0].computed % kind.settings.blockTokens == 0 }
      .count
  }

  private mutating func preempt(_ waiting: inout [Int], _ running: inout [Int]) -> Bool {
    var hasPreempted = false
    while freeBlocks.count < growth(running) {
      let job = running.removeLast()
      free(job)
      jobs[job].computed = 0
      jobs[job].cachedPrefix = 0
      jobs[job].isDecoding = false
      waiting.insert(job, at: 0)
      preemptions += 1
      hasPreempted = true
    }
    return hasPreempted
  }

  private mutating func advance(
    _ decoding: [Int], _ chunks: [(job: Int, tokens: Int)], _ clock: inout StepClock
  ) {
    let attended = Int64(decoding.reduce(0) { $0 + jobs[$1].computed + 1 })
    let prompt = chunks.reduce(0) { $0 + $1.tokens }
    let pairs = chunks.reduce(0) { $0 + $1.tokens * (2 * jobs[$1.job].computed + $1.tokens) }
    let count = Int32(decoding.count)
    let ticks =
      prompt == 0
      ? tables.ticks(kind: 0, decoding: count, attended: attended, steps: 1)
      : tables.ticks(
        kind: 0, decoding: count, attended: attended, promptTokens: Int64(prompt),
        doubledPairs: Int64(pairs)
      )
    clock = clock.advanced(byTicks: ticks)
    steps += 1
    for job in decoding {
      jobs[job].computed += 1
      jobs[job].generated += 1
    }
    for (job, tokens) in chunks {
      jobs[job].computed += tokens
      guard jobs[job].computed == jobs[job].prompt + jobs[job].generated else { continue }
      jobs[job].generated += 1
      jobs[job].isDecoding = true
      if jobs[job].firstTokenAt < 0 { jobs[job].firstTokenAt = clock.nanoseconds }
    }
  }
}
