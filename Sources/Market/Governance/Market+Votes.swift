import Contracts
import EVM
import Kernel
import Quantities
import Statistics

/// What became of proposals, and whose votes decided.
extension Market {
  /// A vote has been cast: its weight is what it has added to the contract's count.
  mutating func count(_ vote: MarketTransaction, on motion: Int) {
    let number = assembly.motions[motion].number
    guard let tally = chain.world.tally(ofProposal: number, in: chain.contracts) else { return }
    let cohorts = configuration.governance.voters.count
    var votesFor = tally.votesFor
    var votesAgainst = tally.votesAgainst
    for place in motion * cohorts..<(motion + 1) * cohorts {
      votesFor -= assembly.ballots[place].votesFor
      votesAgainst -= assembly.ballots[place].votesAgainst
    }
    let cohort = Int(assembly.voters[Int(vote.host.index)].cohort)
    let place = motion * cohorts + cohort
    if vote.stars == 1 {
      assembly.ballots[place].countFor += 1
    } else {
      assembly.ballots[place].countAgainst += 1
    }
    assembly.ballots[place].votesFor += votesFor
    assembly.ballots[place].votesAgainst += votesAgainst
  }

  func writeVotes(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.votes)
    guard table.isRecording else { return }
    let cohorts = configuration.governance.voters
    for (number, motion) in assembly.motions.enumerated() where motion.outcome != .notProposed {
      let ballots = assembly.ballots[number * cohorts.count..<(number + 1) * cohorts.count]
      let all = ballots.reduce(0) { $0 + $1.cast }
      for (cohort, ballots) in zip(cohorts, ballots) {
        table.row.append(number)
        table.row.append(cohort.name)
        table.row.append(cohort.count)
        table.row.append(cohort.tokens)
        table.row.append(ballots.countFor)
        table.row.append(ballots.countAgainst)
        table.row.append(ballots.votesFor)
        table.row.append(ballots.votesAgainst)
        table.row.append(cohort.tokens > 0 ? ballots.cast / Double(cohort.tokens) : .nan)
        table.row.append(all > 0 ? ballots.cast / all : .nan)
        table.endRow()
      }
    }
    try table.finish()
  }

  func writeGovernance(to outlet: TableOutlet) throws {
    var table = try outlet.stream(.governance)
    guard table.isRecording else { return }
    let supply = assembly.voters.reduce(0) { $0 + $1.tokens }
    for (number, motion) in assembly.motions.enumerated() {
      let proposal = configuration.governance.proposals[number]
      let tally =
        motion.outcome == .notProposed
        ? nil : chain.world.tally(ofProposal: motion.number, in: chain.contracts)
      let votesFor = tally?.votesFor ?? .zero
      let votesAgainst = tally?.votesAgainst ?? .zero
      table.row.append(number)
      table.row.append(configuration.governance.voters[proposal.by].name)
      table.row.append(proposal.updates.map { "\($0.key): \($0.text)" }.joined(separator: ", "))
      for time in [motion.proposedAt, motion.decidedAt, motion.executedAt] {
        if let time { table.row.append(time) } else { table.row.appendAbsent() }
      }
      table.row.append(motion.outcome.rawValue)
      table.row.append(motion.votesCast)
      table.row.append(votesFor)
      table.row.append(votesAgainst)
      let cast = Self.coins(votesFor + votesAgainst)
      table.row.append(supply > 0 ? cast / Double(supply) : .nan)
      table.endRow()
    }
    try table.finish()
  }
}

extension Assembly.Ballots {
  /// Whole tokens and parts of them.
  var cast: Double { Market.coins(votesFor + votesAgainst) }
}

extension Market {
  /// Whole coins exactly, where a double holds them, and their parts.
  static func coins(_ amount: UInt256) -> Double {
    let unit = UInt256(1_000_000_000_000_000_000)
    let whole = amount / unit
    return whole.approximate + (amount - whole * unit).approximate / 1e18
  }
}
