public import Statistics

/// What every replication of a market reports, in the order of `replications.csv`.
extension MetricSet {
  public static let market = MetricSet(
    [
      .jobsRequested, .jobsPosted, .jobsClaimed, .jobsCompleted, .jobsServed, .jobsLate,
      .jobsOpen, .jobsStuck, .rentersLeft, .rentersBalked, .requestsRefused,
      .requestsLimited, .requestsHalted, .jobsRefunded,
      .unservedFraction,
      .firstTokenTime, .engineFirstTokenTime, .perTokenTime, .latency, .settlementTime,
      .promptTokens, .outputTokens, .tokenRate,
      .hostUtilisation, .hostsUp, .energy, .energyCost,
      .blocks, .transactions, .transactionsReverted, .transactionsResent, .transactionsUnpaid,
      .operations, .operationsRefused, .bundleFilling, .feesSponsored,
      .gasUsed, .gasPerJob,
      .feesL2, .feesL1, .feesPerJob, .feeShareOfPayments,
      .baseFee, .baseFeeRatio, .blockUtilisation,
      .payments, .ethPayments, .platformFees, .hostRevenue, .paymentsPending, .refundedFunds,
      .misdirectedFunds,
      .stuckFunds,
      .failures, .stakeSlashed, .stakeAdded, .proofsVerified, .pauses, .closedShare, .jobsWrong,
      .wrongShare, .checks, .checkShare, .challengersChecks, .verifiersGain, .disputes,
      .disputesUpheld, .upheldShare, .bondsLost, .cheatsDetected,
      .cheaterEarnings, .honestEarnings,
      .honestSlashRate, .hostsRefused, .honestRefused, .genuineRefusedShare, .genuineUnserved,
      .jobsReturned, .retries, .unpauses,
      .emergencyPauses,
      .proposalsExecuted, .proposalsDefeated, .votesCast, .platformFeeShare, .paymentPerJob,
      .challenges, .challengesWon, .challengersGain, .dishonestRevenueShare, .honestSide.profit,
      .dishonestSide.profit, .honestSide.stakeReturn, .dishonestSide.stakeReturn, .honestSide.score,
      .dishonestSide.score, .washJobs, .spamSpending,
      .edgesBought,
      .edgeSpending, .hostsInMarket,
      .hostExits, .hostEntries, .hostsEjected, .identitiesChanged, .registrationsRefused,
      .shortfall,
      .attackersGain,
      .victimsGain, .scriptReverted, .scriptUnexpected,
      .revenueHHI, .revenueGini,
      .reputation, .rating, .jobsLive, .jobsLivePeak, .warmUp, .warmUpUndetermined,
      .newcomersFirstJob,
    ] + Metric.detectors.flatMap(\.all) + Metric.reputationModels.flatMap(\.all))
}

extension MeasureUnit {
  /// Gas where the name says so already.
  static let namedGas = MeasureUnit(suffix: "", symbol: "gas")
}

extension Metric {
  static let jobsRequested = Metric(
    name: "jobs_requested", unit: .count, observed: .counted,
    meaning: "Requests that arrived.")
  static let jobsPosted = Metric(
    name: "jobs_posted", unit: .count, observed: .counted,
    meaning: "Jobs whose post succeeded on chain.")
  static let jobsClaimed = Metric(
    name: "jobs_claimed", unit: .count, observed: .counted,
    meaning: "Claims that succeeded on chain.")
  static let jobsCompleted = Metric(
    name: "jobs_completed", unit: .count, observed: .counted,
    meaning:
      "Jobs whose completion succeeded on chain, so that the host is paid, at once or when nobody can "
      + "challenge any more.")
  static let jobsServed = Metric(
    name: "jobs_served", unit: .count, observed: .counted,
    meaning:
      "Requests that ended completed and with their first token in time. Requests are served, "
      + "late, stuck, refunded, left, balked, limited, halted, refused or open: each is exactly "
      + "one.")
  static let jobsLate = Metric(
    name: "jobs_late", unit: .count, observed: .counted,
    meaning:
      "Requests that ended paid although the first token came after the renter's patience had "
      + "ended.")
  static let jobsOpen = Metric(
    name: "jobs_open", unit: .count, observed: .atEnd,
    meaning:
      "Requests still under way at the horizon, those whose rating is on its way included.")
  static let jobsStuck = Metric(
    name: "jobs_stuck", unit: .count, observed: .counted,
    meaning:
      "Posted jobs that can no longer be completed, whether their renter has left or not; the "
      + "contract keeps their payment.")
  static let rentersLeft = Metric(
    name: "renters_left", unit: .count, observed: .counted,
    meaning: "Requests given up before anything was posted, because no host had room in time.")
  static let rentersBalked = Metric(
    name: "renters_balked", unit: .count, observed: .counted,
    meaning:
      "Requests not made: asked price above the renter's limit, means exhausted, or the post "
      + "failed.")
  static let requestsRefused = Metric(
    name: "requests_refused", unit: .count, observed: .counted,
    meaning: "Requests longer than any suitable host can hold.")
  static let requestsLimited = Metric(
    name: "requests_limited", unit: .count, observed: .counted,
    meaning: "Requests not made because they would have exceeded the renter's rate limit.")
  static let requestsHalted = Metric(
    name: "requests_halted", unit: .count, observed: .counted,
    meaning: "Requests not made because the marketplace took no posts.")
  static let jobsRefunded = Metric(
    name: "jobs_refunded", unit: .count, observed: .counted,
    meaning: "Posted jobs that nobody served and whose payment went back to the renter.")
  static let paymentsPending = Metric(
    name: "payments_pending", unit: .usdc, observed: .atEnd,
    meaning:
      "Payments of completed jobs that can still be challenged, in escrow at the horizon; ETH at its "
      + "price then.")
  static let misdirectedFunds = Metric(
    name: "misdirected_refunds", unit: .usdc, observed: .counted,
    meaning:
      "Refunds that went to the marketplace contract, where they stay, instead of the renter: "
      + "renterIsRenter is false; ETH at its price at the horizon.")
  static let refundedFunds = Metric(
    name: "refunded_funds", unit: .usdc, observed: .counted,
    meaning: "Payments that went back to their renters, ETH at its price when it did.")
  static let unservedFraction = Metric(
    name: "unserved_fraction", unit: .ratio, observed: .atEnd,
    meaning:
      "Requests that were not served in time, for whatever reason, over those no longer under way.")
  static let firstTokenTime = Metric(
    name: "ttft", unit: .seconds, observed: .tally, summary: [.mean, .p50, .p90, .p95, .p99],
    meaning: "From the request to its first token at the renter: blocks, messages and engine.")
  static let engineFirstTokenTime = Metric(
    name: "engine_ttft", unit: .seconds, observed: .tally,
    summary: [.mean, .p50, .p90, .p95, .p99],
    meaning: "From the prompt's arrival at the host to the first token there.")
  static let perTokenTime = Metric(
    name: "tpot", unit: .seconds, observed: .tally, summary: [.mean, .p50, .p90, .p95, .p99],
    meaning: "Time per output token after the first, for jobs of two tokens or more.")
  static let latency = Metric(
    name: "latency", unit: .seconds, observed: .tally, summary: [.mean, .p50, .p90, .p95, .p99],
    meaning: "From the request to its last token at the renter.")
  static let settlementTime = Metric(
    name: "settlement", unit: .seconds, observed: .tally, summary: [.mean, .p50, .p95],
    meaning: "From the request to the block that pays the host.")
  static let promptTokens = Metric(
    name: "prompt", unit: .tokens, observed: .tally, summary: [.mean, .total],
    meaning: "Prompt length of completed jobs.")
  static let outputTokens = Metric(
    name: "output", unit: .tokens, observed: .tally, summary: [.mean, .total],
    meaning: "Output length of completed jobs.")
  static let tokenRate = Metric(
    name: "output_rate", unit: .tokensPerSecond, observed: .atEnd,
    meaning: "Output tokens of completed jobs over the time that counts.")
  static let hostUtilisation = Metric(
    name: "host_utilisation", unit: .ratio, observed: .timeWeighted, summary: [.mean],
    meaning: "Share of the hosts' up-time in which they worked on at least one job.")
  static let hostsUp = Metric(
    name: "hosts_up", unit: .ratio, observed: .timeWeighted, summary: [.mean],
    meaning: "Share of host-time spent up.")
  static let energy = Metric(
    name: "energy", unit: .kilowattHours, observed: .atEnd,
    meaning: "Energy of busy GPUs at their rated power.")
  static let energyCost = Metric(
    name: "energy_cost", unit: .usd, observed: .atEnd,
    meaning: "That energy at each cohort's price of electricity.")
  static let blocks = Metric(
    name: "blocks", unit: .count, observed: .counted, meaning: "Blocks sealed.")
  static let transactions = Metric(
    name: "transactions", unit: .count, observed: .counted,
    meaning:
      "Transactions of the people of the market that a block executed; those of a script apart.")
  static let transactionsReverted = Metric(
    name: "transactions_reverted", unit: .count, observed: .counted,
    meaning: "Those of them that reverted or ran out of gas.")
  static let transactionsResent = Metric(
    name: "transactions_resent", unit: .count, observed: .counted,
    meaning: "Times that a wallet sent again, at the new price, what the full pool had dropped.")
  static let transactionsUnpaid = Metric(
    name: "transactions_unpaid", unit: .count, observed: .counted,
    meaning:
      "Transactions that no block took because the sender could not pay for gas limit, L1 and "
      + "operator fees; none of them was executed.")
  static let operations = Metric(
    name: "user_operations", unit: .count, observed: .counted,
    meaning: "ERC-4337 user operations among the transactions executed.")
  static let operationsRefused = Metric(
    name: "user_operations_refused", unit: .count, observed: .counted,
    meaning: "Operations that nobody bundled because wallet or paymaster could not pay for them.")
  static let bundleFilling = Metric(
    name: "bundle_filling", unit: .count, observed: .atEnd,
    meaning: "Mean operations a bundle; empty without bundles.")
  static let feesSponsored = Metric(
    name: "fees_sponsored", unit: .eth, observed: .atEnd,
    meaning: "The part of all fees that paymasters paid.")
  static let gasUsed = Metric(
    name: "gas_used", unit: .namedGas, observed: .counted,
    meaning: "Gas of the executed transactions.")
  static let gasPerJob = Metric(
    name: "gas_per_job", unit: .namedGas, observed: .atEnd,
    meaning: "Gas of all executed transactions over completed jobs.")
  static let feesL2 = Metric(
    name: "fees_l2", unit: .eth, observed: .counted,
    meaning: "Base fees and tips of those transactions, whoever paid them.")
  static let feesL1 = Metric(
    name: "fees_l1", unit: .eth, observed: .counted,
    meaning: "L1 data fees of them, operator fees included.")
  static let feesPerJob = Metric(
    name: "fees_per_job", unit: .usd, observed: .atEnd,
    meaning: "L2 and L1 fees of all executed transactions over completed jobs.")
  static let feeShareOfPayments = Metric(
    name: "fees_per_payment", unit: .ratio, observed: .atEnd,
    meaning: "Those fees over the payments of completed jobs.")
  static let baseFee = Metric(
    name: "base_fee", unit: .gwei, observed: .tally, summary: [.mean, .minimum, .maximum],
    meaning: "Base fee of the blocks.")
  static let baseFeeRatio = Metric(
    name: "base_fee_ratio", unit: .ratio, observed: .atEnd,
    meaning: "Mean base fee over its equilibrium under the background load alone.")
  static let blockUtilisation = Metric(
    name: "block_utilisation", unit: .ratio, observed: .atEnd,
    meaning: "Gas used in blocks, background included, over the gas limit.")
  static let payments = Metric(
    name: "payments", unit: .usdc, observed: .counted,
    meaning:
      "Payments of completed jobs that have left the escrow, platform fee included; ETH at its price "
      + "when it was paid.")
  static let ethPayments = Metric(
    name: "native_payments", unit: .eth, observed: .counted,
    meaning: "Those of these payments that were made in ETH.")
  static let platformFees = Metric(
    name: "platform_fees", unit: .usdc, observed: .counted,
    meaning: "The platform's part of those payments.")
  static let hostRevenue = Metric(
    name: "host_revenue", unit: .usdc, observed: .counted,
    meaning: "The hosts' part of those payments.")
  static let stuckFunds = Metric(
    name: "stuck_funds", unit: .usdc, observed: .atEnd,
    meaning: "Payments of stuck jobs, left in escrow; ETH at its price at the horizon.")
  static let revenueHHI = Metric(
    name: "revenue_hhi", unit: .ratio, observed: .atEnd,
    meaning: "Herfindahl-Hirschman index of the hosts' revenue: 1/hosts when equal, 1 for one.")
  static let revenueGini = Metric(
    name: "revenue_gini", unit: .ratio, observed: .atEnd,
    meaning: "Gini coefficient of the hosts' revenue.")
  static let reputation = Metric(
    name: "reputation", unit: .count, observed: .atEnd, summary: [.mean, .minimum, .maximum],
    meaning: "Stored reputation score over hosts at the horizon.")
  static let rating = Metric(
    name: "rating", unit: .count, observed: .tally, summary: [.mean],
    meaning: "Stars given, 1 to 5.")
  static let jobsLive = Metric(
    name: "jobs_live", unit: .count, observed: .timeWeighted, summary: [.mean],
    meaning: "Requests between arrival and last transaction, averaged over time.")
  static let jobsLivePeak = Metric(
    name: "jobs_live_peak", unit: .count, observed: .atEnd,
    meaning: "Most requests between arrival and last transaction at one time.")
  static let warmUp = Metric(
    name: "warm_up", unit: .seconds, observed: .atEnd,
    meaning: "Time at the start of which no metric counts anything; 0 with a terminating horizon.")
  static let warmUpUndetermined = Metric(
    name: "warm_up_undetermined", unit: .count, observed: .atEnd,
    meaning:
      "1 when the run was too short for MSER-5 to say where its warm-up ends, so that its numbers "
      + "may still hold some of it; else 0.")
}
