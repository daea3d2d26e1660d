"""Section "Money" at the escrow, which a marketplace drives; section "Disputes" of plain escrows.

`market` is an account that stands for the marketplace: what the escrow promises must hold whatever
its marketplace does.
"""

from cases import *

suite = Suite("escrow")

OPEN = "openEscrow(bytes32,address,uint256,address)"
ASSIGN = "assignHost(bytes32,address)"
RELEASE = "releasePaymentFor(bytes32,address,uint256,address)"
REFUND = "refundEscrow(bytes32)"
CREATE = "createEscrow(bytes32,address,address,uint256,address)"
ESCROW = "PaymentEscrow"
ACTIVE, RELEASED, DISPUTED, RESOLVED, REFUNDED = range(5)


def id(number):
    return f"0x{number:064x}"


def case(name, description, protocol=None, fee=100, wired=True, kinds={}):
    accounts = {
        name: (kinds.get(name, "eoa"), {"eth": ETH(100), "fab": FAB(100), "usdc": USDC(1000)})
        for name in ["deployer", "arbiter", "treasury", "renter", "host", "other", "stranger"]}
    accounts["market"] = ("accepting", {"eth": ETH(1000), "usdc": USDC(10_000)})
    wiring = [("market", "USDC", "approve(address,uint256)", [ESCROW, MAX])]
    if wired:
        wiring += [
            ("deployer", ESCROW, "setJobMarketplace(address)", ["market"]),
            ("deployer", ESCROW, "setTreasury(address)", ["treasury"])]
    return suite.add(Case(
        "DE-" + name, "PaymentEscrow", description, accounts,
        [("FAB", "TestToken", ["FAB Token", "FAB", 18]),
         ("USDC", "TestToken", ["USD Coin", "USDC", 6]),
         (ESCROW, "PaymentEscrow", ["arbiter", fee])], wiring, protocol))


def record(renter, host, amount, token, status, requested=False):
    return {"renter": renter, "host": host, "amount": amount, "token": token,
            "status": status, "refundRequested": requested}


# A job's record: the renter is the renter, the host is set at claim, one settlement ever.

(case("eth-job", "an ETH job: opened for the renter, assigned at claim, paid less one per cent")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(2), "ZERO"], value=ETH(2))
 .sees(ESCROW, "getEscrow(bytes32)", [id(1)], record("renter", "ZERO", ETH(2), "ZERO", ACTIVE))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, RELEASE, [id(1), "host", ETH(2), "ZERO"],
       moves=[("eth", ESCROW, "host", ETH(1.98))])
 .sees(ESCROW, "getEscrow(bytes32)", [id(1)], record("renter", "host", ETH(2), "ZERO", RELEASED))
 .sees(ESCROW, "feeBalance()", [], ETH(0.02))
 .fails("market", ESCROW, RELEASE, [id(1), "host", ETH(2), "ZERO"], "Escrow not active")
 .fails("market", ESCROW, REFUND, [id(1)], "Escrow not active")
 .fails("market", ESCROW, ASSIGN, [id(1), "other"], "Escrow not active"))

(case("usdc-job", "a USDC job: the tokens come first, then the record")
 .does("market", "USDC", "transfer(address,uint256)", [ESCROW, USDC(30)],
       moves=[("usdc", "market", ESCROW, USDC(30))])
 .does("market", ESCROW, OPEN, [id(1), "renter", USDC(30), "USDC"])
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, RELEASE, [id(1), "host", USDC(30), "USDC"],
       moves=[("usdc", ESCROW, "host", USDC(29.7))])
 .sees(ESCROW, "tokenFeeBalances(address)", ["USDC"], USDC(0.3))
 .fails("market", ESCROW, RELEASE, [id(1), "host", USDC(30), "USDC"], "Escrow not active"))

(case("refund-job", "a refund returns the whole amount to the renter, once")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(2), "ZERO"], value=ETH(2))
 .does("market", ESCROW, REFUND, [id(1)], moves=[("eth", ESCROW, "renter", ETH(2))])
 .sees(ESCROW, "getEscrow(bytes32)", [id(1)], record("renter", "ZERO", ETH(2), "ZERO", REFUNDED))
 .fails("market", ESCROW, REFUND, [id(1)], "Escrow not active")
 .fails("market", ESCROW, ASSIGN, [id(1), "host"], "Escrow not active")
 .fails("market", ESCROW, RELEASE, [id(1), "ZERO", ETH(2), "ZERO"], "Invalid host address"))

(case("refund-usdc-job", "USDC go back as USDC")
 .does("market", "USDC", "transfer(address,uint256)", [ESCROW, USDC(30)],
       moves=[("usdc", "market", ESCROW, USDC(30))])
 .does("market", ESCROW, OPEN, [id(1), "renter", USDC(30), "USDC"])
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, REFUND, [id(1)], moves=[("usdc", ESCROW, "renter", USDC(30))]))

(case("open-guards", "opening a record: marketplace, no record yet, amount, and exactly that value")
 .fails("renter", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], "Only marketplace", value=ETH(1))
 .fails("market", ESCROW, OPEN, [id(1), "renter", 0, "ZERO"], "Invalid amount")
 .fails("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], "Incorrect ETH amount",
        value=ETH(1) - 1)
 .fails("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], "Incorrect ETH amount",
        value=ETH(1) + 1)
 .fails("market", ESCROW, OPEN, [id(1), "renter", USDC(1), "USDC"], "ETH sent for token payment",
        value=1)
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .fails("market", ESCROW, OPEN, [id(1), "other", ETH(1), "ZERO"], "Escrow already exists",
        value=ETH(1)))

(case("release-exact", "a release pays what the record says, to its host, in its token")
 .fails("market", ESCROW, RELEASE, [id(1), "host", ETH(1), "ZERO"], "Escrow not active")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .does("market", ESCROW, OPEN, [id(2), "renter", ETH(5), "ZERO"], value=ETH(5))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .fails("market", ESCROW, RELEASE, [id(1), "other", ETH(1), "ZERO"], "Escrow mismatch")
 .fails("market", ESCROW, RELEASE, [id(1), "host", ETH(1) + 1, "ZERO"], "Escrow mismatch")
 .fails("market", ESCROW, RELEASE, [id(1), "host", ETH(1) - 1, "ZERO"], "Escrow mismatch")
 .fails("market", ESCROW, RELEASE, [id(1), "host", ETH(1), "USDC"], "Escrow mismatch")
 .fails("host", ESCROW, RELEASE, [id(1), "host", ETH(1), "ZERO"], "Only marketplace")
 .fails("market", ESCROW, RELEASE, [id(3), "host", ETH(1), "ZERO"], "Escrow not active"))

(case("reassign", "the host changes when the job comes back to the market")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, ASSIGN, [id(1), "ZERO"])
 .does("market", ESCROW, ASSIGN, [id(1), "other"])
 .fails("stranger", ESCROW, ASSIGN, [id(1), "stranger"], "Only marketplace")
 .fails("market", ESCROW, ASSIGN, [id(2), "host"], "Escrow not active")
 .does("market", ESCROW, RELEASE, [id(1), "other", ETH(1), "ZERO"],
       moves=[("eth", ESCROW, "other", ETH(0.99))]))

(case("linked", "a job's record follows the job: its parties act through the marketplace")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .fails("renter", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Only marketplace")
 .fails("host", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Only marketplace")
 .fails("renter", ESCROW, "disputeEscrow(bytes32)", [id(1)], "Only marketplace")
 .fails("host", ESCROW, "requestRefund(bytes32)", [id(1)], "Only marketplace")
 .fails("renter", ESCROW, "confirmRefund(bytes32)", [id(1)], "Only marketplace")
 .fails("arbiter", ESCROW, "resolveDispute(bytes32,address)", [id(1), "renter"],
        "Only marketplace"))

# The fee: amount × fee / 10,000, rounded down, booked once, for the treasury.

for fee, amount, host in [
        (100, 1, 1), (100, 99, 99), (100, 100, 99), (100, 199, 198), (100, 10_001, 9_901),
        (0, ETH(1), ETH(1)), (10_000, ETH(1), 0), (1, 9_999, 9_999), (1, 10_000, 9_999),
        (9_999, 10_001, 2), (250, 3_333, 3_250)]:
    (case(f"fee-{fee}-of-{amount}", f"a fee of {fee} basis points on {amount} wei is rounded down",
          fee=fee)
     .does("market", ESCROW, OPEN, [id(1), "renter", amount, "ZERO"], value=amount)
     .does("market", ESCROW, ASSIGN, [id(1), "host"])
     .does("market", ESCROW, RELEASE, [id(1), "host", amount, "ZERO"],
           moves=[("eth", ESCROW, "host", host)])
     .sees(ESCROW, "feeBalance()", [], amount - host))

(case("fees", "booked fees leave once, to the treasury, whoever asks")
 .fails("stranger", ESCROW, "withdrawFees(address)", ["ZERO"], "No fees")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(4), "ZERO"], value=ETH(4))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, RELEASE, [id(1), "host", ETH(4), "ZERO"],
       moves=[("eth", ESCROW, "host", ETH(3.96))])
 .does("market", "USDC", "transfer(address,uint256)", [ESCROW, USDC(50)],
       moves=[("usdc", "market", ESCROW, USDC(50))])
 .does("market", ESCROW, OPEN, [id(2), "renter", USDC(50), "USDC"])
 .does("market", ESCROW, ASSIGN, [id(2), "host"])
 .does("market", ESCROW, RELEASE, [id(2), "host", USDC(50), "USDC"],
       moves=[("usdc", ESCROW, "host", USDC(49.5))])
 .does("stranger", ESCROW, "withdrawFees(address)", ["ZERO"],
       moves=[("eth", ESCROW, "treasury", ETH(0.04))])
 .fails("stranger", ESCROW, "withdrawFees(address)", ["ZERO"], "No fees")
 .does("treasury", ESCROW, "withdrawFees(address)", ["USDC"],
       moves=[("usdc", ESCROW, "treasury", USDC(0.5))])
 .fails("treasury", ESCROW, "withdrawFees(address)", ["USDC"], "No fees")
 .sees(ESCROW, "feeBalance()", [], 0))

(case("fees-no-treasury", "fees wait until there is a treasury", wired=False)
 .does("deployer", ESCROW, "setJobMarketplace(address)", ["market"])
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(4), "ZERO"], value=ETH(4))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, RELEASE, [id(1), "host", ETH(4), "ZERO"],
       moves=[("eth", ESCROW, "host", ETH(3.96))])
 .fails("stranger", ESCROW, "withdrawFees(address)", ["ZERO"], "Treasury not set")
 .fails("stranger", ESCROW, "setTreasury(address)", ["stranger"],
        custom=("OwnableUnauthorizedAccount", {"account": "stranger"}))
 .fails("deployer", ESCROW, "setTreasury(address)", ["ZERO"], "Invalid address")
 .does("deployer", ESCROW, "setTreasury(address)", ["treasury"])
 .fails("deployer", ESCROW, "setTreasury(address)", ["stranger"], "Already set")
 .does("stranger", ESCROW, "withdrawFees(address)", ["ZERO"],
       moves=[("eth", ESCROW, "treasury", ETH(0.04))]))

# Nobody's job hangs on what a wallet does with ETH.

(case("refusing-host", "a host that refuses ETH is credited; it alone takes it later",
      kinds={"host": "rejecting"})
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("market", ESCROW, RELEASE, [id(1), "host", ETH(1), "ZERO"],
       events=[(ESCROW, "PaymentCredited",
                {"receiver": "host", "token": "ZERO", "amount": ETH(0.99)}),
               (ESCROW, "EscrowReleased", {"jobId": id(1), "amount": ETH(0.99), "fee": ETH(0.01)})])
 .sees(ESCROW, "credits(address,address)", ["host", "ZERO"], ETH(0.99))
 .fails("host", ESCROW, "withdrawCredit(address)", ["ZERO"], "ETH transfer failed")
 .fails("other", ESCROW, "withdrawCredit(address)", ["ZERO"], "No credit")
 .does("stranger", ESCROW, "withdrawFees(address)", ["ZERO"],
       moves=[("eth", ESCROW, "treasury", ETH(0.01))]))

(case("refusing-renter", "a renter that refuses ETH does not block its refund",
      kinds={"renter": "rejecting"})
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .does("market", ESCROW, REFUND, [id(1)])
 .sees(ESCROW, "credits(address,address)", ["renter", "ZERO"], ETH(1))
 .sees(ESCROW, "getEscrow(bytes32)", [id(1)], record("renter", "ZERO", ETH(1), "ZERO", REFUNDED)))

(case("token-false", "a token that answers false settles nothing")
 .does("market", "USDC", "transfer(address,uint256)", [ESCROW, USDC(30)],
       moves=[("usdc", "market", ESCROW, USDC(30))])
 .does("market", ESCROW, OPEN, [id(1), "renter", USDC(30), "USDC"])
 .does("market", ESCROW, ASSIGN, [id(1), "host"])
 .does("stranger", "USDC", "setReturnFalse(bool)", [True])
 .fails("market", ESCROW, RELEASE, [id(1), "host", USDC(30), "USDC"], "Transfer failed")
 .fails("market", ESCROW, REFUND, [id(1)], "Transfer failed")
 .fails("market", ESCROW, CREATE, [id(2), "renter", "host", USDC(1), "USDC"], "Transfer failed")
 .does("stranger", "USDC", "setReturnFalse(bool)", [False])
 .does("market", ESCROW, REFUND, [id(1)], moves=[("usdc", ESCROW, "renter", USDC(30))]))

# Administration.

(case("locked", "nobody withdraws users' money")
 .does("market", ESCROW, OPEN, [id(1), "renter", ETH(1), "ZERO"], value=ETH(1))
 .fails("deployer", ESCROW, "emergencyWithdraw(address,uint256)", ["deployer", 1],
        "Funds are locked")
 .fails("stranger", ESCROW, "emergencyWithdraw(address,uint256)", ["stranger", 1],
        "Not authorized"))

(case("set-once", "the marketplace is set once")
 .fails("deployer", ESCROW, "setJobMarketplace(address)", ["market"], "Already set")
 .fails("stranger", ESCROW, "setJobMarketplace(address)", ["market"],
        custom=("OwnableUnauthorizedAccount", {"account": "stranger"})))

# Escrows without a job: both parties known, and acting themselves.


def plain(name, description, token="ZERO", **options):
    amount = ETH(1) if token == "ZERO" else USDC(100)
    made = case(name, description, **options)
    return made.does(
        "market", ESCROW, CREATE, [id(1), "renter", "host", amount, token],
        value=amount if token == "ZERO" else 0,
        moves=[] if token == "ZERO" else [("usdc", "market", ESCROW, amount)])


(case("create-guards", "creating: marketplace, a named renter, no record, host, amount, value")
 .fails("stranger", ESCROW, CREATE, [id(1), "renter", "host", ETH(1), "ZERO"], "Only marketplace",
        value=ETH(1))
 .fails("market", ESCROW, "createEscrow(bytes32,address,uint256,address)",
        [id(1), "host", ETH(1), "ZERO"], "Renter not named", value=ETH(1))
 .fails("market", ESCROW, CREATE, [id(1), "ZERO", "host", ETH(1), "ZERO"], "Renter not named",
        value=ETH(1))
 .fails("market", ESCROW, CREATE, [id(1), "renter", "ZERO", ETH(1), "ZERO"],
        "Invalid host address", value=ETH(1))
 .fails("market", ESCROW, CREATE, [id(1), "renter", "host", 0, "ZERO"], "Invalid amount")
 .fails("market", ESCROW, CREATE, [id(1), "renter", "host", ETH(1), "ZERO"],
        "Incorrect ETH amount", value=1)
 .does("market", ESCROW, CREATE, [id(1), "renter", "host", ETH(1), "ZERO"], value=ETH(1))
 .fails("market", ESCROW, CREATE, [id(1), "renter", "host", ETH(1), "ZERO"],
        "Escrow already exists", value=ETH(1)))

(plain("release", "the renter releases, and nobody else")
 .fails("stranger", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Not authorized")
 .fails("market", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Not authorized")
 .fails("host", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Only renter can release")
 .does("renter", ESCROW, "releaseEscrow(bytes32)", [id(1)],
       moves=[("eth", ESCROW, "host", ETH(0.99))])
 .fails("renter", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Escrow not active")
 .sees(ESCROW, "feeBalance()", [], ETH(0.01)))

for disputer in ["renter", "host"]:
    for winner in ["renter", "host"]:
        for token in ["ZERO", "USDC"]:
            asset, share = ("eth", ETH(1)) if token == "ZERO" else ("usdc", USDC(100))
            paid = share if winner == "renter" else share * 99 // 100
            (plain(f"dispute-{disputer}-{winner}-{asset}",
                   f"the {disputer} disputes, the {winner} wins, in {asset}", token)
             .fails("stranger", ESCROW, "disputeEscrow(bytes32)", [id(1)], "Not authorized")
             .fails("arbiter", ESCROW, "resolveDispute(bytes32,address)", [id(1), winner],
                    "Not in dispute")
             .does(disputer, ESCROW, "disputeEscrow(bytes32)", [id(1)])
             .fails("renter", ESCROW, "releaseEscrow(bytes32)", [id(1)], "Escrow not active")
             .fails(disputer, ESCROW, "disputeEscrow(bytes32)", [id(1)], "Escrow not active")
             .fails(disputer, ESCROW, "resolveDispute(bytes32,address)", [id(1), disputer],
                    "Only arbiter")
             .fails("arbiter", ESCROW, "resolveDispute(bytes32,address)", [id(1), "arbiter"],
                    "Invalid winner")
             .does("arbiter", ESCROW, "resolveDispute(bytes32,address)", [id(1), winner],
                   moves=[(asset, ESCROW, winner, paid)])
             .fails("arbiter", ESCROW, "resolveDispute(bytes32,address)", [id(1), winner],
                    "Not in dispute"))

(plain("mutual", "mutual refund: the host requests, the renter confirms, all goes back")
 .fails("renter", ESCROW, "requestRefund(bytes32)", [id(1)], "Only host can request refund")
 .fails("stranger", ESCROW, "requestRefund(bytes32)", [id(1)], "Not authorized")
 .fails("renter", ESCROW, "confirmRefund(bytes32)", [id(1)], "Refund not requested")
 .does("host", ESCROW, "requestRefund(bytes32)", [id(1)])
 .fails("host", ESCROW, "confirmRefund(bytes32)", [id(1)], "Only renter can confirm refund")
 .does("renter", ESCROW, "confirmRefund(bytes32)", [id(1)],
       moves=[("eth", ESCROW, "renter", ETH(1))])
 .fails("renter", ESCROW, "confirmRefund(bytes32)", [id(1)], "Escrow not active")
 .fails("host", ESCROW, "requestRefund(bytes32)", [id(1)], "Escrow not active"))
