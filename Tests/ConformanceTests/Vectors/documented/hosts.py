"""Section "Hosts": registration, controllers, leaving, slashing."""

from cases import *

suite = Suite("hosts")

SIMPLE = "registerNodeSimple(string)"
PLAIN = "registerNode(string,string[],string)"
FULL = "registerNode(string,string[],string,uint256,uint256)"
FOR = "registerNodeFor(address,string,string[],string)"
CONTROLLED = "registerControlledNode(string,address)"
HOSTS = [f"h{number}" for number in range(14)]


def case(name, description, protocol=None, stake=FAB(1000), approve=True, wired=True):
    accounts = {
        name: ("eoa", {"eth": ETH(10), "fab": FAB(5000)})
        for name in ["deployer", "governor", "treasury", "stranger"] + HOSTS}
    wiring = []
    if wired:
        wiring += [
            ("deployer", "NodeRegistry", "setStakeToken(address)", ["FAB"]),
            ("deployer", "NodeRegistry", "setTreasury(address)", ["treasury"]),
            ("deployer", "NodeRegistry", "setGovernance(address)", ["governor"])]
    if approve:
        wiring += [
            (host, "FAB", "approve(address,uint256)", ["NodeRegistry", MAX])
            for host in HOSTS + ["stranger"]]
    return suite.add(Case(
        "DH-" + name, "Hosts", description, accounts,
        [("FAB", "TestToken", ["FAB Token", "FAB", 18]), ("NodeRegistry", "NodeRegistry", [stake])],
        wiring, protocol))


def staked(host, amount=FAB(1000)):
    return [("fab", host, "NodeRegistry", amount)]


def full(stake=FAB(1000), metadata="peer", memory=24):
    return [metadata, ["llama3-8b"], "eu", memory, stake]


# Registration: stake.

(case("stake", "minStake is the least that registers; all of the stake offered is taken")
 .fails("h0", "NodeRegistry", FULL, full(FAB(1000) - 1), "Insufficient stake")
 .does("h0", "NodeRegistry", FULL, full(), ret=[], moves=staked("h0"),
       events=[("NodeRegistry", "NodeRegistered", {"node": "h0", "metadata": "peer"}),
               ("FAB", "Transfer", {"from": "h0", "to": "NodeRegistry", "value": FAB(1000)})])
 .does("h1", "NodeRegistry", FULL, full(FAB(1500)), moves=staked("h1", FAB(1500)))
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], FAB(1000))
 .sees("NodeRegistry", "getNodeStake(address)", ["h1"], FAB(1500))
 .sees("NodeRegistry", "getGPUMemory(address)", ["h0"], 24)
 .sees("NodeRegistry", "isActiveNode(address)", ["h0"], True)
 .sees("NodeRegistry", "getActiveNodes()", [], ["h0", "h1"]))

(case("stake-implied", "the doors that name no stake take exactly minStake")
 .does("h0", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h0"))
 .does("h1", "NodeRegistry", PLAIN, ["peer", ["m"], "eu"], moves=staked("h1"))
 .does("h2", "NodeRegistry", FOR, ["h3", "peer", [], ""], moves=staked("h2"))
 .does("h4", "NodeRegistry", CONTROLLED, ["peer", "h5"], moves=staked("h4"))
 .sees("NodeRegistry", "getNodeStake(address)", ["h3"], FAB(1000))
 .sees("NodeRegistry", "getNodeStake(address)", ["h5"], FAB(1000))
 .sees("NodeRegistry", "getNodeController(address)", ["h5"], "h4")
 .sees("NodeRegistry", "getNodeController(address)", ["h3"], "ZERO")
 .sees("NodeRegistry", "getActiveNodes()", [], ["h0", "h1", "h3", "h5"]))

(case("stake-parameter", "minStake is a parameter; zero asks for nothing", stake=0)
 .does("h0", "NodeRegistry", FULL, full(0))
 .does("h1", "NodeRegistry", SIMPLE, ["peer"])
 .sees("NodeRegistry", "isActiveNode(address)", ["h0"], True))

(case("stake-funds", "a host without allowance or balance registers nothing", approve=False)
 .fails("h0", "NodeRegistry", FULL, full(),
        custom=("ERC20InsufficientAllowance",
                {"spender": "NodeRegistry", "allowance": 0, "needed": FAB(1000)}))
 .does("h0", "FAB", "approve(address,uint256)", ["NodeRegistry", FAB(9000)])
 .fails("h0", "NodeRegistry", FULL, full(FAB(5001)),
        custom=("ERC20InsufficientBalance",
                {"sender": "h0", "balance": FAB(5000), "needed": FAB(5001)}))
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], False)
 .sees("NodeRegistry", "getActiveNodes()", [], []))

(case("stake-token-false", "a token that answers false registers nobody")
 .does("stranger", "FAB", "setReturnFalse(bool)", [True])
 .fails("h0", "NodeRegistry", FULL, full(), "Transfer failed")
 .fails("h0", "NodeRegistry", SIMPLE, ["peer"], "Transfer failed")
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], False))

(case("stake-eth", "ETH is no stake: a call that carries some fails without data")
 .fails("h0", "NodeRegistry", FULL, full(), value=1)
 .fails("h0", "NodeRegistry", SIMPLE, ["peer"], value=ETH(1))
 .fails("h0", "NodeRegistry", "restoreStake()", value=1))

(case("wiring", "stake token, marketplace and treasury are set by the owner, once", wired=False)
 .fails("h0", "NodeRegistry", FULL, full(), "Stake token not set")
 .fails("stranger", "NodeRegistry", "setStakeToken(address)", ["FAB"],
        custom=("OwnableUnauthorizedAccount", {"account": "stranger"}))
 .fails("deployer", "NodeRegistry", "setStakeToken(address)", ["ZERO"], "Invalid address")
 .does("deployer", "NodeRegistry", "setStakeToken(address)", ["FAB"])
 .fails("deployer", "NodeRegistry", "setStakeToken(address)", ["FAB"], "Already set")
 .does("deployer", "NodeRegistry", "setTreasury(address)", ["treasury"])
 .fails("deployer", "NodeRegistry", "setTreasury(address)", ["treasury"], "Already set")
 .does("deployer", "NodeRegistry", "setJobMarketplace(address)", ["stranger"])
 .fails("deployer", "NodeRegistry", "setJobMarketplace(address)", ["governor"], "Already set")
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0")))

# Registration: metadata, 1 to 10,000 bytes without control characters.

for door, arguments in [
        (SIMPLE, lambda m: [m]), (PLAIN, lambda m: [m, [], ""]),
        (FULL, lambda m: [m, [], "", 0, FAB(1000)]), (FOR, lambda m: ["h9", m, [], ""]),
        (CONTROLLED, lambda m: [m, "h9"])]:
    word = door.split("(")[0] + ("" if door.count(",") < 4 else "-full")
    (case(f"metadata-{word}", f"{word}: metadata has 1 to 10,000 bytes, none a control character")
     .fails("h0", "NodeRegistry", door, arguments(""), "Empty metadata")
     .fails("h0", "NodeRegistry", door, arguments("x" * 10_001), "Metadata too long")
     .fails("h0", "NodeRegistry", door, arguments("a\nb"), "Invalid characters")
     .fails("h0", "NodeRegistry", door, arguments("\x1f"), "Invalid characters")
     .fails("h0", "NodeRegistry", door, arguments("\x7f"), "Invalid characters")
     .does("h0", "NodeRegistry", door, arguments("x" * 10_000), moves=staked("h0")))

(case("metadata-one-byte", "one printable byte is enough, and other alphabets are printable")
 .does("h0", "NodeRegistry", SIMPLE, [" "], moves=staked("h0"))
 .does("h1", "NodeRegistry", SIMPLE, ["~"], moves=staked("h1"))
 .does("h2", "NodeRegistry", SIMPLE, ["節點"], moves=staked("h2")))

(case("metadata-bytes", "the limit counts UTF-8 bytes: 3,334 signs of three bytes are too many")
 .fails("h0", "NodeRegistry", SIMPLE, ["節" * 3_334], "Metadata too long")
 .does("h0", "NodeRegistry", SIMPLE, ["節" * 3_333], moves=staked("h0")))

(case("metadata-limit", "the limit is a parameter", {"metadataLimit": 4})
 .fails("h0", "NodeRegistry", FULL, full(metadata="12345"), "Metadata too long")
 .does("h0", "NodeRegistry", FULL, full(metadata="1234"), moves=staked("h0")))

# Registration: the order of the guards.

(case("order", "not paused, metadata, stake, not registered, window: the first that fails is told",
      {"registrationLimit": 1})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .fails("h0", "NodeRegistry", FULL, full(metadata="", stake=0), "Empty metadata")
 .fails("h0", "NodeRegistry", FULL, full(stake=0), "Insufficient stake")
 .fails("h0", "NodeRegistry", FULL, full(), "Already registered")
 .fails("h1", "NodeRegistry", FULL, full(), "Registration limit reached")
 .does("governor", "NodeRegistry", "setRegistrationPaused(bool)", [True])
 .fails("h0", "NodeRegistry", FULL, full(metadata="", stake=0), "Registration is paused"))

(case("order-simple", "registerNodeSimple checks in the same order", {"registrationLimit": 1})
 .does("h0", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h0"))
 .fails("h0", "NodeRegistry", SIMPLE, [""], "Empty metadata")
 .fails("h0", "NodeRegistry", SIMPLE, ["peer"], "Already registered")
 .fails("h1", "NodeRegistry", SIMPLE, ["peer"], "Registration limit reached"))

(case("paused", "governance closes and opens every door of registration")
 .fails("stranger", "NodeRegistry", "setRegistrationPaused(bool)", [True], "Only governance")
 .does("governor", "NodeRegistry", "setRegistrationPaused(bool)", [True])
 .sees("NodeRegistry", "isRegistrationPaused()", [], True)
 .fails("h0", "NodeRegistry", SIMPLE, ["peer"], "Registration is paused")
 .fails("h0", "NodeRegistry", PLAIN, ["peer", [], ""], "Registration is paused")
 .fails("h0", "NodeRegistry", FULL, full(), "Registration is paused")
 .fails("h0", "NodeRegistry", FOR, ["h1", "peer", [], ""], "Registration is paused")
 .fails("h0", "NodeRegistry", CONTROLLED, ["peer", "h1"], "Registration is paused")
 .does("governor", "NodeRegistry", "setRegistrationPaused(bool)", [False])
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0")))

# Registration: at most 10 an hour, across the registry.

window = case("window", "ten registrations an hour; the eleventh waits for the next window")
for host in HOSTS[:10]:
    window.wait(60).does(host, "NodeRegistry", SIMPLE, ["peer"], moves=staked(host))
(window
 .sees("NodeRegistry", "isRegistrationPaused()", [], False)
 .fails("h10", "NodeRegistry", SIMPLE, ["peer"], "Registration limit reached")
 .at(60 + HOUR).fails("h10", "NodeRegistry", SIMPLE, ["peer"], "Registration limit reached")
 .at(60 + HOUR + 1).does("h10", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h10")))
# The window begins with the first registration after the last one ended, and is full again.
for host in HOSTS[11:14]:
    window.does(host, "NodeRegistry", SIMPLE, ["peer"], moves=staked(host))

(case("window-doors", "every door counts in the one window", {"registrationLimit": 4})
 .does("h0", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h0"))
 .does("h1", "NodeRegistry", PLAIN, ["peer", [], ""], moves=staked("h1"))
 .does("h2", "NodeRegistry", FOR, ["h3", "peer", [], ""], moves=staked("h2"))
 .does("h4", "NodeRegistry", CONTROLLED, ["peer", "h5"], moves=staked("h4"))
 .fails("h6", "NodeRegistry", SIMPLE, ["peer"], "Registration limit reached")
 .fails("h6", "NodeRegistry", PLAIN, ["peer", [], ""], "Registration limit reached")
 .fails("h6", "NodeRegistry", FULL, full(), "Registration limit reached")
 .fails("h6", "NodeRegistry", FOR, ["h7", "peer", [], ""], "Registration limit reached")
 .fails("h6", "NodeRegistry", CONTROLLED, ["peer", "h7"], "Registration limit reached"))

(case("window-refused", "a refused registration does not count", {"registrationLimit": 2})
 .does("h0", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h0"))
 .fails("h0", "NodeRegistry", SIMPLE, ["peer"], "Already registered")
 .fails("h1", "NodeRegistry", FULL, full(0), "Insufficient stake")
 .does("h1", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h1"))
 .fails("h2", "NodeRegistry", SIMPLE, ["peer"], "Registration limit reached"))

(case("window-parameter", "limit and length of the window are parameters",
      {"registrationLimit": 1, "registrationWindow": 10})
 .does("h0", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h0"))
 .at(10).fails("h1", "NodeRegistry", SIMPLE, ["peer"], "Registration limit reached")
 .at(11).does("h1", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h1")))

(case("for-zero", "nobody registers the zero address")
 .fails("h0", "NodeRegistry", FOR, ["ZERO", "peer", [], ""], "Invalid address")
 .fails("h0", "NodeRegistry", CONTROLLED, ["peer", "ZERO"], "Invalid address"))

# Controllers.

(case("controllers", "three nodes of one controller make it suspicious")
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h1"], moves=staked("h0"))
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h2"], moves=staked("h0"))
 .sees("NodeRegistry", "isSuspiciousController(address)", ["h0"], False)
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h3"], moves=staked("h0"))
 .sees("NodeRegistry", "isSuspiciousController(address)", ["h0"], True)
 .sees("NodeRegistry", "isSuspiciousController(address)", ["h1"], False)
 .fails("h0", "NodeRegistry", CONTROLLED, ["peer", "h3"], "Already registered"))

(case("controllers-leaving", "a node that leaves no longer counts, and its stake is its own")
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h1"], moves=staked("h0"))
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h2"], moves=staked("h0"))
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h3"], moves=staked("h0"))
 .does("h2", "NodeRegistry", "unregisterNode()",
       moves=[("fab", "NodeRegistry", "h2", FAB(1000))])
 .sees("NodeRegistry", "isSuspiciousController(address)", ["h0"], False)
 .sees("NodeRegistry", "getNodeController(address)", ["h2"], "ZERO")
 .does("h2", "NodeRegistry", SIMPLE, ["peer"], moves=staked("h2"))
 .sees("NodeRegistry", "getNodeController(address)", ["h2"], "ZERO"))

(case("controllers-threshold", "the threshold is a parameter", {"sybilThreshold": 1})
 .sees("NodeRegistry", "isSuspiciousController(address)", ["h0"], False)
 .does("h0", "NodeRegistry", CONTROLLED, ["peer", "h1"], moves=staked("h0"))
 .sees("NodeRegistry", "isSuspiciousController(address)", ["h0"], True))

# Leaving.

(case("leave", "without unbonding the whole stake comes back at once")
 .fails("h0", "NodeRegistry", "unregisterNode()", [], "Not registered")
 .does("h0", "NodeRegistry", FULL, full(FAB(1200)), moves=staked("h0", FAB(1200)))
 .does("h0", "NodeRegistry", "unregisterNode()",
       moves=[("fab", "NodeRegistry", "h0", FAB(1200))])
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], 0)
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], False)
 .sees("NodeRegistry", "getActiveNodes()", [], [])
 .fails("h0", "NodeRegistry", "unregisterNode()", [], "Not registered")
 .fails("h0", "NodeRegistry", "withdrawStake()", [], "Not registered"))

(case("return", "a host that left may come back, and is listed once")
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .does("h1", "NodeRegistry", FULL, full(), moves=staked("h1"))
 .does("h0", "NodeRegistry", "unregisterNode()",
       moves=[("fab", "NodeRegistry", "h0", FAB(1000))])
 .sees("NodeRegistry", "getActiveNodes()", [], ["h1"])
 .does("h0", "NodeRegistry", FULL, full(FAB(2000), memory=80), moves=staked("h0", FAB(2000)))
 .sees("NodeRegistry", "getActiveNodes()", [], ["h0", "h1"])
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], FAB(2000))
 .sees("NodeRegistry", "getGPUMemory(address)", ["h0"], 80))

(case("return-limited", "coming back counts as a registration", {"registrationLimit": 1})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .does("h0", "NodeRegistry", "unregisterNode()",
       moves=[("fab", "NodeRegistry", "h0", FAB(1000))])
 .fails("h0", "NodeRegistry", FULL, full(), "Registration limit reached"))

(case("unbonding", "with unbonding the stake follows exactly then", {"unbonding": 7 * DAY})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .fails("h0", "NodeRegistry", "withdrawStake()", [], "Not leaving")
 .at(100).does("h0", "NodeRegistry", "unregisterNode()")
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], False)
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], FAB(1000))
 .sees("NodeRegistry", "leavesAt(address)", ["h0"], T0 + 100 + 7 * DAY)
 .fails("h0", "NodeRegistry", "unregisterNode()", [], "Already inactive")
 .fails("h0", "NodeRegistry", FULL, full(), "Already registered")
 .fails("h0", "NodeRegistry", "topUp(uint256)", [FAB(1)], "Node not active")
 .at(100 + 7 * DAY - 1).fails("h0", "NodeRegistry", "withdrawStake()", [], "Still unbonding")
 .at(100 + 7 * DAY).does("h0", "NodeRegistry", "withdrawStake()",
                         moves=[("fab", "NodeRegistry", "h0", FAB(1000))])
 .fails("h0", "NodeRegistry", "withdrawStake()", [], "Not registered")
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0")))

(case("unbonding-slashed", "stake that unbonds can still be slashed", {"unbonding": 7 * DAY})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .does("h0", "NodeRegistry", "unregisterNode()")
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", FAB(400), "late"],
       moves=[("fab", "NodeRegistry", "treasury", FAB(400))])
 .at(7 * DAY).does("h0", "NodeRegistry", "withdrawStake()",
                   moves=[("fab", "NodeRegistry", "h0", FAB(600))]))

# Stake that grows and shrinks.

(case("top-up", "a host adds to its stake; nothing is no top-up")
 .fails("h0", "NodeRegistry", "topUp(uint256)", [FAB(1)], "Not registered")
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .fails("h0", "NodeRegistry", "topUp(uint256)", [0], "No stake to restore")
 .does("h0", "NodeRegistry", "topUp(uint256)", [1], moves=staked("h0", 1))
 .does("h0", "NodeRegistry", "topUp(uint256)", [FAB(50)], moves=staked("h0", FAB(50)))
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], FAB(1050) + 1))

(case("slash", "governance slashes up to the whole stake, to the treasury")
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .fails("stranger", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", 1, "x"],
        "Only governance")
 .fails("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h1", 1, "x"],
        "Node not registered")
 .fails("governor", "NodeRegistry", "slashNode(address,uint256,string)",
        ["h0", FAB(1000) + 1, "x"], "Insufficient stake to slash")
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", FAB(300), "lazy"],
       moves=[("fab", "NodeRegistry", "treasury", FAB(300))])
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], FAB(700))
 .sees("NodeRegistry", "isActiveNode(address)", ["h0"], False)
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], True)
 .does("h0", "NodeRegistry", "topUp(uint256)", [FAB(299)], moves=staked("h0", FAB(299)))
 .sees("NodeRegistry", "isActiveNode(address)", ["h0"], False)
 .does("h0", "NodeRegistry", "topUp(uint256)", [FAB(1)], moves=staked("h0", FAB(1)))
 .sees("NodeRegistry", "isActiveNode(address)", ["h0"], True)
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", FAB(1000), "all"],
       moves=[("fab", "NodeRegistry", "treasury", FAB(1000))])
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], 0)
 .does("h0", "NodeRegistry", "unregisterNode()"))

(case("slash-burn", "slashTo: burn takes the coins out of everybody's reach", {"slashTo": "burn"})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0")))
burn = suite.cases[-1]
burn.balance["NodeRegistry"]["fab"] -= FAB(100)
burn.steps.append(
    {"kind": "tx", "t": burn.t, "b": burn.b, "from": "governor", "to": "NodeRegistry",
     "fn": "slashNode(address,uint256,string)", "args": ["h0", str(FAB(100)), "x"], "value": "0",
     "ok": True, "bal": {"NodeRegistry": {"fab": str(FAB(900))}},
     "note": "to 0x…dEaD, which nobody watches"})
burn.sees("FAB", "balanceOf(address)", ["0x000000000000000000000000000000000000dead"], FAB(100))
burn.sees("FAB", "totalSupply()", [], 18 * FAB(5000))

(case("slash-renter", "where no job is at stake, slashTo: renter means the treasury",
      {"slashTo": "renter"})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", FAB(5), "x"],
       moves=[("fab", "NodeRegistry", "treasury", FAB(5))]))

(case("eject", "a host slashed below ejectBelow is unregistered and gets the rest",
      {"ejectBelow": FAB(500)})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", FAB(500), "x"],
       moves=[("fab", "NodeRegistry", "treasury", FAB(500))])
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], True)
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", 1, "x"],
       moves=[("fab", "NodeRegistry", "treasury", 1),
              ("fab", "NodeRegistry", "h0", FAB(500) - 1)])
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], False)
 .sees("NodeRegistry", "getNodeStake(address)", ["h0"], 0)
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0")))

(case("eject-unbonding", "an ejected host's rest unbonds like any other",
      {"ejectBelow": FAB(500), "unbonding": DAY})
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .does("governor", "NodeRegistry", "slashNode(address,uint256,string)", ["h0", FAB(600), "x"],
       moves=[("fab", "NodeRegistry", "treasury", FAB(600))])
 .sees("NodeRegistry", "isNodeActive(address)", ["h0"], False)
 .at(DAY - 1).fails("h0", "NodeRegistry", "withdrawStake()", [], "Still unbonding")
 .at(DAY).does("h0", "NodeRegistry", "withdrawStake()",
               moves=[("fab", "NodeRegistry", "h0", FAB(400))]))

(case("take-stake", "only the marketplace takes stake, and no more than there is")
 .does("deployer", "NodeRegistry", "setJobMarketplace(address)", ["stranger"])
 .does("h0", "NodeRegistry", FULL, full(), moves=staked("h0"))
 .fails("governor", "NodeRegistry", "takeStake(address,uint256,address)", ["h0", 1, "h1"],
        "Only job marketplace")
 .does("stranger", "NodeRegistry", "takeStake(address,uint256,address)", ["h0", FAB(20), "h1"],
       ret=[FAB(20)], moves=[("fab", "NodeRegistry", "h1", FAB(20))])
 .does("stranger", "NodeRegistry", "takeStake(address,uint256,address)", ["h0", FAB(2000), "ZERO"],
       ret=[FAB(980)], moves=[("fab", "NodeRegistry", "treasury", FAB(980))])
 .does("stranger", "NodeRegistry", "takeStake(address,uint256,address)", ["h0", FAB(20), "h1"],
       ret=[0]))
