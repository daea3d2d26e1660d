"""Section "Governance": power, voting, queue, time lock, updates that change the rules, emergency."""

from cases import *

suite = Suite("governance")

PROPOSE = "proposeParameterUpdate((address,bytes4,string,uint256)[],string)"
UPGRADE = "proposeContractUpgrade(address,address,string)"
VOTE = "castVote(uint256,bool)"
STATE = "state(uint256)"
PENDING, ACTIVE, SUCCEEDED, DEFEATED, QUEUED, EXECUTED, CANCELLED = range(7)

# Base makes a block every two seconds; the vote lasts the documentation's seven days.
PERIOD, DELAY, LOCK = 302_400, 1, 2 * DAY
SUPPLY = 1_000_000
POWER = {"alice": 300_000, "bob": 100_000, "carol": 10_000, "dave": 9_999}
VOTERS = ["deployer", "alice", "bob", "carol", "dave", "erin"]
ROLE = "0xbf233dd2aafeb4d50879c4aa5c81e96d92f6e6945c906a58f9f2d1c1631b4b26"


GOVERNED = ["GOV", "NodeRegistry", "JobMarketplace", "PaymentEscrow", "ReputationSystem", "ZERO"]


def GOV(amount):
    return FAB(amount)


def case(name, description, protocol=None, power=POWER, delegated=None, wiring=()):
    """Everybody delegates to themselves, unless `delegated` says to whom."""
    accounts = {
        account: ("eoa", {"eth": ETH(10), "gov": GOV(power.get(account, 0))})
        for account in VOTERS + ["stranger", "emerg", "treasury", "arbiter", "market", "h0", "h1"]}
    accounts["deployer"][1]["gov"] = GOV(SUPPLY - sum(power.values()))
    for account in ["h0", "h1", "market"]:
        accounts[account][1]["fab"] = FAB(10_000)
    contracts = [
        ("FAB", "TestToken", ["FAB Token", "FAB", 18]),
        ("NodeRegistry", "NodeRegistry", [FAB(1000)]),
        ("PaymentEscrow", "PaymentEscrow", ["arbiter", 100]),
        ("ReputationSystem", "ReputationSystem", ["NodeRegistry", "market", "deployer"]),
        ("GOV", "GovernanceToken", ["Fabstir Governance", "FABGOV", GOV(SUPPLY)]),
        ("JobMarketplace", "JobMarketplace", ["NodeRegistry"]),
        ("Governance", "Governance", GOVERNED), ("Other", "Governance", GOVERNED),
        ("Target", "PausableTarget", ["Governance"])]
    steps = [("deployer", "GOV", "transfer(address,uint256)", [account, GOV(amount)])
             for account, amount in power.items()]
    for account in power:
        to = (delegated or {}).get(account, account)
        if to:
            steps.append((account, "GOV", "delegate(address)", [to]))
    steps += [
        ("deployer", "NodeRegistry", "setStakeToken(address)", ["FAB"]),
        ("deployer", "NodeRegistry", "setTreasury(address)", ["treasury"]),
        ("deployer", "NodeRegistry", "transferOwnership(address)", ["Governance"]),
        ("deployer", "JobMarketplace", "setGovernance(address)", ["Governance"])]
    steps += [(host, "FAB", "approve(address,uint256)", ["NodeRegistry", MAX])
              for host in ["h0", "h1"]]
    return suite.add(Case(
        "DG-" + name, "Governance", description, accounts, contracts, steps + list(wiring),
        protocol))


def change(target, parameter, value, selector="0x00000000"):
    return {"targetContract": target, "functionSelector": selector, "parameterName": parameter,
            "newValue": value}


SET_VALUE = "0x55241077"  # setValue(uint256)
SET_STAKE = "0xc90054ee"  # updateStakeAmount(uint256)
NOTHING = [change("Target", "value", 7, SET_VALUE)]


def proposed(self, updates=NOTHING, by="alice", number=1):
    """Proposed in block 10 of the case; the vote starts at block 11. A block takes two seconds."""
    return (self.at(20)
            .does(by, "Governance", PROPOSE, [updates, "why"], ret=[number],
                  events=[("Governance", "ProposalCreated",
                           {"proposalId": number, "proposer": by, "proposalType": 0,
                            "description": "why"})]))


def passed(self, updates, number=1):
    """Proposed, voted for by alice, queued and ready to be executed."""
    return (proposed(self, updates, number=number)
            .at(24).does("alice", "Governance", VOTE, [number, True])
            .at(2 * (12 + PERIOD)).does("stranger", "Governance", "queue(uint256)", [number])
            .wait(LOCK))


def updated(contract, parameter, old, new):
    return ("Governance", "ParameterUpdated",
            {"contract_": contract, "parameter": parameter, "oldValue": old, "newValue": new})


EXECUTED_1 = ("Governance", "ProposalExecuted", {"proposalId": 1})


def executes(self, *changes, number=1):
    return self.does("stranger", "Governance", "execute(uint256)", [number],
                     events=list(changes) + [
                         ("Governance", "ProposalExecuted", {"proposalId": number})])


# Proposing.

(case("threshold", "10,000 votes propose, one token fewer does not")
 .at(20).does("carol", "Governance", PROPOSE, [NOTHING, ""], ret=[1])
 .fails("dave", "Governance", PROPOSE, [NOTHING, ""], "Below proposal threshold")
 .fails("dave", "Governance", UPGRADE, ["NodeRegistry", "erin", ""], "Below proposal threshold")
 .fails("erin", "Governance", PROPOSE, [NOTHING, ""], "Below proposal threshold"))

(case("threshold-previous", "the votes of the previous block count", delegated={"carol": None})
 .at(20).does("carol", "GOV", "delegate(address)", ["carol"])
 .fails("carol", "Governance", PROPOSE, [NOTHING, ""], "Below proposal threshold")
 .at(22).does("carol", "GOV", "transfer(address,uint256)", ["erin", 1], ret=[True],
                 moves=[("gov", "carol", "erin", 1)])
 .does("carol", "Governance", PROPOSE, [NOTHING, ""], ret=[1])
 .at(24).fails("carol", "Governance", PROPOSE, [NOTHING, ""], "Below proposal threshold"))

(case("threshold-parameter", "proposalThreshold is a parameter",
      {"proposalThreshold": GOV(9_999)})
 .at(20).does("dave", "Governance", PROPOSE, [NOTHING, ""], ret=[1])
 .fails("erin", "Governance", PROPOSE, [NOTHING, ""], "Below proposal threshold")
 .sees("Governance", "proposalThreshold()", [], GOV(9_999)))

(case("threshold-delegated", "delegation moves votes: who received them proposes, who gave them "
      "does not", delegated={"alice": "erin"})
 .at(20).does("erin", "Governance", PROPOSE, [NOTHING, ""], ret=[1])
 .fails("alice", "Governance", PROPOSE, [NOTHING, ""], "Below proposal threshold")
 .at(24).does("erin", "Governance", VOTE, [1, True],
                 events=[("Governance", "VoteCast", {"proposalId": 1, "voter": "erin",
                                                     "support": True, "weight": GOV(300_000)})])
 .fails("alice", "Governance", VOTE, [1, True], "No voting power"))

# Voting.

(proposed(case("delay", "voting starts one block after the proposal, when its snapshot can be read"))
 .sees("Governance", STATE, [1], PENDING)
 .fails("alice", "Governance", VOTE, [1, True], "Voting not active")
 .at(22).sees("Governance", STATE, [1], PENDING)
 .fails("alice", "Governance", VOTE, [1, True], "Voting not active")
 .at(24).sees("Governance", STATE, [1], ACTIVE)
 .does("alice", "Governance", VOTE, [1, True]))

(proposed(case("period", "voting ends after 302,400 blocks"))
 .at(2 * (11 + PERIOD)).sees("Governance", STATE, [1], ACTIVE)
 .does("alice", "Governance", VOTE, [1, True])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], SUCCEEDED)
 .fails("bob", "Governance", VOTE, [1, True], "Voting not active"))

(proposed(case("period-parameters", "votingDelay and votingPeriod are parameters",
               {"votingDelay": 3, "votingPeriod": 10}))
 .at(26).fails("alice", "Governance", VOTE, [1, True], "Voting not active")
 .at(28).does("alice", "Governance", VOTE, [1, True])
 .at(46).does("bob", "Governance", VOTE, [1, True])
 .at(48).fails("carol", "Governance", VOTE, [1, True], "Voting not active")
 .sees("Governance", STATE, [1], SUCCEEDED)
 .sees("Governance", "votingDelay()", [], 3)
 .sees("Governance", "votingPeriod()", [], 10))

(proposed(case("once", "an account votes once, whichever way"))
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .fails("alice", "Governance", VOTE, [1, True], "Already voted")
 .fails("alice", "Governance", VOTE, [1, False], "Already voted")
 .fails("stranger", "Governance", VOTE, [1, True], "No voting power")
 .fails("alice", "Governance", VOTE, [2, True], "Voting not active"))

(proposed(case("snapshot", "votes weigh what they weighed at the start block"))
 .at(22).does("alice", "GOV", "transfer(address,uint256)", ["erin", GOV(100_000)],
                 moves=[("gov", "alice", "erin", GOV(100_000))])
 .does("erin", "GOV", "delegate(address)", ["erin"])
 .at(24).does("bob", "GOV", "transfer(address,uint256)", ["erin", GOV(100_000)],
                 moves=[("gov", "bob", "erin", GOV(100_000))])
 .does("alice", "Governance", VOTE, [1, True],
       events=[("Governance", "VoteCast", {"proposalId": 1, "voter": "alice", "support": True,
                                           "weight": GOV(200_000)})])
 .does("bob", "Governance", VOTE, [1, False],
       events=[("Governance", "VoteCast", {"proposalId": 1, "voter": "bob", "support": False,
                                           "weight": GOV(100_000)})])
 .does("erin", "Governance", VOTE, [1, True],
       events=[("Governance", "VoteCast", {"proposalId": 1, "voter": "erin", "support": True,
                                           "weight": GOV(100_000)})])
 .sees("Governance", "getVotingPower(address)", ["bob"], 0)
 .sees("Governance", "getVotingPower(address)", ["erin"], GOV(200_000)))

# Quorum and majority.

(proposed(case("quorum", "a tenth of the supply is a quorum",
               power={"alice": 90_000, "carol": 10_000}))
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("carol", "Governance", VOTE, [1, True])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], SUCCEEDED)
 .does("stranger", "Governance", "queue(uint256)", [1]))

(proposed(case("quorum-missed", "one token less is none",
               power={"alice": 90_000, "dave": 9_999}))
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("dave", "Governance", VOTE, [1, True])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], DEFEATED)
 .fails("stranger", "Governance", "queue(uint256)", [1], "Quorum not reached"))

(proposed(case("quorum-against", "votes against count for the quorum",
               power={"alice": 60_000, "bob": 40_000}))
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("bob", "Governance", VOTE, [1, False])
 .at(2 * (12 + PERIOD)).does("stranger", "Governance", "queue(uint256)", [1]))

(proposed(case("quorum-past-supply", "the supply of the start block counts", power={
    "alice": 99_999, "carol": 10_000}))
 .at(22).does("deployer", "GOV", "burn(uint256)", [GOV(10)],
                 moves=[("gov", "deployer", None, GOV(10))])
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("deployer", "GOV", "mint(address,uint256)", ["stranger", GOV(10)],
       moves=[("gov", None, "stranger", GOV(10))])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], SUCCEEDED)
 .does("stranger", "Governance", "queue(uint256)", [1],
       note="99,999 of 999,990 tokens at the start block"))

(proposed(case("quorum-parameter", "quorum is a parameter", {"quorum": 100}))
 .at(24).does("carol", "Governance", VOTE, [1, True])
 .at(2 * (12 + PERIOD)).does("stranger", "Governance", "queue(uint256)", [1])
 .sees("Governance", "quorumPercentage()", [], 1))

(proposed(case("tie", "as many votes against as for defeat a proposal",
               power={"alice": 100_000, "bob": 100_000}))
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("bob", "Governance", VOTE, [1, False])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], DEFEATED)
 .fails("stranger", "Governance", "queue(uint256)", [1], "Proposal not succeeded"))

(case("supermajority", "an upgrade needs 80 % of the votes cast",
      power={"alice": 80_000, "bob": 20_000})
 .at(20).does("alice", "Governance", UPGRADE, ["NodeRegistry", "erin", "up"], ret=[1])
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("bob", "Governance", VOTE, [1, False])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], SUCCEEDED)
 .does("stranger", "Governance", "queue(uint256)", [1])
 .wait(LOCK).does("stranger", "Governance", "execute(uint256)", [1], events=[EXECUTED_1])
 .sees("Governance", "isUpgradeExecuted(uint256)", [1], True))

(case("supermajority-missed", "one token below 80 % is not enough, for an update it is",
      power={"alice": 79_999, "bob": 20_001})
 .at(20).does("alice", "Governance", UPGRADE, ["NodeRegistry", "erin", "up"], ret=[1])
 .does("alice", "Governance", PROPOSE, [NOTHING, ""], ret=[2])
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("bob", "Governance", VOTE, [1, False])
 .does("alice", "Governance", VOTE, [2, True])
 .does("bob", "Governance", VOTE, [2, False])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], DEFEATED)
 .sees("Governance", STATE, [2], SUCCEEDED)
 .fails("stranger", "Governance", "queue(uint256)", [1], "Proposal not succeeded"))

(case("supermajority-parameter", "supermajority is a parameter, to the hundredth of a percent",
      {"supermajority": 6_667}, power={"alice": 66_670, "bob": 33_330, "carol": 33_331})
 .at(20).does("alice", "Governance", UPGRADE, ["NodeRegistry", "erin", "up"], ret=[1])
 .does("alice", "Governance", UPGRADE, ["NodeRegistry", "erin", "up"], ret=[2])
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .does("bob", "Governance", VOTE, [1, False])
 .does("alice", "Governance", VOTE, [2, True])
 .does("carol", "Governance", VOTE, [2, False])
 .at(2 * (12 + PERIOD)).sees("Governance", STATE, [1], SUCCEEDED)
 .sees("Governance", STATE, [2], DEFEATED))

# Queue, time lock, cancel.

(proposed(case("time-lock", "a passed proposal waits two days from its queueing"))
 .fails("stranger", "Governance", "execute(uint256)", [1], "Proposal not queued")
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .fails("stranger", "Governance", "queue(uint256)", [1], "Proposal not succeeded")
 .at(2 * (12 + PERIOD)).fails("stranger", "Governance", "execute(uint256)", [1],
                           "Proposal not queued")
 .does("stranger", "Governance", "queue(uint256)", [1],
       events=[("Governance", "ProposalQueued",
                {"proposalId": 1, "executionTime": T0 + 2 * (12 + PERIOD) + LOCK})])
 .sees("Governance", STATE, [1], QUEUED)
 .fails("stranger", "Governance", "queue(uint256)", [1], "Proposal not succeeded")
 .wait(LOCK - 1).fails("stranger", "Governance", "execute(uint256)", [1],
                                          "Execution delay not met")
 .wait(1).does("stranger", "Governance", "execute(uint256)", [1],
                                  events=[updated("Target", "value", 0, 7), EXECUTED_1])
 .sees("Governance", STATE, [1], EXECUTED)
 .sees("Target", "value()", [], 7)
 .fails("stranger", "Governance", "execute(uint256)", [1], "Proposal not queued"))

(proposed(case("time-lock-parameter", "timeLock is a parameter", {"timeLock": 0}))
 .at(24).does("alice", "Governance", VOTE, [1, True])
 .at(2 * (12 + PERIOD)).does("stranger", "Governance", "queue(uint256)", [1])
 .does("stranger", "Governance", "execute(uint256)", [1])
 .sees("Governance", "executionDelay()", [], 0))

(proposed(case("cancel", "the proposer cancels before the execution"))
 .fails("bob", "Governance", "cancel(uint256)", [1], "Only proposer can cancel")
 .does("alice", "Governance", "cancel(uint256)", [1],
       events=[("Governance", "ProposalCancelled", {"proposalId": 1})])
 .sees("Governance", STATE, [1], CANCELLED)
 .at(24).fails("bob", "Governance", VOTE, [1, True], "Proposal cancelled"))

(passed(case("cancel-queued", "a queued proposal can be cancelled too"), NOTHING)
 .does("alice", "Governance", "cancel(uint256)", [1])
 .fails("stranger", "Governance", "execute(uint256)", [1], "Proposal not queued")
 .sees("Target", "value()", [], 0))

(passed(case("cancel-executed", "an executed one cannot"), NOTHING)
 .does("stranger", "Governance", "execute(uint256)", [1])
 .fails("alice", "Governance", "cancel(uint256)", [1], "Already executed"))

(proposed(case("shortcuts", "the short-cut functions of the reference code do not exist"))
 .fails("stranger", "Governance", "createProposal(address,bytes,string)",
        ["NodeRegistry", "0x", ""])
 .fails("stranger", "Governance", "vote(uint256,bool)", [1, True])
 .fails("stranger", "Governance", "executeProposal(uint256)", [1])
 .at(24).does("alice", "Governance", VOTE, [1, True]))

# Updates.

(executes(passed(case("update-fee", "the fee changes in the block that executes"),
                 [change("PaymentEscrow", "fee", 250)])
          .sees("PaymentEscrow", "feeBasisPoints()", [], 100),
          updated("PaymentEscrow", "fee", 100, 250))
 .sees("PaymentEscrow", "feeBasisPoints()", [], 250))

(executes(passed(case("update-hosts", "a rule of the registry binds the next registration"),
                 [change("NodeRegistry", "minStake", FAB(2000)),
                  change("NodeRegistry", "registrationLimit", 1)]),
          updated("NodeRegistry", "minStake", FAB(1000), FAB(2000)),
          updated("NodeRegistry", "registrationLimit", 10, 1))
 .sees("NodeRegistry", "MIN_STAKE()", [], FAB(2000))
 .does("h0", "NodeRegistry", "registerNodeSimple(string)", ["peer"],
       moves=[("fab", "h0", "NodeRegistry", FAB(2000))])
 .fails("h1", "NodeRegistry", "registerNodeSimple(string)", ["peer"],
        "Registration limit reached"))

(executes(passed(case("update-marketplace", "rules of the marketplace change as well"),
                 [change("JobMarketplace", "failureThreshold", 3),
                  change("JobMarketplace", "slash", 2_500)]),
          updated("JobMarketplace", "failureThreshold", 5, 3),
          updated("JobMarketplace", "slash", 1_000, 2_500))
 .sees("JobMarketplace", "failureThreshold()", [], 3))

(executes(passed(case("update-reputation", "a rule of the reputation system binds the next record")
                 .does("h0", "NodeRegistry", "registerNodeSimple(string)", ["peer"],
                       moves=[("fab", "h0", "NodeRegistry", FAB(1000))])
                 .does("market", "ReputationSystem", "recordJobCompletion(address,uint256,bool)",
                       ["h0", 1, True])
                 .sees("ReputationSystem", "getReputation(address)", ["h0"], 110),
                 [change("ReputationSystem", "successBonus", 1),
                  change("ReputationSystem", "decayRate", 0)]),
          updated("ReputationSystem", "successBonus", 10, 1),
          updated("ReputationSystem", "decayRate", 500, 0))
 .does("market", "ReputationSystem", "recordJobCompletion(address,uint256,bool)", ["h0", 2, True])
 .sees("ReputationSystem", "getReputation(address)", ["h0"], 111))

# The block in which passed proposals are executed.
E = 12 + PERIOD + LOCK // 2

(executes(passed(case("update-governance", "governance changes its own rules; what is under way "
                      "keeps its dates"),
                 [change("Governance", "votingPeriod", 100), change("Governance", "quorum", 4_000)])
          .does("alice", "Governance", PROPOSE, [NOTHING, ""], ret=[2]),
          updated("Governance", "votingPeriod", PERIOD, 100),
          updated("Governance", "quorum", 1_000, 4_000))
 .does("alice", "Governance", PROPOSE, [NOTHING, ""], ret=[3])
 .at(2 * (E + 2)).does("alice", "Governance", VOTE, [2, True])
 .does("alice", "Governance", VOTE, [3, True])
 .does("bob", "Governance", VOTE, [3, True])
 .at(2 * (E + 101)).sees("Governance", STATE, [3], ACTIVE)
 .at(2 * (E + 102)).sees("Governance", STATE, [3], SUCCEEDED)
 .sees("Governance", STATE, [2], ACTIVE)
 .does("stranger", "Governance", "queue(uint256)", [3])
 .at(2 * (E + 2 + PERIOD)).sees("Governance", STATE, [2], DEFEATED))

(executes(passed(case("update-switch", "switches and choices are parameters like numbers"),
                 [change("NodeRegistry", "registrationValidated", 0),
                  change("NodeRegistry", "slashTo", 1)]),
          updated("NodeRegistry", "registrationValidated", 1, 0),
          updated("NodeRegistry", "slashTo", 0, 1)))

(executes(executes(passed(passed(
    case("update-twice", "the old value is the one that was in force"),
    [change("PaymentEscrow", "fee", 250)]), [change("PaymentEscrow", "fee", 0)], number=2),
    updated("PaymentEscrow", "fee", 100, 250)),
    updated("PaymentEscrow", "fee", 250, 0), number=2)
 .sees("PaymentEscrow", "feeBasisPoints()", [], 0))

(executes(passed(case("update-setter", "a function of a contract can be the target as well; the old "
                      "value is what the getter of that name says"),
                 [change("NodeRegistry", "minimumStake", FAB(1500), SET_STAKE),
                  change("Target", "value", 9, SET_VALUE),
                  change("Target", "unheard of", 3, SET_VALUE)]),
          updated("NodeRegistry", "minimumStake", FAB(1000), FAB(1500)),
          updated("Target", "value", 0, 9), updated("Target", "unheard of", 0, 3))
 .sees("NodeRegistry", "MIN_STAKE()", [], FAB(1500))
 .sees("Target", "value()", [], 3))

(passed(case("update-range", "a value out of its range changes nothing, and takes the others along"),
        [change("Target", "value", 5, SET_VALUE), change("PaymentEscrow", "fee", 200),
         change("PaymentEscrow", "fee", 10_001)])
 .fails("stranger", "Governance", "execute(uint256)", [1], "Parameter update failed")
 .sees("PaymentEscrow", "feeBasisPoints()", [], 100)
 .sees("Target", "value()", [], 0)
 .sees("Governance", STATE, [1], QUEUED))

(passed(case("update-foreign", "a contract does not follow rules of another"),
        [change("NodeRegistry", "fee", 200)])
 .fails("stranger", "Governance", "execute(uint256)", [1], "Parameter update failed"))

(passed(case("update-unknown", "the documentation's setFee is no function, and no rule has the name"),
        [change("PaymentEscrow", "feeBasisPoints", 200, "0x69fe0e2d")])
 .fails("stranger", "Governance", "execute(uint256)", [1], "Parameter update failed"))

(passed(case("update-contradiction", "rules that contradict each other are refused"),
        [change("NodeRegistry", "ejectBelow", FAB(1001))])
 .fails("stranger", "Governance", "execute(uint256)", [1], "Parameter update failed"))

(executes(passed(case("update-together", "together they may make sense"),
                 [change("NodeRegistry", "ejectBelow", FAB(1001)),
                  change("NodeRegistry", "minStake", FAB(1001))]),
          updated("NodeRegistry", "ejectBelow", 0, FAB(1001)),
          updated("NodeRegistry", "minStake", FAB(1000), FAB(1001))))

(executes(passed(case("update-none", "a proposal without updates passes and changes nothing"), [])))

(case("update-other", "a second governance, whoever votes in it, changes no rule")
 .at(20).does("alice", "Other", PROPOSE, [[change("PaymentEscrow", "fee", 0)], ""], ret=[1])
 .at(24).does("alice", "Other", VOTE, [1, True])
 .at(2 * (12 + PERIOD)).does("alice", "Other", "queue(uint256)", [1])
 .wait(LOCK).fails("alice", "Other", "execute(uint256)", [1], "Parameter update failed"))

# Emergency.

ACT = "executeEmergencyAction(string,address)"
(case("emergency", "the emergency role pauses and unpauses, and nobody else")
 .fails("deployer", "Governance", ACT, ["pause", "Target"], "Caller is not emergency admin")
 .fails("stranger", "Governance", "grantRole(bytes32,address)", [ROLE, "stranger"], "Unauthorized")
 .does("deployer", "Governance", "grantRole(bytes32,address)", [ROLE, "emerg"])
 .does("emerg", "Governance", ACT, ["pause", "Target"],
       events=[("Governance", "EmergencyActionExecuted", {"executor": "emerg", "action": "pause"})])
 .sees("Target", "paused()", [], True)
 .does("emerg", "Governance", ACT, ["unpause", "Target"])
 .sees("Target", "paused()", [], False))

(case("emergency-marketplace", "the emergency role stops and starts the marketplace, at once")
 .does("deployer", "Governance", "grantRole(bytes32,address)", [ROLE, "emerg"])
 .does("emerg", "Governance", ACT, ["pause", "JobMarketplace"])
 .sees("JobMarketplace", "isPaused()", [], True)
 .does("emerg", "Governance", ACT, ["unpause", "JobMarketplace"])
 .sees("JobMarketplace", "isPaused()", [], False)
 .fails("emerg", "JobMarketplace", "pause()", [], "Only governance"))

(case("emergency-idle", "an action that does nothing is refused")
 .does("deployer", "Governance", "grantRole(bytes32,address)", [ROLE, "emerg"])
 .fails("emerg", "Governance", ACT, ["Pause", "Target"], "Unknown action")
 .fails("emerg", "Governance", ACT, ["", "ZERO"], "Unknown action")
 .fails("emerg", "Governance", ACT, ["pause", "stranger"], "Pause failed")
 .fails("emerg", "Governance", ACT, ["unpause", "stranger"], "Unpause failed")
 .fails("emerg", "Governance", ACT, ["pause", "NodeRegistry"], "Pause failed"))
