"""Section "Breakers"."""

from market import *

suite = Suite("breakers")
FREE = {"rapidLimit": 1_000, "postLimit": 1_000, "slash": 0}
PAUSED = "Contract is paused"


def case(name, description, protocol=None, **options):
    return suite.add(
        Market("DB-" + name, "Breakers", description, {**FREE, **(protocol or {})}, **options))


def fails_jobs(one, count):
    """The host takes jobs and gives them up."""
    for _ in range(count):
        one.posts().claims()
        one.does("host", JM, FAIL, [one.jobs])
    return one


def paused(one, isPaused):
    return one.sees(JM, "isPaused()", [], isPaused)


one = case("threshold", "the fifth failure pauses the marketplace")
one.posts()
one.claims()
fails_jobs(one, 4)
paused(one, False).posts().claims()
one.does("host", JM, FAIL, [6])
paused(one, True)
one.fails("renter", JM, POST, [details(), requirements(), 1], PAUSED, value=1)
one.fails("host", JM, CLAIM, [6], PAUSED)
# Completion, refunds and settlement go on.
one.completes(job=1, pays=paid())
one.does("renter", JM, CANCEL, [6], moves=[refunded()])
one.does("renter", JM, CANCEL, [2], moves=[refunded()])

one = case("threshold-parameter", "the threshold is a parameter", {"failureThreshold": 2})
paused(fails_jobs(one, 1), False)
paused(fails_jobs(one, 1), True)

one = case("threshold-governance", "governance sets the threshold")
one.fails("guardian", JM, "setFailureThreshold(uint256)", [1], "Only governance")
one.does("governor", JM, "setFailureThreshold(uint256)", [1])
paused(fails_jobs(one, 1), True)

one = case("window", "failures count within an hour of the first")
fails_jobs(one, 4)
one.at(HOUR)
paused(one, False)
one.at(HOUR + 1)
paused(fails_jobs(one, 4), False)
one.at(2 * HOUR + 1)
paused(fails_jobs(one, 1), True)

one = case("window-forever", "failureWindow: forever counts all failures", {"failureWindow": 0})
fails_jobs(one, 4)
one.at(5 * DAY)
paused(fails_jobs(one, 1), True)

one = case("going-on", "while paused only posts and claims stop", {"payoutWithoutProof":
                                                                 "afterChallengeWindow"})
one.posts(time=MIN).claims().completes()
one.posts(time=MIN).claims()
one.posts(time=MIN).claims()
one.posts(time=MIN)
one.posts(time=MIN)
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.does("renter", JM, RELEASE, [1], moves=[paid()])
one.does("renter", JM, DISPUTE, [2, "x"])
one.does("arbiter", JM, RESOLVE, [2, False], moves=[paid()])
one.does("host", JM, REQUEST, [3]).does("renter", JM, CONFIRM, [3], moves=[refunded()])
one.does("renter", JM, CANCEL, [4], moves=[refunded()])
one.at(MIN + 1).does("stranger", JM, RECLAIM, [5], moves=[refunded()])

# Recovery.

one = case("unpause", "the owner ends a pause after the cool-down, and the count begins again")
fails_jobs(one, 5)
one.fails("stranger", JM, "unpause()", [], "Not owner")
one.at(HOUR - 1).fails("deployer", JM, "unpause()", [], "Cooldown period not elapsed")
one.at(HOUR).does("deployer", JM, "unpause()")
paused(one, False).sees(JM, "getCircuitBreakerMetrics()", [], 0, 10, 0, T0)
paused(fails_jobs(one, 4), False)

one = case("cooldown-parameter", "the cool-down is a parameter", {"pauseCooldown": 10})
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.at(9).fails("deployer", JM, "unpause()", [], "Cooldown period not elapsed")
one.at(10).does("deployer", JM, "unpause()")

one = case("override", "governance overrides a pause at once, and the count begins again")
fails_jobs(one, 5)
one.fails("guardian", JM, "governanceOverridePause()", [], "Only governance")
one.does("governor", JM, "governanceOverridePause()")
paused(one, False)
paused(fails_jobs(one, 4), False)

one = case("auto", "autoRecovery ends a pause with the next post or claim", {"autoRecovery": 600})
fails_jobs(one, 5)
one.at(599).fails("renter", JM, POST, [details(), requirements(), 1], PAUSED, value=1)
one.at(600).posts()
paused(one, False).sees(JM, "getCircuitBreakerLevel()", [], 0)
one.sees(JM, "getCircuitBreakerMetrics()", [], 0, 11, 0, T0)

one = case("auto-claim", "a claim recovers as well, and anybody may ask for it",
           {"autoRecovery": 600})
one.posts().does("guardian", JM, "emergencyPause(string)", ["drill"])
one.at(599).does("stranger", JM, "checkAutoRecovery()")
one.fails("host", JM, CLAIM, [1], PAUSED)
one.at(600).claims()
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.at(1_200).does("stranger", JM, "checkAutoRecovery()")
paused(one, False)

one = case("auto-off", "off by default")
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.at(300 * DAY).does("stranger", JM, "checkAutoRecovery()")
paused(one, True)

one = case("auto-huge", "a period too long to count never recovers, and bricks nothing")
one.does("deployer", JM, "enableAutoRecovery(uint256)", [MAX])
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.does("stranger", JM, "checkAutoRecovery()")
one.fails("renter", JM, POST, [details(), requirements(), 1], PAUSED, value=1)
one.at(HOUR).does("deployer", JM, "unpause()").posts().claims()

# Levels.

one = case("levels", "up one at a time; 2 pauses; nobody but owner and guardian")
one.fails("stranger", JM, LEVEL, [1], "Not authorized")
one.fails("governor", JM, LEVEL, [1], "Not authorized")
one.fails("guardian", JM, LEVEL, [3], "Invalid level")
one.fails("guardian", JM, LEVEL, [2], "Cannot skip circuit breaker levels")
one.does("guardian", JM, LEVEL, [1])
one.sees(JM, "isThrottled()", [], True)
paused(one, False)
one.does("deployer", JM, LEVEL, [2])
paused(one, True)

one = case("levels-down", "down from 2 only after the cool-down")
one.does("guardian", JM, LEVEL, [1]).does("guardian", JM, LEVEL, [2])
one.at(HOUR - 1).fails("guardian", JM, LEVEL, [1], "Cooldown period not elapsed")
one.fails("guardian", JM, LEVEL, [0], "Cooldown period not elapsed")
one.at(HOUR).does("guardian", JM, LEVEL, [0])
paused(one, False).sees(JM, "isThrottled()", [], False)

one = case("levels-emergency", "setting a level does not lift an emergency pause")
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.does("guardian", JM, LEVEL, [0])
paused(one, True)
one.does("guardian", JM, LEVEL, [1])
paused(one, True)
one.does("guardian", JM, LEVEL, [0])
paused(one, True)
one.at(HOUR).does("guardian", JM, LEVEL, [1])
paused(one, True)
one.does("guardian", JM, LEVEL, [0])
paused(one, False)

one = case("guardian", "guardian and owner pause; nobody else")
one.fails("stranger", JM, "emergencyPause(string)", ["x"], "Not authorized to pause")
one.fails("governor", JM, "emergencyPause(string)", ["x"], "Not authorized to pause")
one.does("guardian", JM, "emergencyPause(string)", ["attack"],
         events=[(JM, "EmergencyPause", {"by": "guardian", "reason": "attack"})])
paused(one, True)

one = case("governance-pause", "governance pauses and unpauses as its emergency role does")
one.fails("guardian", JM, "pause()", [], "Only governance")
one.does("governor", JM, "pause()")
paused(one, True)
one.does("governor", JM, "unpause()")
paused(one, False)

# Suspicious releases.

LATER = {"payoutWithoutProof": "afterChallengeWindow"}
one = case("releases", "ten releases within 30 s of completion raise level 1", LATER)
for number in range(10):
    one.posts().claims().completes().wait(29)
    one.sees(JM, "getCircuitBreakerLevel()", [], 0)
    one.does("renter", JM, RELEASE, [one.jobs], moves=[paid()])
one.sees(JM, "getCircuitBreakerLevel()", [], 1)

one = case("releases-slow", "a release 30 s after completion is not suspicious", LATER)
for number in range(12):
    one.posts().claims().completes().wait(30)
    one.does("renter", JM, RELEASE, [one.jobs], moves=[paid()])
one.sees(JM, "getCircuitBreakerLevel()", [], 0)

one = case("releases-parameters", "number and time are parameters",
           {**LATER, "suspiciousReleases": 2, "suspiciousReleaseTime": 5})
for number in range(2):
    one.posts().claims().completes().wait(5)
    one.does("renter", JM, RELEASE, [one.jobs], moves=[paid()])
one.sees(JM, "getCircuitBreakerLevel()", [], 0)
for number in range(2):
    one.posts().claims().completes().wait(4)
    one.does("renter", JM, RELEASE, [one.jobs], moves=[paid()])
one.sees(JM, "getCircuitBreakerLevel()", [], 1)

one = case("releases-level", "and never lower it", {**LATER, "suspiciousReleases": 1})
one.posts().claims().completes()
one.does("guardian", JM, LEVEL, [1]).does("guardian", JM, LEVEL, [2])
one.does("renter", JM, RELEASE, [1], moves=[paid()])
one.sees(JM, "getCircuitBreakerLevel()", [], 2)
