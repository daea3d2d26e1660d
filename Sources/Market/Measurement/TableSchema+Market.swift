import DetectionScoring
public import Statistics

/// The tables of a market run; column documentation and CSV headers follow from here.
extension TableSchema {
  public static let market: [TableSchema] = [
    .timeSeries, .hosts, .renters, .gas, .reputation, .cohorts, .slashing, .rateLimits, .breakers,
    .governance, .votes, .reputationModels, .solvency, .insolvencies, .script, .changes, .actors,
    .detections, .detectionCohorts, .detectionScores, .jobs,
    .transactions, .events,
  ]

  static let timeSeries = TableSchema(
    "timeseries",
    "State of the market at regular times, warm-up included; rates are over the row's interval.",
    columns: [
      .seconds("time", "End of the interval."),
      Column("jobs_requested", .integer, .count, "Requests that arrived in the interval."),
      Column(
        "jobs_completed", .integer, .count, "Jobs whose result the contract took in the interval."),
      Column("jobs_waiting", .integer, .count, "Requests for which no host has room, now."),
      Column("jobs_live", .integer, .count, "Requests between arrival and last transaction, now."),
      Column("hosts_up", .integer, .count, "Hosts that are in the market and up, now."),
      Column("hosts_busy", .integer, .count, "Hosts with at least one job, now."),
      Column("ttft_mean", .real, .seconds, "Mean time to first token of jobs that got it."),
      Column("latency_mean", .real, .seconds, "Mean latency of jobs computed."),
      Column("base_fee", .real, .gwei, "Base fee of the last block."),
      Column("block_utilisation", .real, .ratio, "Gas used over gas limit, mean of the blocks."),
      Column("transactions", .integer, .count, "Transactions executed."),
      Column("transactions_pending", .integer, .count, "Transactions waiting for a block, now."),
      Column("gas_used", .integer, .namedGas, "Their gas."),
      Column("fees", .real, .usd, "Their L2 and L1 fees."),
      Column("payments", .amount(decimals: 6), .usdc, "Payments of jobs to hosts, in USDC."),
      Column("payments", .amount(decimals: 18), .eth, "Payments of jobs to hosts, in ETH."),
    ])

  static let hosts = TableSchema(
    "hosts", "One row for each host at the horizon; its totals leave the warm-up out.",
    columns: [
      Column("host", .integer, .count, "Number of the host, from 0 in cohort order."),
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("region", .text, .count, "Region of the host."),
      Column("gpu", .text, .count, "Identifier of the GPU."),
      Column(
        "ask_output", .real, MeasureUnit(suffix: "usd_per_mtoken", symbol: "USD/Mtoken"),
        "Asking price of output tokens."),
      Column("claims", .integer, .count, "Claims sent."),
      Column("claims_lost", .integer, .count, "Claims that reverted."),
      Column("jobs_completed", .integer, .count, "Jobs whose result the contract took."),
      Column(
        "jobs_stuck", .integer, .count,
        "Claimed jobs that missed their deadline and whose payment nobody can move."),
      Column(
        "jobs_failed", .integer, .count,
        "Claimed jobs that the contract counts as failed and whose payment went back."),
      Column(
        "cheats", .integer, .count,
        "Completed jobs of others than its own renters that it did not work on: the truth, which no "
          + "contract sees."),
      Column(
        "detections", .integer, .count, "Those of them for which it lost its payment."),
      Column("output", .integer, .tokens, "Output tokens of the jobs completed."),
      Column("revenue", .amount(decimals: 6), .usdc, "USDC received after the platform fee."),
      Column("revenue", .amount(decimals: 18), .eth, "ETH received after the platform fee."),
      Column("fees", .amount(decimals: 18), .eth, "L2 and L1 fees paid."),
      Column("energy", .real, .kilowattHours, "Energy of the busy GPUs at rated power."),
      Column("energy_cost", .real, .usd, "That energy at the cohort's price of electricity."),
      Column(
        "puppets", .real, .usd, "What renters of the host's own paid, less what came back."),
      Column("rent", .real, .usd, "For the time in the market."),
      Column(
        "bonds", .real, .fab, "What those lost to the host who disputed or challenged in vain."),
      Column("slashed", .real, .fab, "Stake taken."),
      Column(
        "profit", .real, .usd,
        "Revenue and bonds less fees, those of the host's own renters and what they paid included, "
          + "energy, rent and stake taken; coins at their prices of the time, bonds at the last."),
      Column("utilisation", .real, .ratio, "Busy time over up-time."),
      Column("up_share", .real, .ratio, "Up-time in the market over the time that counts."),
      Column("reputation", .integer, .count, "Stored score."),
      Column(
        "stake", .amount(decimals: 18), .fab, "Stake in the registry; empty where it is in ETH."),
      Column(
        "stake", .amount(decimals: 18), .eth, "Stake in the registry; empty where it is in FAB."),
    ])

  static let renters = TableSchema(
    "renters", "One row for each renter at the horizon; its totals leave the warm-up out.",
    columns: [
      Column("renter", .integer, .count, "Number of the renter, from 0 in cohort order."),
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("region", .text, .count, "Region of the renter."),
      Column("jobs_requested", .integer, .count, "Requests."),
      Column("jobs_completed", .integer, .count, "Jobs whose result the contract took."),
      Column("jobs_late", .integer, .count, "Those of them whose first token came too late."),
      Column("jobs_left", .integer, .count, "Requests given up before anything was posted."),
      Column(
        "jobs_refused", .integer, .count,
        "Requests that a rate limit or a closed marketplace turned away."),
      Column("jobs_stuck", .integer, .count, "Posted jobs that cannot be completed any more."),
      Column(
        "paid", .amount(decimals: 6), .usdc, "Moved into escrow; empty for whoever pays in ETH."),
      Column("refunded", .amount(decimals: 6), .usdc, "Came back from it."),
      Column("fees", .amount(decimals: 18), .eth, "L2 and L1 fees paid."),
      Column("balance", .amount(decimals: 6), .usdc, "USDC left."),
      Column(
        "paid", .amount(decimals: 18), .eth,
        "Moved into escrow; empty for whoever pays in USDC."),
      Column("refunded", .amount(decimals: 18), .eth, "Came back from it."),
      Column("balance", .amount(decimals: 18), .eth, "ETH left for jobs."),
    ])

  static let gas = TableSchema(
    "gas", "Cost of transactions by function, sender's role and payer, after the warm-up.",
    columns: [
      Column("contract", .text, .count, "Contract that the transaction calls."),
      Column("function", .text, .count, "Function that it calls."),
      Column("role", .text, .count, "Role of the sender."),
      Column(
        "payer", .text, .count, "Who pays the fee: the sender, or the paymaster of that name."),
      Column("calls", .integer, .count, "Transactions executed."),
      Column("reverts", .integer, .count, "Those that reverted or ran out of gas."),
      Column("gas", .integer, .namedGas, "Gas charged."),
      Column("gas_mean", .real, .namedGas, "Gas charged per transaction."),
      Column("fee_l2", .amount(decimals: 9), .gwei, "Base fees and tips."),
      Column("fee_l1", .amount(decimals: 9), .gwei, "L1 data fees."),
      Column("fee", .real, .usd, "Both at the ETH price of the time."),
    ])

  static let reputation = TableSchema(
    "reputation", "Stored reputation scores of each host cohort at regular times.",
    columns: [
      .seconds("time", "When."),
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("hosts", .integer, .count, "Hosts of the cohort."),
      Column("score_mean", .real, .count, "Mean score."),
      Column("score_min", .integer, .count, "Lowest score."),
      Column("score_p50", .real, .count, "Median score."),
      Column("score_p90", .real, .count, "90th percentile of the score."),
      Column("score_max", .integer, .count, "Highest score."),
      Column(
        "rank_correlation", .real, .ratio,
        "Spearman correlation of the scores of all hosts with their true service rate (jobs "
          + "completed per job claimed; empty while it does not vary)."),
    ])

  static let cohorts = TableSchema(
    "cohorts", "One row for each host cohort at the horizon; its totals leave the warm-up out.",
    columns: [
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("conduct", .text, .count, "honest or dishonest: the truth, which no contract sees."),
      Column("hosts", .integer, .count, "Hosts of the cohort."),
      Column("jobs_completed", .integer, .count, "Jobs completed."),
      Column("jobs_failed", .integer, .count, "Failures, as the contract counts them."),
      Column(
        "cheats", .integer, .count,
        "Completed jobs of others than its own renters that the host did not work on."),
      Column("detections", .integer, .count, "Those of them for which it lost its payment."),
      Column(
        "revenue", .real, .usdc, "Received after the platform fee, ETH at its price of the time."),
      Column(
        "fees", .real, .usd, "L2 and L1 fees paid, those of renters that the hosts run included."),
      Column("puppets", .real, .usd, "What those renters paid, less what came back."),
      Column("energy_cost", .real, .usd, "Electricity at the cohort's price."),
      Column(
        "bonds", .real, .fab, "What those lost to the hosts who disputed or challenged in vain."),
      Column("slashed", .real, .fab, "Stake taken."),
      Column("rent", .real, .usd, "For the time in the market."),
      Column(
        "profit", .real, .usd,
        "Revenue and bonds less fees, puppets, energy, rent and stake taken; coins at their prices of "
          + "the time, bonds at the last."
      ),
      Column(
        "profit_per_job", .real, .usd,
        "Of that, without fees and rent, per completed job whose payment is decided; empty without."
      ),
      Column("score_mean", .real, .count, "Mean stored score."),
      Column("barred", .integer, .count, "Hosts that can claim nothing for want of stake."),
      Column("away", .integer, .count, "Hosts that are not in the market."),
    ])

  static let slashing = TableSchema(
    "slashing", "One row for each part of its stake that a host loses.",
    columns: [
      .seconds("time", "Block of the loss."),
      Column("host", .integer, .count, "Number of the host."),
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("conduct", .text, .count, "honest or dishonest: the truth, which no contract sees."),
      Column(
        "cause", .text, .count,
        "deadline: failed, by its own word or reported late; dispute: lost before the arbiter; "
          + "challenge: a forged proof; detector: accused by an observer that acts."),
      Column("amount", .real, .fab, "Stake taken."),
      Column("stake_left", .real, .fab, "Stake after the whole transaction."),
      Column(
        "to", .text, .count,
        "Who has it now: treasury, burn, renter, challenger, or registry where it stays."),
    ])

  static let rateLimits = TableSchema(
    "ratelimits", "One row for each renter cohort: whom limits and closures turned away.",
    columns: [
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("renters", .integer, .count, "Renters of the cohort."),
      Column("requests", .integer, .count, "Requests."),
      Column("accepted", .integer, .count, "Those that were not turned away."),
      Column("turned_away", .integer, .count, "Refused by a rate limit or a closed marketplace."),
      Column("turned_away_share", .real, .ratio, "Of the requests."),
      Column("renters_turned_away", .integer, .count, "Renters to whom that happened at all."),
      Column(
        "fees", .amount(decimals: 18), .eth,
        "L2 and L1 fees that the cohort paid: what trying cost an attacker."),
    ])

  static let governance = TableSchema(
    "governance", "One row for each proposal of the scenario.",
    columns: [
      Column("proposal", .integer, .count, "Number of the proposal, from 0 in the scenario."),
      Column("by", .text, .count, "Cohort of voters whose first member proposes it."),
      Column("change", .text, .count, "Rules and their new values."),
      .seconds("proposed", "Block that took the proposal; empty when none did."),
      .seconds("decided", "Block that queued it or found it defeated."),
      .seconds("executed", "Block from which the change is in force."),
      Column(
        "outcome", .text, .count,
        "notProposed, voting, defeated, queued, executed, or failed when its execution reverted."),
      Column("ballots", .integer, .count, "Votes cast."),
      Column("votes_for", .amount(decimals: 18), .count, "Tokens for it."),
      Column("votes_against", .amount(decimals: 18), .count, "Tokens against it."),
      Column("turnout", .real, .ratio, "Tokens cast over the tokens of all voters."),
    ])

  static let votes = TableSchema(
    "votes", "How each cohort of voters voted, one row for each proposal that came to a vote.",
    columns: [
      Column("proposal", .integer, .count, "Number of the proposal, as in governance.csv."),
      Column("cohort", .text, .count, "Cohort as named in the scenario."),
      Column("members", .integer, .count, "Voters of the cohort."),
      Column("tokens", .integer, .count, "What they hold together."),
      Column("ballots_for", .integer, .count, "Votes cast for it."),
      Column("ballots_against", .integer, .count, "Votes cast against it."),
      Column(
        "votes_for", .amount(decimals: 18), .count,
        "Tokens for it, those delegated to who voted included."),
      Column("votes_against", .amount(decimals: 18), .count, "Tokens against it."),
      Column("turnout", .real, .ratio, "Tokens cast over the tokens of the cohort."),
      Column(
        "share_of_votes", .real, .ratio,
        "Tokens cast over all that were cast on the proposal; empty before the first."),
    ])

  static let breakers = TableSchema(
    "breakers", "One row for each time that the marketplace stops or starts taking posts.",
    columns: [
      .seconds("time", "Block after which wallets see it."),
      Column("event", .text, .count, "closed or open."),
      Column(
        "by", .text, .count,
        "council and guardian by a transaction of theirs; protocol: its own counters, the clock, a "
          + "vote or a script."),
      Column(
        "level", .integer, .count,
        "Level of the breaker, which failures do not move: 0 monitors, 1 throttles, 2 pauses."),
      Column("failures", .integer, .count, "Failures counted towards a pause."),
    ])

  static let solvency = TableSchema(
    "solvency", "What each contract holds of a token against what it owes, at regular times.",
    columns: [
      .seconds("time", "When."),
      Column("contract", .text, .count, "Contract that owes."),
      Column("token", .text, .count, "ETH or a token; amounts are in it."),
      Column("holds", .real, .count, "What the contract has."),
      Column("owes", .real, .count, "What it owes for stakes, jobs, escrows, fees and credits."),
      Column("shortfall", .real, .count, "What is missing; 0 for a solvent contract."),
    ])

  static let insolvencies = TableSchema(
    "insolvencies", "One row for each way in which a contract came to lack what it owes.",
    columns: [
      Column("contract", .text, .count, "Contract that owes."),
      Column("token", .text, .count, "ETH or a token; amounts are in it."),
      Column(
        "cause", .text, .count,
        "arbiterFee, repeatedPayment, disputeFromPool, otherToken, releaseWithoutRecord, "
          + "emergencyWithdrawal, forwardedCall, unbackedRecord or payment."),
      Column("block", .integer, .count, "Block of the first transaction of that cause."),
      Column("first", .real, .count, "What that transaction took beyond what was there."),
      Column("total", .real, .count, "What all transactions of that cause took."),
      Column("transactions", .integer, .count, "Transactions of that cause."),
    ])

  static let script = TableSchema(
    "script", "One row for each executed step of the scenario's script.",
    columns: [
      Column("step", .integer, .count, "Number of the step, from 0."),
      .seconds("time", "Block that executes it."),
      Column("from", .text, .count, "Sender."),
      Column("contract", .text, .count, "Contract called."),
      Column("function", .text, .count, "Function called."),
      Column("status", .text, .count, "success, or the revert reason."),
      Column("gas", .integer, .namedGas, "Gas charged."),
    ])

  static let changes = TableSchema(
    "changes", "One row for each change of the scenario when it begins, and when it ends.",
    columns: [
      .seconds("time", "When."),
      Column("moment", .text, .count, "begins or ends."),
      Column("subject", .text, .count, "Key of the scenario, demand.COHORT or outage."),
      Column(
        "value", .text, .count, "What the change sets; after its end, what was before is back."),
    ])

  static let actors = TableSchema(
    "actors", "One row for each actor of the scenario's script: what it has more at the horizon.",
    columns: [
      Column("actor", .text, .count, "Name."),
      Column("side", .text, .count, "attacker or victim."),
      Column("gain", .real, .eth, "ETH, fees of its transactions added back."),
      Column("gain", .real, .fab, "FAB."),
      Column("gain", .real, .usdc, "USDC."),
      Column("gain", .real, .usd, "All three at the scenario's prices."),
    ])

  static let jobs = TableSchema(
    "jobs", "One row for each request when it ends (on request).",
    columns: [
      Column("job", .integer, .count, "Number of the request, from 0 in order of arrival."),
      Column("renter", .integer, .count, "Its renter."),
      Column("host", .integer, .count, "Host that claimed it; empty when none did."),
      Column(
        "outcome", .text, .count,
        "served, late, left, balked, refused, limited, halted, refunded, stuck or open."),
      Column("prompt", .integer, .tokens, "Prompt length."),
      Column("output", .integer, .tokens, "Output length."),
      .seconds("arrived", "Request."),
      .seconds("posted", "Block of the post."),
      .seconds("claimed", "Block of the claim."),
      .seconds("first_token", "First token at the renter."),
      .seconds("computed", "Last token at the host."),
      .seconds(
        "settled",
        "Block that took the result; the payment comes with it, or after the challenge window."),
      Column("payment", .amount(decimals: 6), .usdc, "Paid into escrow; empty where it was ETH."),
      Column(
        "payment", .amount(decimals: 18), .eth, "Paid into escrow; empty where it was USDC."),
    ])

  static let transactions = TableSchema(
    "transactions", "One row for each executed transaction in order of execution (on request).",
    columns: [
      Column("block", .integer, .count, "Number of the block."),
      .seconds("time", "When the block was sealed."),
      Column("function", .text, .count, "Function called."),
      Column("sender", .integer, .count, "Account of the sender."),
      Column(
        "payer", .text, .count, "Who pays the fee: the sender, or the paymaster of that name."),
      Column("job", .integer, .count, "Number of the request that it belongs to."),
      Column("status", .text, .count, "success, outOfGas or the revert reason."),
      Column("gas", .integer, .namedGas, "Gas charged."),
      Column("fee_l2", .amount(decimals: 9), .gwei, "Base fee and tip."),
      Column("fee_l1", .amount(decimals: 9), .gwei, "L1 data fee."),
    ])

  static let events = TableSchema(
    "events", "One row for each kernel event in order of execution (on request).",
    columns: [
      .seconds("time", "When."),
      Column("event", .text, .count, "Kind of event."),
      Column("subject", .integer, .count, "Number of the host, request or cohort concerned."),
    ])
}
