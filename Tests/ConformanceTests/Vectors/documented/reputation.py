"""Section "Reputation": initial score, records, ratings, decay, slashing, rankings.

`market` and `prover` are accounts that stand for the marketplace and the proof system.
"""

from cases import *

suite = Suite("reputation")

REP = "ReputationSystem"
RECORD = "recordJobCompletion(address,uint256,bool)"
SCORE = "getReputation(address)"
DECAY = "applyReputationDecay(address)"
SLASH = "slashReputation(address,uint256,string)"
UPDATE = "updateReputation(address,uint256,bool)"
MONTH = 30 * DAY


def case(name, description, protocol=None, hosts=("host", "other")):
    accounts = {
        name: ("eoa", {"eth": ETH(10), "fab": FAB(5000)})
        for name in ["deployer", "governor", "market", "prover", "stranger", "host", "other",
                     "third"]}
    wiring = [
        ("deployer", "NodeRegistry", "setStakeToken(address)", ["FAB"]),
        ("deployer", REP, "addAuthorizedContract(address)", ["prover"])]
    made = suite.add(Case(
        "DR-" + name, "Reputation", description, accounts,
        [("FAB", "TestToken", ["FAB Token", "FAB", 18]),
         ("NodeRegistry", "NodeRegistry", [0]),
         (REP, "ReputationSystem", ["NodeRegistry", "market", "governor"])], wiring, protocol))
    for host in hosts:
        made.does(host, "NodeRegistry", "registerNodeSimple(string)", ["peer"])
    return made


(case("initial", "a host starts at 100 with its registration; whoever is none has nothing")
 .sees(REP, SCORE, ["host"], 100)
 .sees(REP, SCORE, ["stranger"], 0)
 .sees(REP, "isEligibleForIncentives(address)", ["host"], False)
 .does("market", REP, RECORD, ["host", 1, True],
       events=[(REP, "ReputationUpdated", {"host": "host", "change": 10, "newScore": 110})])
 .sees(REP, SCORE, ["host"], 110))

(case("initial-parameter", "the initial score is a parameter", {"initialReputation": 7})
 .sees(REP, SCORE, ["host"], 7)
 .does("market", REP, RECORD, ["host", 1, True])
 .sees(REP, SCORE, ["host"], 17))

(case("outcomes", "+10 for a completion, -20 for a failure, never below zero")
 .does("market", REP, RECORD, ["host", 1, False],
       events=[(REP, "ReputationUpdated", {"host": "host", "change": -20, "newScore": 80})])
 .does("market", REP, RECORD, ["host", 2, False])
 .does("market", REP, RECORD, ["host", 3, False])
 .does("market", REP, RECORD, ["host", 4, False])
 .sees(REP, SCORE, ["host"], 20)
 .does("market", REP, RECORD, ["host", 5, False],
       events=[(REP, "ReputationUpdated", {"host": "host", "change": -20, "newScore": 0})])
 .does("market", REP, RECORD, ["host", 6, False],
       events=[(REP, "ReputationUpdated", {"host": "host", "change": 0, "newScore": 0})])
 .sees(REP, SCORE, ["host"], 0)
 .does("market", REP, RECORD, ["host", 7, True])
 .sees(REP, SCORE, ["host"], 10)
 .does("market", REP, RECORD, ["host", 8, False],
       events=[(REP, "ReputationUpdated", {"host": "host", "change": -10, "newScore": 0})]))

(case("outcomes-parameters", "bonus and penalty are parameters",
      {"successBonus": 3, "failurePenalty": 50})
 .does("market", REP, RECORD, ["host", 1, True])
 .sees(REP, SCORE, ["host"], 103)
 .does("market", REP, RECORD, ["host", 2, False])
 .sees(REP, SCORE, ["host"], 53))

(case("recorders", "marketplace and authorised contracts record; nobody else")
 .fails("stranger", REP, RECORD, ["host", 1, True], "Only job marketplace")
 .fails("host", REP, RECORD, ["host", 1, True], "Only job marketplace")
 .fails("governor", REP, RECORD, ["host", 1, True], "Only job marketplace")
 .does("prover", REP, RECORD, ["host", 1, False])
 .sees(REP, SCORE, ["host"], 80)
 .fails("stranger", REP, "addAuthorizedContract(address)", ["stranger"],
        custom=("OwnableUnauthorizedAccount", {"account": "stranger"}))
 .does("deployer", REP, "addAuthorizedContract(address)", ["stranger"])
 .does("stranger", REP, RECORD, ["host", 2, True])
 .sees(REP, SCORE, ["host"], 90))

(case("first-record", "the first record keeps what authorised contracts built")
 .does("prover", REP, UPDATE, ["host", 60, True])
 .sees(REP, SCORE, ["host"], 160)
 .does("market", REP, RECORD, ["host", 1, True])
 .sees(REP, SCORE, ["host"], 170)
 .does("prover", REP, UPDATE, ["other", 150, False])
 .sees(REP, SCORE, ["other"], 0)
 .does("market", REP, RECORD, ["other", 2, True])
 .sees(REP, SCORE, ["other"], 10)
 .fails("market", REP, UPDATE, ["host", 1, True], "Not authorized"))

(case("incentives", "the line for incentives is 150")
 .does("prover", REP, UPDATE, ["host", 49, True])
 .sees(REP, "isEligibleForIncentives(address)", ["host"], False)
 .does("prover", REP, UPDATE, ["host", 1, True])
 .sees(REP, "isEligibleForIncentives(address)", ["host"], True))

(case("incentives-parameter", "the line is a parameter", {"incentiveThreshold": 101})
 .sees(REP, "isEligibleForIncentives(address)", ["host"], False)
 .does("prover", REP, UPDATE, ["host", 1, True])
 .sees(REP, "isEligibleForIncentives(address)", ["host"], True))

# Decay: 5 % of the score for each whole 30 days since the last job, linear, rounded down together.

(case("decay-read", "reading decays by whole periods")
 .does("market", REP, RECORD, ["host", 1, True])
 .at(MONTH - 1).sees(REP, SCORE, ["host"], 110)
 .at(MONTH).sees(REP, SCORE, ["host"], 105)
 .at(2 * MONTH - 1).sees(REP, SCORE, ["host"], 105)
 .at(2 * MONTH).sees(REP, SCORE, ["host"], 99)
 .at(3 * MONTH).sees(REP, SCORE, ["host"], 94)
 .at(19 * MONTH).sees(REP, SCORE, ["host"], 6)
 .at(20 * MONTH - 1).sees(REP, SCORE, ["host"], 6)
 .at(20 * MONTH).sees(REP, SCORE, ["host"], 0)
 .at(200 * MONTH).sees(REP, SCORE, ["host"], 0))

(case("decay-write", "writing applies the decay first, and a job is activity")
 .does("market", REP, RECORD, ["host", 1, True])
 .at(2 * MONTH).does("market", REP, RECORD, ["host", 2, True],
                     events=[(REP, "ReputationUpdated",
                              {"host": "host", "change": 10, "newScore": 109})])
 .at(3 * MONTH - 1).sees(REP, SCORE, ["host"], 109)
 .at(3 * MONTH).sees(REP, SCORE, ["host"], 104)
 .does("market", REP, RECORD, ["host", 3, False],
       events=[(REP, "ReputationUpdated", {"host": "host", "change": -20, "newScore": 84})]))

(case("decay-applied", "anybody may write the decay down; the running period runs on")
 .fails("stranger", REP, DECAY, ["host"], "No activity recorded")
 .does("market", REP, RECORD, ["host", 1, True])
 .at(MONTH + 100).does("stranger", REP, DECAY, ["host"])
 .sees(REP, "hostReputations(address)", ["host"], 105, 0, 0, T0 + MONTH)
 .sees(REP, SCORE, ["host"], 105)
 .at(2 * MONTH - 1).does("stranger", REP, DECAY, ["host"])
 .sees(REP, SCORE, ["host"], 105)
 .at(2 * MONTH).sees(REP, SCORE, ["host"], 100)
 .does("stranger", REP, DECAY, ["host"])
 .sees(REP, "hostReputations(address)", ["host"], 100, 0, 0, T0 + 2 * MONTH))

(case("decay-update", "updates by authorised contracts apply the decay first, and are no activity")
 .does("market", REP, RECORD, ["host", 1, True])
 .at(MONTH + 5).does("prover", REP, UPDATE, ["host", 5, True])
 .sees(REP, SCORE, ["host"], 110)
 .at(2 * MONTH).sees(REP, SCORE, ["host"], 105))

(case("decay-none", "a host that never had a job has no activity to decay from")
 .at(40 * MONTH).sees(REP, SCORE, ["host"], 100)
 .does("market", REP, RECORD, ["host", 1, True])
 .sees(REP, SCORE, ["host"], 110))

(case("decay-parameters", "rate and period are parameters", {"decayRate": 1_050, "decayPeriod": 10})
 .does("market", REP, RECORD, ["host", 1, False])
 .at(9).sees(REP, SCORE, ["host"], 80)
 .at(10).sees(REP, SCORE, ["host"], 72)
 .at(20).sees(REP, SCORE, ["host"], 64)
 .at(90).sees(REP, SCORE, ["host"], 5)
 .at(100).sees(REP, SCORE, ["host"], 0))

(case("decay-off", "a rate of nothing decays nothing", {"decayRate": 0})
 .does("market", REP, RECORD, ["host", 1, True])
 .at(100 * MONTH).sees(REP, SCORE, ["host"], 110))

# Slashing by governance, with events that say what was taken.

(case("slash", "governance slashes a score, down to zero")
 .fails("stranger", REP, SLASH, ["host", 1, "x"], "Only governance")
 .fails("market", REP, SLASH, ["host", 1, "x"], "Only governance")
 .does("governor", REP, SLASH, ["host", 30, "collusion"],
       events=[(REP, "ReputationSlashed", {"host": "host", "amount": 30, "reason": "collusion"}),
               (REP, "ReputationUpdated", {"host": "host", "change": -30, "newScore": 70})])
 .does("governor", REP, SLASH, ["host", 71, "again"],
       events=[(REP, "ReputationSlashed", {"host": "host", "amount": 70, "reason": "again"}),
               (REP, "ReputationUpdated", {"host": "host", "change": -70, "newScore": 0})])
 .sees(REP, SCORE, ["host"], 0)
 .does("governor", REP, SLASH, ["other", MAX, "all"],
       events=[(REP, "ReputationSlashed", {"host": "other", "amount": 100, "reason": "all"}),
               (REP, "ReputationUpdated", {"host": "other", "change": -100, "newScore": 0})])
 .does("governor", REP, SLASH, ["other", 2**255, "more"],
       events=[(REP, "ReputationSlashed", {"host": "other", "amount": 0, "reason": "more"}),
               (REP, "ReputationUpdated", {"host": "other", "change": 0, "newScore": 0})]))

(case("slash-decayed", "a slash applies the decay first")
 .does("market", REP, RECORD, ["host", 1, True])
 .at(2 * MONTH).does("governor", REP, SLASH, ["host", 9, "x"],
                     events=[(REP, "ReputationSlashed",
                              {"host": "host", "amount": 9, "reason": "x"}),
                             (REP, "ReputationUpdated",
                              {"host": "host", "change": -9, "newScore": 90})]))

# Rankings take every list and every score.

(case("rankings", "rankings take an empty list and hosts with no score left")
 .sees(REP, "sortHostsByReputation(address[])", [[]], [])
 .does("market", REP, RECORD, ["host", 1, True])
 .does("governor", REP, SLASH, ["other", 100, "all"])
 .sees(REP, "sortHostsByReputation(address[])", [["other", "host"]], ["host", "other"])
 .sees(REP, "getTopHosts(uint256)", [5], ["host", "other"])
 .sees(REP, "getTopHosts(uint256)", [1], ["host"]))

(case("leaving", "a host that left has no score; coming back finds the old one")
 .does("market", REP, RECORD, ["host", 1, False])
 .does("host", "NodeRegistry", "unregisterNode()")
 .sees(REP, SCORE, ["host"], 0)
 .does("host", "NodeRegistry", "registerNodeSimple(string)", ["peer"])
 .sees(REP, SCORE, ["host"], 80))
