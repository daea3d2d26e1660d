import Statistics

/// What people do to each other and what becomes of it: failures, checks, disputes, entry and exit,
/// governance, earnings of the honest and of cheats.
extension Metric {
  static let failures = Metric(
    name: "host_failures", unit: .count, observed: .counted,
    meaning: "Failures of hosts, as the contract counts them.")
  static let stakeSlashed = Metric(
    name: "stake_slashed", unit: .fab, observed: .counted, meaning: "Stake taken from hosts.")
  static let stakeAdded = Metric(
    name: "stake_added", unit: .fab, observed: .counted,
    meaning: "Stake that hosts added after losing some.")
  static let proofsVerified = Metric(
    name: "proofs_verified", unit: .count, observed: .counted,
    meaning: "Proofs that a verifier has judged.")
  static let pauses = Metric(
    name: "pauses", unit: .count, observed: .counted,
    meaning: "Times that the marketplace stopped taking posts.")
  static let closedShare = Metric(
    name: "closed_share", unit: .ratio, observed: .atEnd,
    meaning: "Share of blocks after which the marketplace took no posts.")
  static let jobsWrong = Metric(
    name: "jobs_wrong", unit: .count, observed: .counted,
    meaning:
      "Completed jobs of others than their own renters that hosts did not work on: the truth, which no "
      + "contract sees.")
  static let checks = Metric(
    name: "spot_checks", unit: .count, observed: .counted,
    meaning: "Completed jobs that a verifier did again.")
  static let challengersChecks = Metric(
    name: "challengers_checks", unit: .count, observed: .counted,
    meaning: "Completed jobs with proof that a challenger did again.")
  static let wrongShare = Metric(
    name: "wrong_share", unit: .ratio, observed: .atEnd,
    meaning:
      "Share of completed jobs that their hosts did not work on, those of their own renters apart.")
  static let checkShare = Metric(
    name: "check_share", unit: .ratio, observed: .atEnd,
    meaning:
      "Share of completed jobs without proof, not paid yet, that a verifier took on to do again.")
  static let verifiersGain = Metric(
    name: "verifiers_gain", unit: .usd, observed: .atEnd,
    meaning:
      "What verifiers who choose their effort got for cheats and planted errors found, less what "
      + "checks and overlooked cheats cost them.")
  static let disputes = Metric(
    name: "disputes", unit: .count, observed: .counted,
    meaning:
      "Results that renters disputed, by themselves or since a verifier had told them, and that the "
      + "contract took to the arbiter.")
  static let disputesUpheld = Metric(
    name: "disputes_upheld", unit: .count, observed: .counted,
    meaning: "Disputes that the arbiter decided for the renter.")
  static let upheldShare = Metric(
    name: "dispute_upheld_share", unit: .ratio, observed: .atEnd,
    meaning: "Share of the disputes decided that the arbiter decided for the renter.")
  static let bondsLost = Metric(
    name: "dispute_bonds_lost", unit: .fab, observed: .counted,
    meaning: "Bonds of renters who disputed in vain; their hosts have them.")
  static let hostsEjected = Metric(
    name: "hosts_ejected", unit: .count, observed: .counted,
    meaning: "Times that the registry put a host out whose stake was below ejectBelow.")
  static let cheatsDetected = Metric(
    name: "cheats_detected", unit: .count, observed: .counted,
    meaning: "Wrong results for which the host lost its payment.")
  static let washJobs = Metric(
    name: "jobs_of_puppets", unit: .count, observed: .counted,
    meaning:
      "Jobs that renters whom hosts run themselves set out to buy from their own host; their requests "
      + "count among all requests too.")
  static let spamSpending = Metric(
    name: "spam_spending", unit: .usd, observed: .counted,
    meaning:
      "Gas that spamming renters paid, at the price of ETH at the horizon; what they post they take back."
  )
  static let edgesBought = Metric(
    name: "edges_bought", unit: .count, observed: .counted,
    meaning:
      "Paid jobs that renters whom hosts run themselves bought of hosts that are neither their masters nor "
      + "of one ring with them: what ties those to people whom others trust.")
  static let edgeSpending = Metric(
    name: "edge_spending", unit: .usd, observed: .counted,
    meaning:
      "What they paid for those jobs, and for the gas of their own transactions about jobs of others: what "
      + "the attacker spends on edges.")
  static let hostsInMarket = Metric(
    name: "hosts_in_market", unit: .count, observed: .atEnd,
    meaning: "Hosts that are registered and mean to stay, at the horizon.")
  static let hostExits = Metric(
    name: "host_exits", unit: .count, observed: .counted,
    meaning: "Times that a host left the registry.")
  static let hostEntries = Metric(
    name: "host_entries", unit: .count, observed: .counted,
    meaning: "Registrations during the run.")
  static let identitiesChanged = Metric(
    name: "identities_changed", unit: .count, observed: .counted,
    meaning: "Times that a host came back as somebody else.")
  static let registrationsRefused = Metric(
    name: "registrations_refused", unit: .count, observed: .counted,
    meaning: "Registrations that the registry refused; hosts try again at their next review.")
  static let hostsRefused = Metric(
    name: "hosts_refused", unit: .count, observed: .counted,
    meaning: "Hosts that routers shun because a detector that refuses accused them.")
  static let honestRefused = Metric(
    name: "honest_hosts_refused", unit: .count, observed: .counted,
    meaning: "Those of them whose conduct is honest.")
  static let genuineRefusedShare = Metric(
    name: "genuine_turned_away_share", unit: .ratio, observed: .atEnd,
    meaning:
      "Share of the requests of renters who want answers, as far as they have ended, that a rate limit or "
      + "a closed marketplace turned away for good.")
  static let genuineUnserved = Metric(
    name: "genuine_unserved_fraction", unit: .ratio, observed: .atEnd,
    meaning:
      "unserved_fraction of renters who want answers alone: without spam, spite, and renters whom hosts "
      + "run.")
  static let jobsReturned = Metric(
    name: "jobs_returned", unit: .count, observed: .counted,
    meaning:
      "Claimed jobs whose host let the time of its claim go by, and that came back to the market.")
  static let retries = Metric(
    name: "request_retries", unit: .count, observed: .counted,
    meaning: "Times that a renter who was turned away tried again.")
  static let unpauses = Metric(
    name: "unpauses", unit: .count, observed: .counted,
    meaning: "Times that the guardian opened the marketplace again.")
  static let emergencyPauses = Metric(
    name: "emergency_pauses", unit: .count, observed: .counted,
    meaning: "Times that the emergency council paused the marketplace.")
  static let platformFeeShare = Metric(
    name: "platform_fee_share", unit: .ratio, observed: .atEnd,
    meaning: "Platform fees over payments.")
  static let paymentPerJob = Metric(
    name: "payment_per_job", unit: .usdc, observed: .atEnd,
    meaning: "Mean payment of the jobs paid so far, ETH at its price when it was paid.")
  static let challenges = Metric(
    name: "challenges", unit: .count, observed: .counted,
    meaning: "Proofs that somebody staked against.")
  static let challengesWon = Metric(
    name: "challenges_won", unit: .count, observed: .counted,
    meaning: "Those of them that a verifier found forged.")
  static let challengersGain = Metric(
    name: "challengers_gain", unit: .fab, observed: .atEnd,
    meaning:
      "Penalties that challengers received less stakes that they lost, before fees; stakes under way are "
      + "their own.")
  static let dishonestRevenueShare = Metric(
    name: "dishonest_revenue_share", unit: .ratio, observed: .atEnd,
    meaning:
      "Share of all hosts' revenue that hosts of dishonest conduct have, what they pay themselves "
      + "included.")
  /// Of either side: what a host earns a day, and its score.
  static let honestSide = (
    profit: Metric(
      name: "honest_profit_per_host_day", unit: .usd, observed: .atEnd,
      meaning:
        "Revenue, and the FAB of those who disputed or challenged it in vain, less fees, energy, rent, "
        + "stake taken and what renters of its own spend, of a host of honest conduct, a day of the run, "
        + "in the market or not."),
    stakeReturn: Metric(
      name: "honest_return_on_stake_per_day", unit: .ratio, observed: .atEnd,
      meaning:
        "That profit over what a host must stake and stakes beyond that, at present prices; empty where "
        + "nobody stakes."),
    score: Metric(
      name: "honest_score_mean", unit: .count, observed: .atEnd,
      meaning: "Mean stored score of hosts of honest conduct.")
  )
  static let dishonestSide = (
    profit: Metric(
      name: "dishonest_profit_per_host_day", unit: .usd, observed: .atEnd,
      meaning: "The same for a host of dishonest conduct."),
    stakeReturn: Metric(
      name: "dishonest_return_on_stake_per_day", unit: .ratio, observed: .atEnd,
      meaning: "The same for hosts of dishonest conduct."),
    score: Metric(
      name: "dishonest_score_mean", unit: .count, observed: .atEnd,
      meaning: "The same for hosts of dishonest conduct.")
  )
  static let proposalsExecuted = Metric(
    name: "proposals_executed", unit: .count, observed: .atEnd,
    meaning: "Proposals whose change of the rules is in force.")
  static let proposalsDefeated = Metric(
    name: "proposals_defeated", unit: .count, observed: .atEnd,
    meaning: "Proposals that found no majority or no quorum.")
  static let votesCast = Metric(
    name: "votes_cast", unit: .count, observed: .atEnd, meaning: "Votes on proposals.")
  static let cheaterEarnings = Metric(
    name: "dishonest_earnings_per_job", unit: .usd, observed: .atEnd,
    meaning:
      "What a completed job brings a host of dishonest conduct: revenue less what renters of its own "
      + "paid, energy and stake taken, before fees, over the jobs whose payment is decided: it has come or "
      + "has gone back.")
  static let honestEarnings = Metric(
    name: "honest_earnings_per_job", unit: .usd, observed: .atEnd,
    meaning: "The same for a host of honest conduct.")
  static let honestSlashRate = Metric(
    name: "honest_slashes_per_1000_host_days", unit: .count, observed: .atEnd,
    meaning:
      "How often stake is taken from hosts of honest conduct, for each day of one in the market.")
  static let shortfall = Metric(
    name: "shortfall", unit: .usd, observed: .atEnd,
    meaning:
      "What contracts lack of what they owe at the horizon; solvency.csv says which and when.")
  static let attackersGain = Metric(
    name: "attackers_gain", unit: .usd, observed: .atEnd,
    meaning: "What the script's attackers have more than at the start, before fees.")
  static let victimsGain = Metric(
    name: "victims_gain", unit: .usd, observed: .atEnd,
    meaning: "The same for the script's other actors; negative where they lose.")
  static let scriptReverted = Metric(
    name: "script_reverted", unit: .count, observed: .atEnd,
    meaning: "Steps of the script that reverted.")
  static let scriptUnexpected = Metric(
    name: "script_unexpected", unit: .count, observed: .atEnd,
    meaning: "Steps of the script that ended otherwise than it says.")
}
