"""Section "Posting and claiming": every guard in its order, every boundary."""

from market import *

suite = Suite("posting")
FREE = {"rapidLimit": 1_000, "postLimit": 1_000}


def case(name, description, protocol=None, **options):
    return suite.add(Market("DP-" + name, "Posting and claiming", description, protocol, **options))


def eth(case, reason=None, renter="renter", payment=ETH(1), value=None, detail={}, asked={}):
    """A postJob that is refused for `reason`, or done."""
    arguments = [details(**detail), requirements(**asked), payment]
    value = payment if value is None else value
    if reason:
        return case.fails(renter, JM, POST, arguments, reason, value=value)
    return case.does(renter, JM, POST, arguments, value=value, moves=[("eth", JM, PE, payment)])


def usdc(case, reason=None, renter="renter", payment=USDC(10), token="USDC", detail={}, asked={}):
    arguments = [details(**detail), requirements(**asked), token, payment]
    if reason:
        return case.fails(renter, JM, TOKEN_POST, arguments, reason)
    return case.does(renter, JM, TOKEN_POST, arguments, moves=[("usdc", renter, PE, payment)])


def create(case, reason=None, renter="renter", payment=ETH(1), value=None, model="m", prompt="p",
           time=HOUR):
    arguments = [model, prompt, payment, case.t + time]
    value = payment if value is None else value
    if reason:
        return case.fails(renter, JM, CREATE, arguments, reason, value=value)
    return case.does(renter, JM, CREATE, arguments, value=value,
                     moves=[("eth", JM, PE, payment)]
                     + ([("eth", JM, renter, value - payment)] if value > payment else []))


def batch(case, jobs, reason=None, renter="renter", value=None):
    """jobs: (payment, details, requirements)."""
    total = sum(payment for payment, _, _ in jobs)
    arguments = [[details(**d) for _, d, _ in jobs], [requirements(**r) for _, _, r in jobs],
                 [payment for payment, _, _ in jobs]]
    value = total if value is None else value
    if reason:
        return case.fails(renter, JM, BATCH, arguments, reason, value=value)
    return case.does(renter, JM, BATCH, arguments, value=value,
                     moves=[("eth", JM, PE, payment) for payment, _, _ in jobs]
                     + ([("eth", JM, renter, value - total)] if value > total else []))


# What a job may ask for: the last value allowed and the first refused, at every door.

BOUNDS = [
    ("tokens-least", {"tokens": 1}, {}, {"tokens": 0}, {}, "Invalid max tokens"),
    ("tokens-most", {"tokens": 1_000_000}, {}, {"tokens": 1_000_001}, {}, "Invalid max tokens"),
    ("time-least", {}, {"time": 60}, {}, {"time": 59}, "Deadline too short"),
    ("time-most", {}, {"time": 365 * DAY - 1}, {}, {"time": 365 * DAY}, "Deadline too long"),
    ("temperature", {"temperature": 20_000}, {}, {"temperature": 20_001}, {},
     "Temperature out of range"),
    ("memory", {}, {"memory": 128}, {}, {"memory": 129}, "Invalid parameters"),
    ("model", {"model": "m"}, {}, {"model": ""}, {}, "Invalid job details"),
    ("prompt-least", {"prompt": "p"}, {}, {"prompt": ""}, {}, "Invalid job details"),
    ("prompt-most", {"prompt": "p" * 10_000}, {}, {"prompt": "p" * 10_001}, {}, "Prompt too large"),
]
for name, good, good_asked, bad, bad_asked, reason in BOUNDS:
    one = case(f"bound-{name}", f"{reason}: the same limit at postJob, postJobWithToken and in a "
               "batch", FREE)
    eth(one, reason, detail=bad, asked=bad_asked)
    usdc(one, reason, detail=bad, asked=bad_asked)
    batch(one, [(ETH(1), {}, {}), (ETH(1), bad, bad_asked)], reason)
    eth(one, detail=good, asked=good_asked)
    usdc(one, detail=good, asked=good_asked)
    batch(one, [(ETH(1), {}, {}), (ETH(1), good, good_asked)])

one = case("bound-payment", "a payment is above nothing and at most 1,000 ETH or 1,000,000 USDC", FREE)
eth(one, "Payment too low", payment=0)
eth(one, "Payment too large", payment=ETH(1000) + 1)
usdc(one, "Payment too low", payment=0)
usdc(one, "Payment too large", payment=USDC(1_000_000) + 1)
batch(one, [(ETH(1), {}, {}), (0, {}, {})], "Payment too low")
batch(one, [(ETH(1), {}, {}), (ETH(1000) + 1, {}, {})], "Payment too large")
create(one, "Payment too low", payment=0)
create(one, "Payment too large", payment=ETH(1000) + 1)
eth(one, payment=1)
eth(one, payment=ETH(1000))
usdc(one, payment=1)
usdc(one, payment=USDC(1_000_000))
batch(one, [(1, {}, {}), (ETH(1000), {}, {})])
create(one, payment=1)
create(one, payment=ETH(1000))

one = case("bound-payment-parameter", "the greatest payments are parameters",
           {"maxPayment.eth": ETH(2), "maxPayment.usdc": USDC(3)})
eth(one, "Payment too large", payment=ETH(2) + 1)
usdc(one, "Payment too large", payment=USDC(3) + 1)
eth(one, payment=ETH(2))
usdc(one, payment=USDC(3))

one = case("bound-parameters", "and so are the other limits",
           {**FREE, "maxTokens": 10, "minTimeToComplete": 5, "maxTimeToComplete": 100,
            "maxTemperature": 3, "maxGPUMemory": 16, "maxPromptBytes": 4})
good = dict(detail={"tokens": 10, "temperature": 3, "prompt": "1234"}, asked={"time": 99})
eth(one, "Invalid max tokens", detail={**good["detail"], "tokens": 11}, asked={"time": 99})
eth(one, "Deadline too short", detail=good["detail"], asked={"time": 4})
eth(one, "Deadline too long", detail=good["detail"], asked={"time": 100})
eth(one, "Temperature out of range", detail={**good["detail"], "temperature": 4},
    asked={"time": 99})
eth(one, "Invalid parameters", detail=good["detail"], asked={"time": 99, "memory": 17})
eth(one, "Prompt too large", detail={**good["detail"], "prompt": "12345"}, asked={"time": 99})
eth(one, **good)

one = case("bound-create", "createJob checks what it has: time, model, prompt", FREE)
create(one, "Deadline too short", time=59)
create(one, "Deadline too long", time=365 * DAY)
create(one, "Invalid deadline", time=0)
create(one, "Invalid job details", model="")
create(one, "Invalid job details", prompt="")
create(one, "Prompt too large", prompt="p" * 10_001)
create(one, time=60)
create(one, time=365 * DAY - 1)
create(one, prompt="p" * 10_000)

# The order of the guards: one call spoils everything, then one thing less each time.

one = case("order", "postJob: paused, degraded, function, payment, windows, then the job itself",
           {"rapidLimit": 1})
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.does("guardian", JM, "pauseFunction(string)", ["postJob"])
one.does("deployer", JM, "enableDegradedMode()")
wrong = dict(payment=0, value=1, detail={"tokens": 0, "temperature": 20_001, "model": ""},
             asked={"time": 59, "memory": 129})
eth(one, "Contract is paused", **wrong)
one.does("governor", JM, "governanceOverridePause()")
eth(one, "Degraded mode: new jobs disabled", **wrong)

one = case("order-later", "the rest of the order, without degraded mode", {"rapidLimit": 1})
one.does("guardian", JM, "pauseFunction(string)", ["postJob"])
eth(one, "Function is paused", **wrong)
one.does("guardian", JM, "unpauseFunction(string)", ["postJob"])
eth(one, "Payment mismatch", **wrong)
eth(one)
wrong["value"] = 0
eth(one, "Rate limit exceeded", **wrong)
one.at(61)
eth(one, "Payment too low", **wrong)
wrong["payment"] = wrong["value"] = ETH(1)
eth(one, "Invalid max tokens", **wrong)
wrong["detail"]["tokens"] = 1
eth(one, "Deadline too short", **wrong)
wrong["asked"]["time"] = 365 * DAY
eth(one, "Deadline too long", **wrong)
wrong["asked"]["time"] = 60
eth(one, "Temperature out of range", **wrong)
wrong["detail"]["temperature"] = 0
eth(one, "Invalid parameters", **wrong)
wrong["asked"]["memory"] = 0
eth(one, "Invalid job details", **wrong)
wrong["detail"]["model"] = "m"
wrong["detail"]["prompt"] = "p" * 10_001
eth(one, "Prompt too large", **wrong)

one = case("order-tokens", "too many tokens are told before a deadline too short", FREE)
eth(one, "Invalid max tokens", detail={"tokens": 1_000_001}, asked={"time": 59})
eth(one, "Deadline too long", detail={"temperature": 20_001}, asked={"time": 365 * DAY})

one = case("order-token", "postJobWithToken: the token first, then as postJob")
usdc(one, "Only USDC accepted", token="FAB", payment=0)
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
usdc(one, "Only USDC accepted", token="FAB", payment=0)
usdc(one, "Contract is paused", payment=0)

one = case("doors-paused", "while paused every door of posting is shut, and claims too")
eth(one)
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
eth(one, "Contract is paused")
usdc(one, "Contract is paused")
create(one, "Contract is paused")
batch(one, [(ETH(1), {}, {})], "Contract is paused")
one.fails("renter", JM, CREATE_FOR, ["renter", "m", "p", 1, T0 + HOUR], "Contract is paused",
          value=1)
one.fails("host", JM, CLAIM, [1], "Contract is paused")
one.fails("host", JM, CLAIM_FOR, ["host", 1], "Contract is paused")
one.does("governor", JM, "governanceOverridePause()")
one.claims(job=1)

one = case("doors-degraded", "degraded mode refuses posts at every door, and nothing else")
eth(one)
one.fails("stranger", JM, "enableDegradedMode()", [], "Not owner")
one.does("deployer", JM, "enableDegradedMode()")
eth(one, "Degraded mode: new jobs disabled")
usdc(one, "Degraded mode: new jobs disabled")
create(one, "Degraded mode: new jobs disabled")
batch(one, [(ETH(1), {}, {})], "Degraded mode: new jobs disabled")
one.claims(job=1).completes(job=1, pays=paid())

one = case("doors-function", "a paused function shuts every door of posting")
one.fails("stranger", JM, "pauseFunction(string)", ["postJob"], "Not authorized")
one.does("guardian", JM, "pauseFunction(string)", ["claimJob"])
eth(one)
one.does("guardian", JM, "pauseFunction(string)", ["postJob"])
eth(one, "Function is paused")
usdc(one, "Function is paused")
create(one, "Function is paused")
batch(one, [(ETH(1), {}, {})], "Function is paused")
one.claims(job=1)
one.does("deployer", JM, "unpauseFunction(string)", ["postJob"])
eth(one)

# Payment.

one = case("payment-match", "postJob takes exactly its payment")
eth(one, "Payment mismatch", value=ETH(1) - 1)
eth(one, "Payment mismatch", value=ETH(1) + 1)
eth(one)

one = case("payment-over", "createJob and batches return what is too much", FREE)
create(one, "Insufficient payment", value=ETH(1) - 1)
create(one, value=ETH(1) + 7)
batch(one, [(ETH(1), {}, {}), (ETH(2), {}, {})], "Insufficient payment", value=ETH(3) - 1)
batch(one, [(ETH(1), {}, {}), (ETH(2), {}, {})], value=ETH(3) + 9)
one.sees(PE, "feeBalance()", [], 0)

one = case("payment-refused", "a renter that refuses what is too much posts nothing",
           kinds={"renter2": "rejecting"})
create(one, "Refund failed", renter="renter2", value=ETH(1) + 7)
create(one, renter="renter2")

one = case("payment-tokens", "a token that answers false, or lacks allowance, posts nothing")
one.does("stranger", "USDC", "setReturnFalse(bool)", [True])
usdc(one, "Transfer failed")
one.does("stranger", "USDC", "setReturnFalse(bool)", [False])
one.does("renter", "USDC", "approve(address,uint256)", [JM, USDC(9)])
one.fails("renter", JM, TOKEN_POST, [details(), requirements(), "USDC", USDC(10)],
          custom=("ERC20InsufficientAllowance",
                  {"spender": JM, "allowance": USDC(9), "needed": USDC(10)}))
usdc(one, payment=USDC(9))

one = case("create-for", "in another's name posts only who may act for it", FREE)
one.fails("stranger", JM, CREATE_FOR, ["renter", "m", "p", 5, T0 + HOUR], "Not authorized", value=5)
one.does("renter", JM, CREATE_FOR, ["renter", "m", "p", 5, T0 + HOUR], value=5, ret=[1],
         moves=[("eth", JM, PE, 5)])
one.does("renter", JM, CANCEL, [1], moves=[("eth", PE, "renter", 5)])

# Batches.

one = case("batch", "a batch makes one record a job, 1 to 100 of them", FREE)
batch(one, [], "Empty array")
batch(one, [(1, {}, {})] * 101, "Too many jobs")
one.fails("renter", JM, BATCH, [[details()], [], [1]], "Array length mismatch", value=1)
one.fails("renter", JM, BATCH, [[details()], [requirements()], [1, 1]], "Array length mismatch",
          value=2)
batch(one, [(number + 1, {}, {}) for number in range(100)])
one.does("renter", JM, CANCEL, [37], moves=[("eth", PE, "renter", 37)])
one.claims(job=100).does("host", JM, COMPLETE, [100, "r", "0x"], moves=[("eth", PE, "host", 99)])
one.sees(PE, "feeBalance()", [], 1)

one = case("batch-limit", "the size of a batch is a parameter", {**FREE, "batchLimit": 2})
batch(one, [(1, {}, {})] * 3, "Too many jobs")
batch(one, [(1, {}, {})] * 2)

one = case("batch-counts", "each job of a batch counts as a post, and all or none is posted")
batch(one, [(1, {}, {})] * 4, "Rate limit exceeded")
one.sees(JM, "isMonitoring(address)", ["renter"], False)
batch(one, [(1, {}, {})] * 3)
one.sees(JM, "isMonitoring(address)", ["renter"], True)
batch(one, [(1, {}, {})], "Rate limit exceeded")

# Rate limits.

one = case("rapid", "three posts a minute; the third is announced and watched, the fourth refused")
eth(one)
one.at(20)
eth(one)
one.sees(JM, "isMonitoring(address)", ["renter"], False)
one.at(40)
eth(one)
one.sees(JM, "isMonitoring(address)", ["renter"], True)
one.sees(JM, "getCircuitBreakerLevel()", [], 0)
eth(one, "Rate limit exceeded")
eth(one, renter="renter2")
one.at(60)
eth(one, "Rate limit exceeded")
one.at(61)
eth(one)

one = case("rapid-doors", "every door counts in the same windows")
eth(one)
usdc(one)
create(one)
eth(one, "Rate limit exceeded")
usdc(one, "Rate limit exceeded")
create(one, "Rate limit exceeded")
batch(one, [(1, {}, {})], "Rate limit exceeded")
one.at(61)
batch(one, [(1, {}, {})])

one = case("rapid-parameter", "limit and length of the short window are parameters",
           {"rapidLimit": 1, "rapidWindow": 10})
eth(one)
eth(one, "Rate limit exceeded")
one.at(10)
eth(one, "Rate limit exceeded")
one.at(11)
eth(one)

one = case("hourly", "ten posts an hour; the window begins with the first after the last ended")
for number in range(10):
    one.at(100 * number)
    eth(one)
one.at(1_000)
eth(one, "Rate limit exceeded")
one.at(HOUR)
eth(one, "Rate limit exceeded")
one.at(HOUR + 1)
eth(one)
one.at(HOUR + 1 + 61)
eth(one)

one = case("hourly-parameter", "limit and length of the long window are parameters",
           {"postLimit": 2, "postWindow": 100})
eth(one)
eth(one)
eth(one, "Rate limit exceeded")
one.at(100)
eth(one, "Rate limit exceeded")
one.at(101)
eth(one)

one = case("refused-counts", "a refused post does not count")
eth(one, "Payment too low", payment=0)
eth(one, "Payment too low", payment=0)
eth(one, "Payment too low", payment=0)
eth(one)
eth(one)
eth(one)
eth(one, "Rate limit exceeded")

# Claiming.

one = case("claim-order", "claims: every guard in the page's order",
           {"failureThreshold": 1, "suspiciousMayClaim": False, "sybilThreshold": 2},
           hosts=("host2",))
one.posts(memory=80, reputation=101, time=HOUR)
one.does("guardian", JM, "emergencyPause(string)", ["drill"])
one.fails("node", JM, CLAIM, [99], "Contract is paused")
one.does("governor", JM, "governanceOverridePause()")
one.fails("node", JM, CLAIM, [99], "Job does not exist")
one.at(HOUR + 1).fails("node", JM, CLAIM, [1], "Job expired")
one.at(HOUR).fails("node", JM, CLAIM, [1], "Not a registered host")

one = case("claim-taken", "a job belongs to the first that claims it; the deadline is its last second")
one.posts(time=MIN).at(MIN).claims()
one.fails("host2", JM, CLAIM, [1], "Job already claimed")
one.fails("host", JM, CLAIM, [1], "Job already claimed")
one.posts(time=MIN).at(2 * MIN + 1).fails("host2", JM, CLAIM, [2], "Job expired")
one.fails("host2", JM, CLAIM, [1], "Job expired")

one = case("claim-registered", "only a registered, active host with its stake claims",
           {"unbonding": DAY}, hosts=("host", "host2"))
one.posts().fails("stranger", JM, CLAIM, [1], "Not a registered host")
one.does("host", NR, "unregisterNode()").fails("host", JM, CLAIM, [1], "Host not active")
one.does("governor", NR, "slashNode(address,uint256,string)", ["host2", 1, "x"],
         moves=[slashed(1)])
one.fails("host2", JM, CLAIM, [1], "Insufficient stake")
one.does("host2", NR, "topUp(uint256)", [1], moves=[("fab", "host2", NR, 1)]).claims("host2")

one = case("claim-memory", "a host has the GPU memory that a job asks for")
one.posts(memory=25).fails("host", JM, CLAIM, [1], "Insufficient GPU memory")
one.posts(memory=24).claims(job=2)

one = case("claim-reputation", "a host has the reputation that a job asks for, decayed")
one.posts(reputation=101, time=364 * DAY).posts(reputation=100)
one.fails("host", JM, CLAIM, [1], "Insufficient reputation").claims(job=2)
one.completes(job=2, pays=paid()).score("host", 110)
one.at(30 * DAY).score("host", 105).claims(job=1)

one = case("claim-reputation-decayed", "what has decayed does not count")
one.posts(reputation=106, time=364 * DAY).posts().claims(job=2).completes(job=2, pays=paid())
one.at(30 * DAY).fails("host", JM, CLAIM, [1], "Insufficient reputation")
one.at(30 * DAY - 1).claims(job=1)

one = case("claim-sybil", "a controller whose node failed a job sends no other node for it",
           hosts=("host",), protocol={"slash": 0})
for node in ["node", "node2"]:
    one.does("controller", NR, CONTROL, ["peer", node], moves=[("fab", "controller", NR, FAB(1000))])
one.posts().claims("node").does("node", JM, FAIL, [1]).state(POSTED)
one.fails("node2", JM, CLAIM, [1], "Sybil attack detected")
one.fails("node", JM, CLAIM, [1], "Sybil attack detected")
one.posts().claims("node2", job=2)
one.does("node", NR, "unregisterNode()", moves=[("fab", NR, "node", FAB(1000))])
one.does("node", NR, "registerNodeSimple(string)", ["peer"], moves=[("fab", "node", NR, FAB(1000))])
one.claims("node", job=1)

one = case("claim-sybil-left", "a failed node that leaves does not clear its controller",
           hosts=("host",), protocol={"slash": 0})
for node in ["node", "node2"]:
    one.does("controller", NR, CONTROL, ["peer", node], moves=[("fab", "controller", NR, FAB(1000))])
one.posts().claims("node").does("node", JM, FAIL, [1])
one.does("node", NR, "unregisterNode()", moves=[("fab", NR, "node", FAB(1000))])
one.fails("node2", JM, CLAIM, [1], "Sybil attack detected").claims("host")

one = case("claim-suspicious", "suspicious controllers' nodes may claim, unless a scenario says no",
           hosts=())
for node in ["node", "node2", "node3"]:
    one.does("controller", NR, CONTROL, ["peer", node], moves=[("fab", "controller", NR, FAB(1000))])
one.sees(NR, "isSuspiciousController(address)", ["controller"], True)
one.posts().claims("node")

one = case("claim-suspicious-refused", "suspiciousMayClaim: false refuses them",
           {"suspiciousMayClaim": False}, hosts=("host",))
for node in ["node", "node2"]:
    one.does("controller", NR, CONTROL, ["peer", node], moves=[("fab", "controller", NR, FAB(1000))])
one.posts().claims("node")
one.does("controller", NR, CONTROL, ["peer", "node3"], moves=[("fab", "controller", NR, FAB(1000))])
one.posts().fails("node2", JM, CLAIM, [2], "Suspicious controller").claims("host")

one = case("claim-throttle", "at level 1 a host waits five minutes after its last claim")
one.posts().posts().posts().claims(job=1)
one.does("guardian", JM, LEVEL, [1])
one.fails("host", JM, CLAIM, [2], "Please wait before next operation")
one.claims("host2", job=2).fails("host2", JM, CLAIM, [3], "Please wait before next operation")
one.at(299).fails("host", JM, CLAIM, [3], "Please wait before next operation")
one.at(300).claims("host", job=3)

one = case("claim-throttle-order", "the throttle is told before the job is looked at")
one.posts().claims().does("guardian", JM, LEVEL, [1])
one.fails("host", JM, CLAIM, [99], "Please wait before next operation")
one.fails("host2", JM, CLAIM, [99], "Job does not exist")

one = case("claim-throttle-parameter", "the wait is a parameter", {"throttleCooldown": 10})
one.posts().posts().claims(job=1).does("guardian", JM, LEVEL, [1])
one.at(9).fails("host", JM, CLAIM, [2], "Please wait before next operation")
one.at(10).claims(job=2)

one = case("claim-for", "in a host's name claims only who may act for it, under the same guards")
one.posts(memory=25, time=MIN).posts()
one.fails("stranger", JM, CLAIM_FOR, ["host", 2], "Not authorized")
one.fails("renter", JM, CLAIM_FOR, ["host", 2], "Not authorized")
one.fails("host", JM, CLAIM_FOR, ["host", 1], "Insufficient GPU memory")
one.does("host", JM, CLAIM_FOR, ["host", 2]).state(CLAIMED, 2)
one.at(MIN + 1).fails("host2", JM, CLAIM_FOR, ["host2", 1], "Job expired")

# A token that calls back while it moves, in the place of the dollar token. Its call is refused by
# the guard, before anything else is looked at, and its failure is the token's.

INNER = {
    "hex": "0x2042ba3a" + "".join(f"{word:064x}" for word in (128, 192, 0, 1_701_000_024))
    + f"{5:064x}" + b"inner".hex().ljust(64, "0") + f"{1:064x}" + b"i".hex().ljust(64, "0"),
    "call": {"fn": CREATE, "args": ["inner", "i", 0, 1_701_000_024]}}


def armed(name, description, call):
    one = case(name, description, contracts=[("CB", "CallbackToken", [])])
    one.does("deployer", "CB", "mint(address,uint256)", ["renter", 1_000])
    one.does("renter", "CB", "approve(address,uint256)", [JM, MAX], ret=[True])
    one.does("deployer", JM, "setUsdcAddress(address)", ["CB"])
    return one.does("deployer", "CB", "arm(address,bytes,uint256)", [JM, call, 1])


one = armed("callback-create", "a payment token that calls back cannot create a job meanwhile", INNER)
one.fails("renter", JM, TOKEN_POST, [details(), requirements(), "CB", 100],
          custom=("ReentrancyGuardReentrantCall", {}))
one.sees("CB", "balanceOf(address)", ["renter"], 1_000)
# Undone with the rest: the token is still armed, and posting in ETH moves no token.
one.posts().state(POSTED, 1)

one = case("callback-disarmed", "the same token pays for a job when it does not call back",
           contracts=[("CB", "CallbackToken", [])])
one.does("deployer", "CB", "mint(address,uint256)", ["renter", 1_000])
one.does("renter", "CB", "approve(address,uint256)", [JM, MAX], ret=[True])
one.does("deployer", JM, "setUsdcAddress(address)", ["CB"])
one.does("renter", JM, TOKEN_POST, [details(), requirements(), "CB", 100]).state(POSTED, 1)
one.sees("CB", "balanceOf(address)", [PE], 100)
