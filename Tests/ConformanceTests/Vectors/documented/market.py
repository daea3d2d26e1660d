"""The whole documented system, and the words that cases about jobs use."""

from cases import *

JM, PE, NR, REP, PS = (
    "JobMarketplace", "PaymentEscrow", "NodeRegistry", "ReputationSystem", "ProofSystem")
DETAILS = "(string,string,uint256,uint256,uint32,string)"
REQUIREMENTS = "(uint256,uint256,uint256,bool)"
POST = f"postJob({DETAILS},{REQUIREMENTS},uint256)"
TOKEN_POST = f"postJobWithToken({DETAILS},{REQUIREMENTS},address,uint256)"
BATCH = f"batchPostJobs({DETAILS}[],{REQUIREMENTS}[],uint256[])"
CREATE = "createJob(string,string,uint256,uint256)"
CREATE_FOR = "createJobFor(address,string,string,uint256,uint256)"
CLAIM, CLAIM_FOR = "claimJob(uint256)", "claimJobFor(address,uint256)"
COMPLETE, SUBMIT = "completeJob(uint256,string,bytes)", "submitResult(uint256,string,bytes)"
FAIL, CANCEL, RECLAIM = "failJob(uint256)", "cancelJob(uint256)", "reclaim(uint256)"
RELEASE, RELEASE_MANY = "releasePayment(uint256)", "batchReleasePayments(uint256[])"
ABANDON = "claimAbandonedPayment(uint256)"
REQUEST, CONFIRM = "requestRefund(uint256)", "confirmRefund(uint256)"
DISPUTE, RESOLVE = "disputeResult(uint256,string)", "resolveDispute(uint256,bool)"
RATE = "rateHost(address,uint256,uint8,string)"
SCORE = "getReputation(address)"
STAKE = "getNodeStake(address)"
LEVEL = "setCircuitBreakerLevel(uint256)"
REGISTER = "registerNode(string,string[],string,uint256,uint256)"
CONTROL = "registerControlledNode(string,address)"

(POSTED, CLAIMED, PROVING, PROVEN, COMPLETED, CHALLENGED, DISPUTED, SETTLED,
 REFUNDED) = range(9)

GUARDIAN_ROLE = "0x55435dd261a4b9b3364963f7738a7a662ad9c84396d64be3365284bb7f0a5041"
ACCOUNT_ROLE = "0x566b5cf7c3af3bb826b934271fdc23389a636de8100079ade6e26dc795507683"

RENTERS = ["renter", "renter2"]
HOSTS = ["host", "host2", "host3", "node", "node2", "node3"]
PEOPLE = ["deployer", "governor", "treasury", "arbiter", "guardian", "stranger", "controller",
          "verifier", "challenger", "challenger2"]


def details(model="llama3-8b", prompt="QmPrompt", tokens=100, temperature=7_000):
    return {"modelId": model, "prompt": prompt, "maxTokens": tokens, "temperature": temperature,
            "seed": 1, "resultFormat": "json"}


def requirements(memory=0, reputation=0, time=HOUR, proof=False):
    return {"minGPUMemory": memory, "minReputationScore": reputation, "maxTimeToComplete": time,
            "requiresProof": proof}


class Market(Case):
    """A case in which hosts are registered and renters may post."""

    def __init__(self, name, suite, description, protocol=None, hosts=("host", "host2"), kinds={},
                 prices=None, memory=24, stake=FAB(1000), people=(), contracts=(), roles=()):
        accounts = {
            person: (kinds.get(person, "eoa"),
                     {"eth": ETH(5_000), "fab": FAB(10_000), "usdc": USDC(3_000_000)})
            for person in PEOPLE + RENTERS + HOSTS + list(people)}
        owner = "deployer"
        wiring = [
            (owner, NR, "setStakeToken(address)", ["FAB"]),
            (owner, NR, "setJobMarketplace(address)", [JM]),
            (owner, NR, "setTreasury(address)", ["treasury"]),
            (owner, NR, "setGovernance(address)", ["governor"]),
            (owner, JM, "setPaymentEscrow(address)", [PE]),
            (owner, JM, "setUsdcAddress(address)", ["USDC"]),
            (owner, JM, "setReputationSystem(address)", [REP]),
            (owner, JM, "setGovernance(address)", ["governor"]),
            (owner, JM, "setProofSystem(address)", [PS]),
            (owner, JM, "grantRole(bytes32,address)", [GUARDIAN_ROLE, "guardian"]),
            (owner, PE, "setJobMarketplace(address)", [JM]),
            (owner, PE, "setTreasury(address)", ["treasury"]),
            (owner, REP, "addAuthorizedContract(address)", [PS]),
            (owner, REP, "addAuthorizedContract(address)", ["stranger"]),
        ]
        wiring += [(owner, JM, "grantRole(bytes32,address)", list(role)) for role in roles]
        wiring += [(person, "FAB", "approve(address,uint256)", [NR, MAX])
                   for person in HOSTS + ["controller"]]
        wiring += [(person, "FAB", "approve(address,uint256)", [JM, MAX])
                   for person in HOSTS + RENTERS]
        wiring += [(person, "USDC", "approve(address,uint256)", [JM, MAX]) for person in RENTERS]
        super().__init__(
            name, suite, description, accounts,
            [("FAB", "TestToken", ["FAB Token", "FAB", 18]),
             ("USDC", "TestToken", ["USD Coin", "USDC", 6]),
             (NR, "NodeRegistry", [FAB(1000)]), (JM, "JobMarketplace", [NR]),
             (PE, "PaymentEscrow", ["arbiter", 100]),
             (REP, "ReputationSystem", [NR, JM, "governor"]),
             (PS, "ProofSystem", [JM, PE, REP])] + list(contracts),
            wiring, protocol, prices)
        self.jobs = 0
        for host in hosts:
            self.does(host, NR, REGISTER, ["peer", ["llama3-8b"], "eu", memory, stake],
                      moves=[("fab", host, NR, stake)])

    def posts(self, renter="renter", payment=ETH(1), **asked):
        """An ETH job, whose payment goes to the escrow at once."""
        self.jobs += 1
        return self.does(
            renter, JM, POST, [details(), requirements(**asked), payment], value=payment,
            ret=[self.jobs], moves=[("eth", JM, PE, payment)])

    def posts_usdc(self, renter="renter", payment=USDC(100), **asked):
        self.jobs += 1
        return self.does(
            renter, JM, TOKEN_POST, [details(), requirements(**asked), "USDC", payment],
            moves=[("usdc", renter, PE, payment)])

    def claims(self, host="host", job=None):
        return self.does(host, JM, CLAIM, [job or self.jobs])

    def completes(self, host="host", job=None, pays=None):
        """pays: the coins that leave the escrow."""
        return self.does(host, JM, COMPLETE, [job or self.jobs, "QmResult", "0x"],
                         moves=[pays] if pays else [])

    def state(self, state, job=None):
        return self.sees(JM, "jobState(uint256)", [job or self.jobs], state)

    def score(self, host, score):
        return self.sees(REP, SCORE, [host], score)

    def stake(self, host, stake):
        return self.sees(NR, STAKE, [host], stake)


def slashed(amount=FAB(100), to="treasury"):
    return ("fab", NR, to, amount)


def refunded(payment=ETH(1), renter="renter", asset="eth"):
    return (asset, PE, renter, payment)


def paid(payment=ETH(1), host="host", asset="eth"):
    return (asset, PE, host, payment - payment // 100)
