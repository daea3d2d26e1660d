import Quantities
import Statistics

/// Jobs that end, well or badly.
extension Market {
  /// Removes a job for which nothing is under way any more; each request ends once, in one way.
  mutating func end(_ id: JobID, outcome: JobOutcome, at time: SimTime) {
    if tables.jobs.isRecording { record(id, outcome: outcome) }
    switch outcome {
    case .served: measured.served += 1
    case .late:
      measured.late += 1
      renters[Int(jobs[id].renter.index)].late += 1
    case .left:
      measured.left += 1
      renters[Int(jobs[id].renter.index)].left += 1
    case .balked: measured.balked += 1
    case .refused: measured.refused += 1
    case .limited:
      measured.limited += 1
      renters[Int(jobs[id].renter.index)].refused += 1
    case .halted:
      measured.halted += 1
      renters[Int(jobs[id].renter.index)].refused += 1
    case .refunded:
      measured.refunded += 1
      bookRefund(of: id)
    case .stuck:
      measured.stuck += 1
      bookStuckPayment(of: id)
      renters[Int(jobs[id].renter.index)].stuck += 1
    case .open: preconditionFailure("an open job does not end")
    }
    if !renterTerms[Int(renters[Int(jobs[id].renter.index)].cohort)].isAdversary {
      measured.genuineEnded += 1
      if outcome == .served { measured.genuineServed += 1 }
    }
    measured.jobsLive.add(-1, at: time)
    if keepsSlot(id, after: outcome) { return }
    jobs.remove(id)
  }

  /// The request has ended, but its payment still waits, or its host still works on it.
  private mutating func keepsSlot(_ id: JobID, after outcome: JobOutcome) -> Bool {
    switch outcome {
    case .served, .late:
      if jobs[id].hasLeftEscrow { return false }
      if jobs[id].phase != .disputed { jobs[id].phase = .released }
      return true
    case .refunded: return jobs[id].phase == .abandoned
    default: return false
    }
  }

  /// A posted job that nobody can complete any more: the contract keeps its payment for ever.
  mutating func strand(_ id: JobID, at time: SimTime) {
    jobs[id].phase = .stuck
    end(id, outcome: .stuck, at: time)
  }

  /// Rows of the jobs that the horizon cuts off, in order of their slots.
  mutating func recordOpenJobs() {
    for slot in jobs.rows.indices where jobs.isOpen(slot) {
      record(JobID(UInt32(slot)), outcome: .open)
    }
  }

  private mutating func record(_ id: JobID, outcome: JobOutcome) {
    let job = jobs[id]
    tables.jobs.row.append(Int(job.number))
    tables.jobs.row.append(Int(job.renter.index))
    if job.host.isNone || job.claimedAt == .zero {
      tables.jobs.row.appendAbsent()
    } else {
      tables.jobs.row.append(Int(job.host.index))
    }
    tables.jobs.row.append(outcome.rawValue)
    tables.jobs.row.append(Int(job.promptTokens))
    tables.jobs.row.append(Int(job.outputTokens))
    tables.jobs.row.append(job.arrivedAt)
    for time in [job.postedAt, job.claimedAt, job.firstTokenAt, job.computedAt, job.settledAt] {
      if time == .zero { tables.jobs.row.appendAbsent() } else { tables.jobs.row.append(time) }
    }
    if job.isPaidInETH {
      tables.jobs.row.appendAbsent()
      tables.jobs.row.append(ETHFlow.wei(ofUnits: job.payment))
    } else {
      tables.jobs.row.append(UInt256(job.payment))
      tables.jobs.row.appendAbsent()
    }
    tables.jobs.endRow()
  }
}
