"""Section "Proofs and challenges": what proofs gate, and what a challenge costs whom."""

from market import *

suite = Suite("proofs")

SUBMIT_PROOF = "submitProof(uint256,(uint256[],uint256[],uint256[],bytes32,bytes32,bytes32))"
VERIFY, VERIFY_MANY = "verifyProof(uint256)", "batchVerifyProofs(uint256[])"
CHALLENGE = "challengeProof(uint256,bytes32,uint256)"
DECIDE, EXPIRE = "resolveChallenge(uint256,bool)", "expireChallenge(uint256)"
METRICS = "getCircuitBreakerMetrics()"  # failures, successes, suspicions, last incident
EVIDENCE = f"0x{5:064x}"
STAKED, PENALTY, PERIOD = FAB(10), FAB(20), 3 * DAY
NONE, SUBMITTED, VERIFIED, INVALID = range(4)
ADMIN = "0xa49807205ce4d355092ef5a8a18f56e8913cf4a201fbe287825b095693c21775"


def proof(model=1, input=2, output=3, extra=()):
    """Valid when the three instances are 1, 2 and 3."""
    return {"instances": [model, input, output, *extra], "proof": [11, 12, 13], "vk": [21, 22],
            "modelCommitment": f"0x{1:064x}", "inputHash": f"0x{2:064x}",
            "outputHash": f"0x{3:064x}"}


BAD = proof(output=9)


class Proofs(Market):
    def submits(self, host="host", job=None, proof=proof()):
        return self.does(host, PS, SUBMIT_PROOF, [job or self.jobs, proof])

    def verifies(self, valid=True, job=None, moves=()):
        return self.does(
            "verifier", PS, VERIFY, [job or self.jobs], moves=moves,
            events=None if moves else [
                (PS, "ProofVerified",
                 {"jobId": job or self.jobs, "verifier": "verifier", "isValid": valid})])

    def challenges(self, who="challenger", stake=STAKED, number=1, job=None):
        return self.does(who, PS, CHALLENGE, [job or self.jobs, EVIDENCE, stake], ret=[number],
                         moves=[("fab", who, PS, stake)])

    def decides(self, successful, number=1, moves=()):
        return self.does("verifier", PS, DECIDE, [number, successful], moves=moves)

    def proven(self):
        """A claimed job with a verified proof."""
        return self.posts(proof=True).claims().submits().verifies()


def case(name, description, protocol=None, **options):
    market = suite.add(Proofs("DC-" + name, "Proofs", description, protocol, **options))
    market.does("deployer", PS, "grantVerifierRole(address)", ["verifier"])
    for who in ["challenger", "challenger2"]:
        market.does(who, "FAB", "approve(address,uint256)", [PS, MAX])
    return market


def stake_back(amount=STAKED, to="challenger"):
    return ("fab", PS, to, amount)


def penalty(amount=PENALTY, to="challenger"):
    return ("fab", NR, to, amount)


# What a proof gates.

(case("life", "a job that asks for proof goes through its states and pays after the window")
 .posts(proof=True).state(POSTED).claims().state(CLAIMED)
 .fails("host", JM, COMPLETE, [1, "QmResult", "0x"], "Proof not verified")
 .submits().state(PROVING)
 .fails("host", JM, COMPLETE, [1, "QmResult", "0x"], "Proof not verified")
 .wait(60).verifies().state(PROVEN)
 .sees(PS, "canCompleteJob(uint256)", [1], True)
 .wait(60).completes().state(COMPLETED).score("host", 110)
 .wait(PERIOD - 60).fails("stranger", JM, RELEASE, [1], "Not job renter")
 .wait(1).does("stranger", JM, RELEASE, [1], moves=[paid()]).state(SETTLED))

(case("free", "a job that asks for none needs none, takes none, and pays on completion")
 .posts().claims().fails("host", PS, SUBMIT_PROOF, [1, proof()], "Proof not required")
 .completes(pays=paid()).state(SETTLED))

(case("submit", "only the assigned host, while the job is claimed, and once")
 .fails("host", PS, SUBMIT_PROOF, [1, proof()], "Job does not exist")
 .posts(proof=True)
 .fails("host", PS, SUBMIT_PROOF, [1, proof()], "Only assigned host can submit proof")
 .claims()
 .fails("host2", PS, SUBMIT_PROOF, [1, proof()], "Only assigned host can submit proof")
 .submits()
 .fails("host", PS, SUBMIT_PROOF, [1, proof()], "Proof already submitted")
 .verifies()
 .fails("host", PS, SUBMIT_PROOF, [1, proof()], "Proof already submitted")
 .completes()
 .fails("host", PS, SUBMIT_PROOF, [1, proof()], "Job not in claimed state"))

(case("verify", "a verifier, once a proof; nobody else")
 .posts(proof=True).claims()
 .fails("verifier", PS, VERIFY, [1], "Invalid proof status")
 .submits()
 .fails("stranger", PS, VERIFY, [1], "AccessControl: account missing role")
 .fails("deployer", PS, VERIFY, [1], "AccessControl: account missing role")
 .verifies().fails("verifier", PS, VERIFY, [1], "Invalid proof status"))

for name, wrong in [("model", proof(model=9)), ("input", proof(input=9)),
                    ("output", proof(output=9)), ("count", proof(extra=[4]))]:
    (case("verify-" + name, f"a proof is invalid when its {name} differs")
     .posts(proof=True).claims().submits(proof=wrong).verifies(False).state(CLAIMED)
     .sees(PS, "canCompleteJob(uint256)", [1], False))

(case("batch", "a batch verifies what is submitted and passes over the rest")
 .posts(proof=True).claims().submits()
 .posts(proof=True).claims().submits(proof=BAD)
 .posts(proof=True).claims()
 .fails("stranger", PS, VERIFY_MANY, [[1]], "AccessControl: account missing role")
 .does("verifier", PS, VERIFY_MANY, [[1, 2, 3, 99, 1]], ret=[[True, False, False, False, False]])
 .state(PROVEN, 1).state(CLAIMED, 2).state(CLAIMED, 3)
 .does("verifier", PS, VERIFY_MANY, [[]], ret=[[]]))

# Invalid proofs.

(case("again", "an invalid proof may be replaced while time is left, at no cost")
 .posts(proof=True).claims().submits(proof=BAD).verifies(False).state(CLAIMED)
 .score("host", 100).stake("host", FAB(1000)).sees(JM, METRICS, [], 0, 2, 0, 0)
 .submits(proof=BAD).verifies(False)
 .submits().state(PROVING).verifies().state(PROVEN).completes().score("host", 110))

(case("late-invalid", "an invalid proof without time left is a failure: refund, -20, slash, count")
 .posts(proof=True).claims().submits(proof=BAD)
 .wait(HOUR + 1).verifies(False, moves=[refunded(), slashed()]).state(REFUNDED)
 .score("host", 80).stake("host", FAB(900))
 .sees(JM, METRICS, [], 1, 2, 0, T0 + HOUR + 1))

(case("deadline-invalid", "at the very deadline there is time left")
 .posts(proof=True).claims().submits(proof=BAD)
 .wait(HOUR).verifies(False).state(CLAIMED).score("host", 100))

(case("late-batch", "the same in a batch")
 .posts(proof=True).claims().submits(proof=BAD)
 .wait(HOUR + 1)
 .does("verifier", PS, VERIFY_MANY, [[1]], ret=[[False]], moves=[refunded(), slashed()])
 .state(REFUNDED))

(case("waiting", "while a proof waits for its verifier, the deadline does too")
 .posts(proof=True).claims().wait(HOUR - 600).submits()
 .wait(DAY).fails("stranger", JM, FAIL, [1], "Proof is being verified")
 .fails("host", JM, COMPLETE, [1, "QmResult", "0x"], "Job deadline passed")
 .verifies().state(PROVEN)
 .wait(600).completes().state(COMPLETED))

(case("waiting-over", "after the verdict the host has the time that was left when it proved")
 .posts(proof=True).claims().wait(HOUR - 600).submits()
 .wait(DAY).verifies()
 .wait(600).fails("stranger", JM, FAIL, [1], "Host still has time")
 .wait(1).fails("host", JM, COMPLETE, [1, "QmResult", "0x"], "Job deadline passed")
 .does("stranger", JM, FAIL, [1], moves=[refunded(), slashed()]).state(REFUNDED))

(case("next-host", "a proof is its host's: the next host proves for itself")
 .posts(proof=True).claims().submits().verifies()
 .does("host", JM, FAIL, [1], moves=[slashed()]).state(POSTED)
 .wait(60).claims("host2").state(CLAIMED)
 .fails("host2", JM, COMPLETE, [1, "QmResult", "0x"], "Proof not verified")
 .submits("host2").verifies().state(PROVEN).completes("host2").state(COMPLETED))

(case("next-host-safe", "what an earlier host proved wrongly is no failure of the next")
 .posts(proof=True).claims().submits(proof=BAD)
 .does("host", JM, FAIL, [1], moves=[slashed()]).state(POSTED)
 .wait(60).claims("host2")
 .wait(HOUR + 1).verifies(False).state(CLAIMED).score("host2", 100))

# Challenges: who, when, with what.

(case("challenge", "a verified proof, for at least 10 FAB")
 .posts(proof=True).claims()
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Can only challenge verified proofs")
 .submits()
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Can only challenge verified proofs")
 .verifies()
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED - 1], "Insufficient stake")
 .challenges().state(CHALLENGED)
 .sees(PS, "getChallengeInfo(uint256)", [1], "challenger", STAKED, EVIDENCE, 1, T0 + PERIOD))

(case("challenge-funds", "a challenger without FAB stakes nothing").proven()
 .fails("stranger", PS, CHALLENGE, [1, EVIDENCE, STAKED],
        custom=("ERC20InsufficientAllowance", {"spender": PS, "allowance": 0, "needed": STAKED}))
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, FAB(10_001)],
        custom=("ERC20InsufficientBalance",
                {"sender": "challenger", "balance": FAB(10_000), "needed": FAB(10_001)})))

(case("challenge-usdc", "USDC jobs are challenged in FAB too")
 .posts_usdc(proof=True).claims().submits().verifies().challenges())

(case("challenge-window", "for three days from the verification")
 .proven().completes().wait(PERIOD).challenges().state(CHALLENGED))

(case("challenge-late", "and not a second longer")
 .proven().completes().wait(PERIOD + 1)
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Challenge period over"))

(case("challenge-one", "one challenge a job at a time").proven().challenges()
 .fails("challenger2", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Challenge already open")
 .decides(False, moves=[stake_back(to="host")]).state(PROVEN)
 .challenges("challenger2", number=2))

(case("challenge-many", "unless a scenario allows more: what the first proved need not be proved "
      "again", {"oneChallengePerJob": False})
 .proven().challenges().challenges("challenger2", number=2)
 .decides(True, moves=[stake_back(), penalty(), slashed(FAB(98)), refunded()])
 .decides(False, 2, moves=[stake_back(to="challenger2")])
 .state(REFUNDED).stake("host", FAB(882)))

(case("challenge-gone", "a job that the renter has back cannot be challenged")
 .proven().does("host", JM, REQUEST, [1]).does("renter", JM, CONFIRM, [1], moves=[refunded()])
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Proof not in use"))

(case("challenge-disputed", "nor one that the arbiter decides").proven()
 .does("renter", JM, DISPUTE, [1, "wrong"])
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Proof not in use"))

(case("challenge-stale", "nor the proof of an earlier host").proven()
 .does("host", JM, FAIL, [1], moves=[slashed()]).wait(60).claims("host2")
 .fails("challenger", PS, CHALLENGE, [1, EVIDENCE, STAKED], "Proof not in use"))

(case("challenge-holds", "a challenged job waits").proven().challenges()
 .fails("host", JM, COMPLETE, [1, "QmResult", "0x"], "Job is challenged")
 .fails("host", JM, FAIL, [1], "Job is challenged")
 .fails("renter", JM, DISPUTE, [1, "wrong"], "Job is challenged"))

(case("challenge-release", "a completed job that is challenged pays nobody").proven().completes()
 .challenges().state(CHALLENGED)
 .fails("renter", JM, RELEASE, [1], "Job is challenged")
 .wait(PERIOD + 1).fails("stranger", JM, RELEASE, [1], "Job is challenged"))

# Challenges: the decision.

(case("resolve", "a verifier decides, once").proven().challenges()
 .fails("stranger", PS, DECIDE, [1, True], "AccessControl: account missing role")
 .fails("verifier", PS, DECIDE, [2, True], "Invalid challenge status")
 .decides(False, moves=[stake_back(to="host")])
 .fails("verifier", PS, DECIDE, [1, False], "Invalid challenge status")
 .fails("stranger", PS, EXPIRE, [1], "Invalid challenge status"))

(case("lost", "for the challenger: stake back, the penalty and then the slash from the host's stake, "
      "-20, the renter refunded").proven().challenges()
 .decides(True, moves=[stake_back(), penalty(), slashed(FAB(98)), refunded()])
 .state(REFUNDED).score("host", 80).stake("host", FAB(882))
 .sees(JM, METRICS, [], 1, 2, 0, T0)
 .sees(PS, "canCompleteJob(uint256)", [1], False))

(case("lost-completed", "a completed job is undone as well").proven().completes().score("host", 110)
 .challenges().decides(True, moves=[stake_back(), penalty(), slashed(FAB(98)), refunded()])
 .state(REFUNDED).score("host", 90))

(case("lost-usdc", "the renter of a USDC job gets USDC back")
 .posts_usdc(proof=True).claims().submits().verifies().challenges()
 .decides(True, moves=[stake_back(), penalty(), slashed(FAB(98)),
                       refunded(USDC(100), asset="usdc")]))

(case("lost-to-challenger", "slashed stake may go to the challenger", {"slashTo": "challenger"})
 .proven().challenges()
 .decides(True, moves=[stake_back(), penalty(), ("fab", NR, "challenger", FAB(98)), refunded()]))

(case("lost-poor", "the penalty reaches as far as the stake", {"challengePenalty": FAB(1_500)})
 .proven().challenges()
 .decides(True, moves=[stake_back(), penalty(FAB(1_000)), refunded()])
 .stake("host", 0).score("host", 80))

(case("won", "against the challenger: the host gets the stake and the job goes on").proven()
 .challenges(stake=FAB(15)).decides(False, moves=[stake_back(FAB(15), "host")])
 .state(PROVEN).score("host", 100).stake("host", FAB(1000)).completes()
 .wait(PERIOD + 1).does("stranger", JM, RELEASE, [1], moves=[paid()]))

(case("won-completed", "a completed job waits for the rest of its window").proven().completes()
 .challenges().decides(False, moves=[stake_back(to="host")]).state(COMPLETED)
 .does("renter", JM, RELEASE, [1], moves=[paid()]).state(SETTLED))

(case("resolve-deadline", "for three days from the challenge").proven().challenges()
 .wait(PERIOD).fails("stranger", PS, EXPIRE, [1], "Challenge not expired")
 .decides(True, moves=[stake_back(), penalty(), slashed(FAB(98)), refunded()]))

(case("expire", "then anybody ends it, for the host").proven().completes().challenges()
 .wait(PERIOD + 1).fails("verifier", PS, DECIDE, [1, True], "Challenge expired")
 .does("stranger", PS, EXPIRE, [1], moves=[stake_back(to="host")]).state(COMPLETED)
 .does("stranger", JM, RELEASE, [1], moves=[paid()]))

(case("paid-first", "a scenario may pay proof jobs on completion: a challenge then takes penalty, "
      "compensation at the block's prices and slash from the stake", {"payout": "onCompletion"})
 .posts(payment=ETH(0.1), proof=True).claims().submits().verifies()
 .completes(pays=paid(ETH(0.1))).state(SETTLED).challenges()
 .decides(True, moves=[stake_back(), penalty(), ("fab", NR, "renter", FAB(300)),
                       slashed(FAB(68))])
 .score("host", 90).stake("host", FAB(612)))

# Parameters and roles.

(case("parameters", "period, least stake and penalty are parameters",
      {"challengePeriod": HOUR, "challengeStakeMin": FAB(1), "challengePenalty": 0})
 .proven().fails("challenger", PS, CHALLENGE, [1, EVIDENCE, FAB(1) - 1], "Insufficient stake")
 .wait(HOUR).challenges(stake=FAB(1))
 .wait(HOUR).decides(True, moves=[stake_back(FAB(1)), slashed(), refunded()])
 .sees(PS, "CHALLENGE_PERIOD()", [], HOUR)
 .sees(PS, "CHALLENGE_STAKE_MIN()", [], FAB(1))
 .sees(PS, "PENALTY_AMOUNT()", [], 0))

(case("admin", "the administrator's role suffices to name verifiers")
 .fails("stranger", PS, "grantVerifierRole(address)", ["stranger"],
        "AccessControl: account missing role")
 .does("deployer", PS, "grantRole(bytes32,address)", [ADMIN, "governor"])
 .does("governor", PS, "grantVerifierRole(address)", ["stranger"])
 .posts(proof=True).claims().submits().does("stranger", PS, VERIFY, [1])
 .does("governor", PS, "revokeVerifierRole(address)", ["stranger"])
 .fails("stranger", PS, VERIFY, [1], "AccessControl: account missing role")
 .fails("governor", PS, "grantRole(bytes32,address)", [ADMIN, "stranger"],
        "AccessControl: account missing role"))
