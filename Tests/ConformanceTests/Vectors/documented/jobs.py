"""Section "Job" and section "Money" at the marketplace, for jobs without proof."""

from market import *

suite = Suite("jobs")


def case(name, description, protocol=None, **options):
    return suite.add(Market("DJ-" + name, "Job", description, protocol, **options))


# The straight way.

(case("eth", "posted, claimed, settled: ETH goes through the job's record, the host gets 99 %")
 .posts(payment=ETH(2)).state(POSTED)
 .claims().state(CLAIMED)
 .completes(pays=paid(ETH(2))).state(SETTLED)
 .sees(PE, "feeBalance()", [], ETH(0.02))
 .score("host", 110).stake("host", FAB(1000))
 .sees(JM, "getJob(uint256)", [1], "renter", ETH(2), 4, "host", "QmResult", T0 + HOUR)
 .does("stranger", PE, "withdrawFees(address)", ["ZERO"], moves=[("eth", PE, "treasury", ETH(0.02))]))

(case("usdc", "posted, claimed, settled: USDC likewise")
 .posts_usdc(payment=USDC(250)).state(POSTED)
 .claims().completes(pays=paid(USDC(250), asset="usdc")).state(SETTLED)
 .sees(PE, "tokenFeeBalances(address)", ["USDC"], USDC(2.5))
 .score("host", 110)
 .does("stranger", PE, "withdrawFees(address)", ["USDC"],
       moves=[("usdc", PE, "treasury", USDC(2.5))]))

(case("submit-result", "submitResult completes as completeJob does: deadline, pay, reputation")
 .posts(time=MIN).claims()
 .fails("host2", JM, SUBMIT, [1, "QmResult", "0x"], "Not assigned host")
 .does("host", JM, SUBMIT, [1, "QmResult", "0x"], moves=[paid()]).state(SETTLED)
 .score("host", 110)
 .posts(time=MIN).claims().wait(MIN + 1)
 .fails("host", JM, SUBMIT, [2, "QmResult", "0x"], "Job deadline passed"))

(case("terminal", "a settled job is settled for ever: nothing moves its payment again")
 .posts().posts().claims(job=1).completes(job=1, pays=paid())
 .fails("host", JM, COMPLETE, [1, "QmAgain", "0x"], "Job not in claimed state")
 .fails("renter", JM, RELEASE, [1], "Job not completed")
 .does("renter", JM, RELEASE_MANY, [[1, 1]])
 .fails("renter", JM, ABANDON, [1], "Job already completed")
 .fails("renter", JM, CANCEL, [1], "Job not posted")
 .fails("renter", JM, DISPUTE, [1, "x"], "Escrow not active")
 .fails("host", JM, DISPUTE, [1, "x"], "Escrow not active")
 .fails("arbiter", JM, RESOLVE, [1, True], "Not in dispute")
 .fails("host", JM, REQUEST, [1], "Job not in claimed state")
 .fails("renter", JM, CONFIRM, [1], "Job not in claimed state")
 .fails("host", JM, FAIL, [1], "Job not in claimed state")
 .fails("host2", JM, CLAIM, [1], "Job already claimed")
 .at(HOUR + 1)
 .fails("stranger", JM, RECLAIM, [1], "Job not posted")
 .at(40 * DAY)
 .fails("renter", JM, ABANDON, [1], "Job already completed")
 .fails("stranger", JM, FAIL, [1], "Job not in claimed state"))

(case("terminal-refunded", "so is a refunded one")
 .posts().posts().does("renter", JM, CANCEL, [1], moves=[refunded()]).state(REFUNDED, 1)
 .fails("renter", JM, CANCEL, [1], "Job not posted")
 .fails("host", JM, CLAIM, [1], "Job already claimed")
 .fails("renter", JM, DISPUTE, [1, "x"], "Escrow not active")
 .fails("renter", JM, RELEASE, [1], "Job not completed")
 .at(HOUR + 1).fails("stranger", JM, RECLAIM, [1], "Job not posted")
 .at(40 * DAY).fails("renter", JM, ABANDON, [1], "Job already completed"))

(case("missing", "a job that nobody posted has no state and takes no call")
 .fails("host", JM, CLAIM, [7], "Job does not exist")
 .fails("renter", JM, CANCEL, [7], "Job does not exist")
 .fails("stranger", JM, RECLAIM, [7], "Job does not exist")
 .fails("host", JM, FAIL, [7], "Job does not exist")
 .fails("renter", JM, RELEASE, [7], "Job does not exist")
 .fails("renter", JM, DISPUTE, [7, "x"], "Job does not exist")
 .fails("arbiter", JM, RESOLVE, [7, True], "Job does not exist")
 .fails("host", JM, REQUEST, [7], "Job does not exist")
 .fails("renter", JM, CONFIRM, [7], "Job does not exist")
 .fails("renter", JM, ABANDON, [7], "Not job renter")
 .fails("host", JM, COMPLETE, [7, "x", "0x"], "Not assigned host"))

# Completion.

(case("complete-guards", "completion: the assigned host, a claimed job, up to the deadline")
 .posts(time=MIN).fails("host", JM, COMPLETE, [1, "r", "0x"], "Not assigned host")
 .claims().fails("host2", JM, COMPLETE, [1, "r", "0x"], "Not assigned host")
 .at(MIN).does("host", JM, COMPLETE, [1, "r", "0x"], moves=[paid()])
 .posts(time=MIN).claims(job=2).at(2 * MIN + 1)
 .fails("host", JM, COMPLETE, [2, "r", "0x"], "Job deadline passed"))

# Back to the renter while nobody works.

(case("cancel", "the renter, and nobody else, takes an unclaimed job back in full")
 .posts_usdc()
 .fails("stranger", JM, CANCEL, [1], "Not job renter")
 .fails("host", JM, CANCEL, [1], "Not job renter")
 .does("renter", JM, CANCEL, [1], moves=[refunded(USDC(100), asset="usdc")])
 .state(REFUNDED)
 .posts().claims().fails("renter", JM, CANCEL, [2], "Job not posted"))

(case("cancel-late", "an unclaimed job may be cancelled after its deadline too")
 .posts(time=MIN).at(2 * MIN).does("renter", JM, CANCEL, [1], moves=[refunded()]))

(case("cancel-off", "without cancelWhilePosted there is no such function",
      {"cancelWhilePosted": False})
 .posts().fails("renter", JM, CANCEL, [1]))

(case("reclaim", "after the deadline anybody sends an unclaimed job's payment back")
 .posts(time=MIN)
 .at(MIN).fails("stranger", JM, RECLAIM, [1], "Not expired yet")
 .at(MIN + 1).does("stranger", JM, RECLAIM, [1], moves=[refunded()]).state(REFUNDED)
 .fails("stranger", JM, RECLAIM, [1], "Job not posted"))

(case("reclaim-delay", "reclaimDelay makes it wait", {"reclaimDelay": HOUR})
 .posts(time=MIN)
 .at(MIN + HOUR).fails("stranger", JM, RECLAIM, [1], "Not expired yet")
 .fails("renter", JM, ABANDON, [1], "Not abandoned yet")
 .at(MIN + HOUR + 1).does("stranger", JM, RECLAIM, [1], moves=[refunded()]))

(case("abandon-posted", "claimAbandonedPayment serves the renter of an unclaimed job as well")
 .posts(time=MIN)
 .at(MIN).fails("renter", JM, ABANDON, [1], "Not abandoned yet")
 .at(MIN + 1).fails("stranger", JM, ABANDON, [1], "Not job renter")
 .does("renter", JM, ABANDON, [1], moves=[refunded()]).state(REFUNDED))

(case("abandon-claimed", "30 days after the deadline the renter needs no failure of the host")
 .posts_usdc(time=MIN).claims()
 .at(MIN + 30 * DAY).fails("renter", JM, ABANDON, [1], "Not abandoned yet")
 .at(MIN + 30 * DAY + 1).fails("host", JM, ABANDON, [1], "Not job renter")
 .does("renter", JM, ABANDON, [1], moves=[refunded(USDC(100), asset="usdc")]).state(REFUNDED)
 .stake("host", FAB(1000)).sees(JM, "openJobs(address)", ["host"], 0)
 .fails("stranger", JM, FAIL, [1], "Job not in claimed state"))

(case("abandon-delay", "abandonmentDelay is a parameter", {"abandonmentDelay": 0})
 .posts(time=MIN).claims()
 .at(MIN).fails("renter", JM, ABANDON, [1], "Not abandoned yet")
 .at(MIN + 1).does("renter", JM, ABANDON, [1], moves=[refunded()]))

# Failure of the host.

(case("give-up", "a host gives up in time: the job is back on the market, at the host's cost")
 .posts().claims()
 .does("host", JM, FAIL, [1], moves=[slashed()]).state(POSTED)
 .score("host", 80).stake("host", FAB(900))
 .sees(JM, "getCircuitBreakerMetrics()", [], 1, 2, 0, T0)
 .fails("host", JM, CLAIM, [1], "Insufficient stake")
 .claims("host2").completes("host2", pays=paid(host="host2")).state(SETTLED)
 .score("host2", 110))

(case("give-up-late", "a host gives up too late: the renter is refunded")
 .posts(time=MIN).claims()
 .at(MIN).does("host", JM, FAIL, [1], moves=[slashed()]).state(POSTED)
 .does("host", NR, "topUp(uint256)", [FAB(100)], moves=[("fab", "host", NR, FAB(100))])
 .claims()
 .at(MIN + 1).does("host", JM, FAIL, [1], moves=[slashed(), refunded()]).state(REFUNDED)
 .score("host", 60))

(case("deadline", "anybody reports a missed deadline, once it has passed")
 .posts(time=MIN).claims()
 .fails("renter", JM, FAIL, [1], "Host still has time")
 .fails("stranger", JM, FAIL, [1], "Host still has time")
 .at(MIN).fails("renter", JM, FAIL, [1], "Host still has time")
 .at(MIN + 1).does("stranger", JM, FAIL, [1], moves=[slashed(), refunded()]).state(REFUNDED)
 .score("host", 80).stake("host", FAB(900))
 .fails("stranger", JM, FAIL, [1], "Job not in claimed state"))

(case("claim-timeout", "claimTimeout frees a job before its deadline", {"claimTimeout": 90})
 .posts(time=HOUR).at(10).claims()
 .at(100).fails("renter", JM, FAIL, [1], "Host still has time")
 .at(101).does("renter", JM, FAIL, [1], moves=[slashed()]).state(POSTED)
 .at(200).claims("host2").at(290).completes("host2", pays=paid(host="host2")))

(case("claim-timeout-deadline", "and never waits beyond the deadline", {"claimTimeout": HOUR})
 .posts(time=MIN).at(50).claims()
 .at(MIN).fails("renter", JM, FAIL, [1], "Host still has time")
 .at(MIN + 1).does("renter", JM, FAIL, [1], moves=[slashed(), refunded()]))

(case("claim-timeout-default", "unless told, a claim lasts as long as its job: to the deadline")
 .posts(time=HOUR).at(10).claims()
 .at(HOUR).fails("renter", JM, FAIL, [1], "Host still has time")
 .completes(pays=paid()))

(case("fail-unclaimed", "nobody can fail a job that nobody has claimed")
 .posts().fails("renter", JM, FAIL, [1], "Job not in claimed state")
 .at(HOUR + 1).fails("stranger", JM, FAIL, [1], "Job not in claimed state"))

# The slash.

(case("slash-none", "slash: 0 % costs reputation only", {"slash": 0})
 .posts().claims().does("host", JM, FAIL, [1]).stake("host", FAB(1000)).score("host", 80))

(case("slash-all", "slash: 100 % takes the whole stake", {"slash": 10_000})
 .posts().claims().does("host", JM, FAIL, [1], moves=[slashed(FAB(1000))]).stake("host", 0)
 .claims("host2"))

(case("slash-current", "the share is of the current stake, rounded down", {"slash": 3_333},
      hosts=(), stake=0)
 .does("host", NR, REGISTER, ["peer", [], "", 24, FAB(1000) + 7],
       moves=[("fab", "host", NR, FAB(1000) + 7)])
 .posts().claims().does("host", JM, FAIL, [1],
                        moves=[slashed((FAB(1000) + 7) * 3_333 // 10_000)])
 .stake("host", FAB(1000) + 7 - (FAB(1000) + 7) * 3_333 // 10_000))

(case("slash-renter", "slashTo: renter compensates the job's renter", {"slashTo": "renter"})
 .posts(time=MIN).claims()
 .at(MIN + 1).does("stranger", JM, FAIL, [1], moves=[slashed(to="renter"), refunded()]))

(case("slash-challenger", "slashTo: challenger means the treasury where nobody challenged",
      {"slashTo": "challenger"})
 .posts().claims().does("host", JM, FAIL, [1], moves=[slashed()]))

(case("slash-eject", "a host slashed below ejectBelow leaves, with the rest of its stake",
      {"ejectBelow": FAB(950)})
 .posts().claims().does("host", JM, FAIL, [1],
                        moves=[slashed(), ("fab", NR, "host", FAB(900))])
 .sees(NR, "isNodeActive(address)", ["host"], False).stake("host", 0))

(case("slash-eject-busy", "while other jobs are open the rest stays, and can be lost",
      {"ejectBelow": FAB(950)})
 .posts().posts().claims(job=1).claims(job=2)
 .does("host", JM, FAIL, [1], moves=[slashed()])
 .sees(NR, "isNodeActive(address)", ["host"], False)
 .fails("host", NR, "withdrawStake()", [], "Node has active jobs")
 .fails("host", JM, CLAIM, [1], "Host not active")
 .does("host", JM, FAIL, [2], moves=[slashed(FAB(90))])
 .does("host", NR, "withdrawStake()", moves=[("fab", NR, "host", FAB(810))]))

# Mutual refund.

(case("mutual", "the host offers, the renter accepts: all goes back and nobody has failed")
 .posts_usdc().claims()
 .fails("renter", JM, CONFIRM, [1], "Refund not requested")
 .fails("renter", JM, REQUEST, [1], "Only host can request refund")
 .does("host", JM, REQUEST, [1])
 .fails("stranger", JM, CONFIRM, [1], "Only renter can confirm refund")
 .fails("host", JM, CONFIRM, [1], "Only renter can confirm refund")
 .does("renter", JM, CONFIRM, [1], moves=[refunded(USDC(100), asset="usdc")]).state(REFUNDED)
 .score("host", 100).stake("host", FAB(1000)).sees(JM, "openJobs(address)", ["host"], 0))

(case("mutual-void", "an offer ends with the host that made it")
 .posts().claims().does("host", JM, REQUEST, [1])
 .does("host", JM, FAIL, [1], moves=[slashed()])
 .claims("host2").fails("renter", JM, CONFIRM, [1], "Refund not requested")
 .completes("host2", pays=paid(host="host2")))

(case("mutual-states", "only while the host works")
 .posts().fails("host", JM, REQUEST, [1], "Job not in claimed state")
 .fails("renter", JM, CONFIRM, [1], "Job not in claimed state")
 .claims().does("host", JM, REQUEST, [1]).completes(pays=paid())
 .fails("renter", JM, CONFIRM, [1], "Job not in claimed state"))

# Payout after the window, for jobs without proof when a scenario wants it.

LATER = {"payoutWithoutProof": "afterChallengeWindow"}

(case("window", "the escrow stays full until the window is over; then anybody releases", LATER)
 .posts(payment=ETH(3)).claims().at(100).completes().state(COMPLETED).score("host", 110)
 .sees(JM, "openJobs(address)", ["host"], 1)
 .fails("stranger", JM, RELEASE, [1], "Not job renter")
 .fails("host", JM, RELEASE, [1], "Not job renter")
 .at(100 + 3 * DAY).fails("host", JM, RELEASE, [1], "Not job renter")
 .at(100 + 3 * DAY + 1).does("host", JM, RELEASE, [1], moves=[paid(ETH(3))]).state(SETTLED)
 .sees(JM, "openJobs(address)", ["host"], 0).score("host", 110)
 .fails("renter", JM, RELEASE, [1], "Job not completed"))

(case("release-early", "the renter releases before the window is over", LATER)
 .posts_usdc().fails("renter", JM, RELEASE, [1], "Job not completed")
 .claims().fails("renter", JM, RELEASE, [1], "Job not completed")
 .completes().fails("renter2", JM, RELEASE, [1], "Not job renter")
 .does("renter", JM, RELEASE, [1], moves=[paid(USDC(100), asset="usdc")]).state(SETTLED)
 .score("host", 110))

(case("release-many", "a batch releases the caller's completed jobs, once each", LATER)
 .posts().posts_usdc().posts("renter2").claims(job=1).claims(job=2).claims(job=3)
 .completes(job=1).completes(job=2).completes(job=3)
 .fails("renter", JM, RELEASE_MANY, [[]], "Empty array")
 .does("renter", JM, RELEASE_MANY, [[1, 2, 3, 1, 99]],
       moves=[paid(), paid(USDC(100), asset="usdc")])
 .state(SETTLED, 1).state(SETTLED, 2).state(COMPLETED, 3)
 .does("renter", JM, RELEASE_MANY, [[1, 2]]))

(case("window-parameter", "the window is challengePeriod", {**LATER, "challengePeriod": 10})
 .posts().claims().completes()
 .at(10).fails("stranger", JM, RELEASE, [1], "Not job renter")
 .at(11).does("stranger", JM, RELEASE, [1], moves=[paid()]))

# Disputes.

for stage in ["claimed", "completed"]:
    for disputer in ["renter", "host"]:
        for favors in [True, False]:
            for asset in ["eth", "usdc"]:
                payment = ETH(1) if asset == "eth" else USDC(100)
                winner = "renter" if favors else "host"
                one = case(f"dispute-{stage}-{disputer}-for-{winner}-{asset}",
                           f"the {disputer} disputes a {stage} job, the {winner} wins, in {asset}",
                           LATER)
                one.posts() if asset == "eth" else one.posts_usdc()
                one.claims()
                if stage == "completed":
                    one.completes()
                before = 110 if stage == "completed" else 100
                (one.fails("stranger", JM, DISPUTE, [1, "x"], "Not authorized")
                 .does(disputer, JM, DISPUTE, [1, "wrong answer"],
                       events=[(JM, "JobDisputed", {"jobId": 1, "disputer": disputer,
                                                    "reason": "wrong answer"})])
                 .state(DISPUTED)
                 .fails("host" if disputer == "renter" else "renter", JM, DISPUTE, [1, "x"],
                        "Escrow not active")
                 .fails("renter", JM, RELEASE, [1], "Job not completed")
                 .fails("host", JM, FAIL, [1], "Job not in claimed state")
                 .fails("host", JM, COMPLETE, [1, "r", "0x"], "Job not in claimed state")
                 .fails(disputer, JM, RESOLVE, [1, True], "Only arbiter")
                 .fails("governor", JM, RESOLVE, [1, True], "Only arbiter")
                 .does("arbiter", JM, RESOLVE, [1, favors],
                       moves=[refunded(payment, asset=asset), slashed()] if favors
                       else [paid(payment, asset=asset)])
                 .state(REFUNDED if favors else SETTLED)
                 .score("host", before - 20 if favors else before)
                 .stake("host", FAB(900) if favors else FAB(1000))
                 .sees(JM, "openJobs(address)", ["host"], 0)
                 .fails("arbiter", JM, RESOLVE, [1, favors], "Not in dispute"))

(case("dispute-states", "there is nothing to dispute before a claim nor after the settlement")
 .posts().fails("renter", JM, DISPUTE, [1, "x"], "Escrow not active")
 .fails("host", JM, DISPUTE, [1, "x"], "Not authorized")
 .claims().completes(pays=paid())
 .fails("renter", JM, DISPUTE, [1, "x"], "Escrow not active"))

(case("dispute-deadline", "a disputed job waits for the arbiter, whatever the time")
 .posts(time=MIN).claims().does("renter", JM, DISPUTE, [1, "x"])
 .at(40 * DAY).fails("renter", JM, ABANDON, [1], "Job already completed")
 .fails("stranger", JM, FAIL, [1], "Job not in claimed state")
 .fails("stranger", JM, RECLAIM, [1], "Job not posted")
 .does("arbiter", JM, RESOLVE, [1, True], moves=[refunded(), slashed()]).state(REFUNDED))

for disputer in ["renter", "host"]:
    for favors in [True, False]:
        winner = "renter" if favors else "host"
        (case(f"bond-{disputer}-for-{winner}",
              f"the {disputer}'s bond goes to the {winner}, who wins", {"disputeBond": FAB(5)})
         .posts().claims()
         .does(disputer, JM, DISPUTE, [1, "x"], moves=[("fab", disputer, JM, FAB(5))])
         .does("arbiter", JM, RESOLVE, [1, favors],
               moves=([refunded(), slashed()] if favors else [paid()])
               + [("fab", JM, winner, FAB(5))]))

# Leaving.

(case("leave-busy", "a host with an open job stays", LATER)
 .posts().claims().sees(JM, "openJobs(address)", ["host"], 1)
 .fails("host", NR, "unregisterNode()", [], "Node has active jobs")
 .completes().fails("host", NR, "unregisterNode()", [], "Node has active jobs")
 .does("renter", JM, RELEASE, [1], moves=[paid()])
 .does("host", NR, "unregisterNode()", moves=[("fab", NR, "host", FAB(1000))])
 .posts().fails("host", JM, CLAIM, [2], "Not a registered host"))

# Nobody else's wallet blocks a job.

(case("refusing-host", "a host that refuses ETH finds it as a credit", kinds={"host": "rejecting"})
 .posts().claims().completes().state(SETTLED)
 .sees(PE, "credits(address,address)", ["host", "ZERO"], ETH(0.99))
 .does("stranger", PE, "withdrawFees(address)", ["ZERO"],
       moves=[("eth", PE, "treasury", ETH(0.01))]))

(case("refusing-renter", "a renter that refuses ETH does not block the market",
      kinds={"renter": "rejecting"})
 .posts(time=MIN).claims().at(MIN + 1)
 .does("stranger", JM, FAIL, [1], moves=[slashed()]).state(REFUNDED)
 .sees(PE, "credits(address,address)", ["renter", "ZERO"], ETH(1)))

# Ratings.

(case("rating", "one rating a job, by its renter, after completion: 4 stars +2, 5 stars +4")
 .posts().fails("renter", REP, RATE, ["host", 1, 5, "x"], "Host not assigned to job")
 .claims().fails("renter", REP, RATE, ["host", 1, 5, "x"], "Job not completed")
 .completes(pays=paid())
 .fails("renter", REP, RATE, ["host", 1, 0, "x"], "Invalid rating")
 .fails("renter", REP, RATE, ["host", 1, 6, "x"], "Invalid rating")
 .fails("renter2", REP, RATE, ["host", 1, 5, "x"], "Not job renter")
 .fails("renter", REP, RATE, ["host2", 1, 5, "x"], "Host not assigned to job")
 .does("renter", REP, RATE, ["host", 1, 5, "great"]).score("host", 114)
 .fails("renter", REP, RATE, ["host", 1, 5, "great"], "Already rated")
 .posts().claims().completes(pays=paid())
 .does("renter", REP, RATE, ["host", 2, 4, "good"]).score("host", 126)
 .posts().claims().completes(pays=paid())
 .does("renter", REP, RATE, ["host", 3, 3, "so so"]).score("host", 136)
 .sees(REP, "getAverageRating(address)", ["host"], 4))

(case("rating-window", "a completed job may be rated before its payment is released", LATER)
 .posts().claims().completes().does("renter", REP, RATE, ["host", 1, 5, "x"]).score("host", 114))

(case("rating-parameters", "the points for stars are parameters",
      {"ratingBonus.fourStars": 7, "ratingBonus.fiveStars": 9})
 .posts().claims().completes(pays=paid()).does("renter", REP, RATE, ["host", 1, 4, "x"])
 .score("host", 117)
 .posts().claims().completes(pays=paid()).does("renter", REP, RATE, ["host", 2, 5, "x"])
 .score("host", 136))

(case("rating-decayed", "a rating applies the decay first")
 .posts().claims().completes(pays=paid())
 .at(60 * DAY).does("renter", REP, RATE, ["host", 1, 5, "x"]).score("host", 103))

# The setters are the owner's.

suite.add(Case(
    "DJ-setters", "Job", "the marketplace's addresses are set by its owner, once",
    {name: ("eoa", {"eth": ETH(1)}) for name in ["deployer", "stranger", "governor"]},
    [("USDC", "TestToken", ["USD Coin", "USDC", 6]), (NR, "NodeRegistry", [0]),
     (JM, "JobMarketplace", [NR]), (PE, "PaymentEscrow", ["governor", 100]),
     (REP, "ReputationSystem", [NR, JM, "governor"]), (PS, "ProofSystem", [JM, PE, REP])], [])
    .fails("stranger", JM, "setReputationSystem(address)", [REP], "Only owner")
    .fails("stranger", JM, "setGovernance(address)", ["stranger"], "Only owner")
    .fails("stranger", JM, "setProofSystem(address)", [PS], "Only owner")
    .fails("deployer", JM, "setProofSystem(address)", ["ZERO"], "Invalid address")
    .does("deployer", JM, "setReputationSystem(address)", [REP])
    .does("deployer", JM, "setGovernance(address)", ["governor"])
    .does("deployer", JM, "setProofSystem(address)", [PS])
    .fails("deployer", JM, "setReputationSystem(address)", [REP], "ReputationSystem already set")
    .fails("deployer", JM, "setGovernance(address)", ["governor"], "Governance already set")
    .fails("deployer", JM, "setProofSystem(address)", [PS], "Already set"))
