"""Section "Accounts": session keys, payment streams, batches and user operations."""

from market import *

suite = Suite("accounts")

BA = "BaseAccountIntegration"
ADD_KEY, REVOKE_KEY = "addSessionKey(address,uint256)", "revokeSessionKey(address)"
CLAIM_BY_KEY = "claimJobViaSessionKey(address,uint256)"
IS_VALID = "isValidSessionKey(address,address)"
STREAM = "createPaymentStream(address,uint256,uint256)"
WITHDRAW, CANCEL_STREAM = "withdrawFromStream(uint256)", "cancelPaymentStream(uint256)"
EXECUTE = "executeBatch((address,uint256,bytes)[])"
HANDLE = ("handleOp((address,uint256,bytes,bytes,uint256,uint256,uint256,uint256,uint256,bytes,"
          "bytes),uint256)")
CREATE_HERE = "createJobViaAccount(string,string,uint256,uint256)"
CREATE_NAMED = "createJobViaAccount(address,string,string,uint256,uint256)"
REGISTER_HERE = "registerNodeViaAccount(string,string[],string)"
REGISTER_NAMED = "registerNodeViaAccount(address,string,string[],string)"

# Selectors as in conformance/selectors.json.
SELECTOR = {CREATE: "2042ba3a", CLAIM: "e3e4b9fb", "transfer(address,uint256)": "a9059cbb",
            "execute(address,uint256,bytes)": "b61d27f6"}


def word(number):
    return f"{number:064x}"


def tail(data):
    """Length and padded content of a string or bytes, as hex."""
    return word(len(data) // 2) + data + "0" * (-len(data) % 64)


def encoded(fn, *args):
    """ABI encoding of a call of numbers, addresses (0x…), texts and bytes (hex after `#`)."""
    head, tails = "", ""
    for arg in args:
        if isinstance(arg, int):
            head += word(arg)
        elif arg.startswith("0x"):
            head += word(int(arg, 16))
        else:
            data = arg[1:] if arg.startswith("#") else arg.encode().hex()
            head += word(32 * len(args) + len(tails) // 2)
            tails += tail(data)
    return SELECTOR[fn] + head + tails


def case(name, description, **more):
    return suite.add(Market(
        "DA-" + name, BA, description,
        people=["entryPoint", "wallet", "key", "paymaster"],
        contracts=[(BA, "BaseAccountIntegration", ["entryPoint", "paymaster", JM, NR])],
        roles=[(ACCOUNT_ROLE, BA)], **more))


def operation(self, sender, target, value, data, paymaster="0x"):
    """A user operation that executes one call."""
    call = encoded("execute(address,uint256,bytes)", self.address[target], value, "#" + data)
    return [{"sender": sender, "nonce": 0, "initCode": "0x", "callData": "0x" + call,
             "callGasLimit": 200_000, "verificationGasLimit": 100_000,
             "preVerificationGas": 21_000, "maxFeePerGas": 1, "maxPriorityFeePerGas": 1,
             "paymasterAndData": paymaster, "signature": "0x01"}, 50_000]


def call(target, value, data):
    return {"target": target, "value": value, "data": "0x" + data}


NEW_JOB = ["llama3-8b", "QmPrompt", ETH(1), T0 + HOUR]

# Session keys.

(case("key", "a key claims for its wallet up to the second of its expiry, inclusive")
 .posts().posts()
 .does("host", BA, ADD_KEY, ["key", T0 + 100])
 .at(100).sees(BA, IS_VALID, ["host", "key"], True)
 .does("key", BA, CLAIM_BY_KEY, ["host", 1]).state(CLAIMED, 1)
 .at(101).sees(BA, IS_VALID, ["host", "key"], False)
 .fails("key", BA, CLAIM_BY_KEY, ["host", 2], "Session key expired").state(POSTED, 2)
 .completes("host", 1, pays=paid()))

(case("key-revoked", "a revoked key claims no more, and may be added anew")
 .posts()
 .does("host", BA, ADD_KEY, ["key", T0 + DAY]).does("host", BA, REVOKE_KEY, ["key"])
 .fails("key", BA, CLAIM_BY_KEY, ["host", 1], "Session key expired")
 .does("host", BA, ADD_KEY, ["key", T0 + DAY])
 .does("key", BA, CLAIM_BY_KEY, ["host", 1]).state(CLAIMED))

(case("key-past", "a key must expire later than now")
 .at(50).fails("host", BA, ADD_KEY, ["key", T0 + 50], "Invalid expiry")
 .does("host", BA, ADD_KEY, ["key", T0 + 51]))

(case("key-of-another", "a key is its own wallet's only")
 .posts().does("host", BA, ADD_KEY, ["key", T0 + DAY])
 .fails("key", BA, CLAIM_BY_KEY, ["host2", 1], "Session key expired")
 .fails("stranger", BA, CLAIM_BY_KEY, ["host", 1], "Session key expired"))

(case("key-guards", "a claim by key is a claim: of a registered host, under the guards of claims")
 .posts().does("stranger", BA, ADD_KEY, ["key", T0 + DAY])
 .fails("key", BA, CLAIM_BY_KEY, ["stranger", 1], "Not a registered host").state(POSTED))

# Payment streams.

(case("stream", "vests second by second, rounded down, and ends when all is withdrawn")
 .does("renter", BA, STREAM, ["host", 10, 3], value=10, ret=[0])
 .fails("host", BA, WITHDRAW, [0], "Nothing to withdraw")
 .at(1).does("host", BA, WITHDRAW, [0], moves=[("eth", BA, "host", 3)])
 .fails("host", BA, WITHDRAW, [0], "Nothing to withdraw")
 .at(2).does("host", BA, WITHDRAW, [0], moves=[("eth", BA, "host", 3)])
 .at(9).does("host", BA, WITHDRAW, [0], moves=[("eth", BA, "host", 4)])
 .fails("host", BA, WITHDRAW, [0], "Stream not active"))

(case("stream-cancel", "a cancelled stream pays what has vested and returns the rest, once")
 .does("renter", BA, STREAM, ["host", ETH(10), 1000], value=ETH(10))
 .at(100).does("host", BA, WITHDRAW, [0], moves=[("eth", BA, "host", ETH(1))])
 .at(333).does("renter", BA, CANCEL_STREAM, [0],
               moves=[("eth", BA, "host", ETH(2.33)), ("eth", BA, "renter", ETH(6.67))])
 .fails("renter", BA, CANCEL_STREAM, [0], "Stream not active")
 .fails("host", BA, WITHDRAW, [0], "Stream not active"))

(case("stream-guards", "who may do what with a stream")
 .fails("renter", BA, STREAM, ["host", 10, 3], "Incorrect payment", value=9)
 .fails("renter", BA, STREAM, ["ZERO", 10, 3], "Invalid recipient", value=10)
 .fails("renter", BA, STREAM, ["host", 10, 0], "Invalid duration", value=10)
 .does("renter", BA, STREAM, ["host", 10, 3], value=10).at(1)
 .fails("stranger", BA, WITHDRAW, [0], "Not recipient")
 .fails("host", BA, CANCEL_STREAM, [0], "Not stream creator"))

# Batches.

(case("batch", "the calls of a batch act as the wallet, and what is left over is the wallet's")
 .does("wallet", BA, EXECUTE, [[
     call(JM, ETH(1), encoded(CREATE, *NEW_JOB)), call(JM, ETH(1), encoded(CREATE, *NEW_JOB))]],
     value=ETH(3), moves=[("eth", BA, "wallet", ETH(3)), ("eth", "wallet", PE, ETH(2))])
 .state(POSTED, 1).state(POSTED, 2)
 .does("wallet", JM, CANCEL, [2], moves=[("eth", PE, "wallet", ETH(1))])
 .claims(job=1).completes(job=1, pays=paid()))

(case("batch-all-or-nothing", "one failing call undoes the batch")
 .fails("wallet", BA, EXECUTE, [[
     call(JM, ETH(1), encoded(CREATE, *NEW_JOB)), call(JM, 0, encoded(CLAIM, 9))]],
     "Batch operation failed", value=ETH(1)))

(case("batch-value", "a batch spends no more than came with it")
 .fails("wallet", BA, EXECUTE, [[
     call(JM, ETH(1), encoded(CREATE, *NEW_JOB)), call("stranger", 1, "")]],
     "Insufficient value", value=ETH(1)))

tokens = case("batch-tokens", "and moves the wallet's own tokens")
(tokens
 .does("wallet", BA, EXECUTE, [[
     call("USDC", 0, encoded("transfer(address,uint256)", tokens.address["host"], USDC(5)))]],
     moves=[("usdc", "wallet", "host", USDC(5))]))

(case("batch-claim", "a host claims in a batch as itself")
 .posts()
 .fails("wallet", BA, EXECUTE, [[call(JM, 0, encoded(CLAIM, 1))]], "Batch operation failed")
 .does("host", BA, EXECUTE, [[call(JM, 0, encoded(CLAIM, 1))]]).state(CLAIMED)
 .completes(pays=paid()))

# User operations.

pool = case("operation-pool", "an operation spends what came with it, never the streams' money")
(pool
 .does("renter", BA, STREAM, ["host", ETH(10), 1000], value=ETH(10))
 .fails("entryPoint", BA, HANDLE, operation(pool, "wallet", "stranger", ETH(10), ""),
        "Insufficient value")
 .does("entryPoint", BA, HANDLE, operation(pool, "wallet", "stranger", ETH(2), ""), value=ETH(2),
       moves=[("eth", BA, "stranger", ETH(2))])
 .at(1000).does("host", BA, WITHDRAW, [0], moves=[("eth", BA, "host", ETH(10))]))

posting = case("operation-post", "a job posted by an operation is its sender's")
(posting
 .does("entryPoint", BA, HANDLE,
       operation(posting, "wallet", JM, ETH(1), encoded(CREATE, *NEW_JOB)), value=ETH(1),
       moves=[("eth", BA, PE, ETH(1))])
 .fails("entryPoint", JM, CANCEL, [1], "Not job renter")
 .does("wallet", JM, CANCEL, [1], moves=[("eth", PE, "wallet", ETH(1))]))

claiming = case("operation-claim", "a host claims by an operation")
(claiming
 .posts()
 .fails("entryPoint", BA, HANDLE, operation(claiming, "wallet", JM, 0, encoded(CLAIM, 1)),
        "Operation failed")
 .does("entryPoint", BA, HANDLE, operation(claiming, "host", JM, 0, encoded(CLAIM, 1)))
 .state(CLAIMED).completes(pays=paid()))

sponsored = case("operation-sponsor", "the event names who sponsors an operation")
(sponsored
 .posts()
 .does("entryPoint", BA, HANDLE,
       operation(sponsored, "host", JM, 0, encoded(CLAIM, 1), sponsored.address["paymaster"]),
       events=[(JM, "JobClaimed", {"jobId": 1, "host": "host"}),
               (BA, "GaslessTransactionSponsored",
                {"wallet": "host", "paymaster": "paymaster", "gasUsed": 50_000})]))

bundler = case("operation-bundler", "only the entry point brings operations")
(bundler
 .fails("wallet", BA, HANDLE, operation(bundler, "wallet", "stranger", 0, ""), "Only EntryPoint")
 .fails("wallet", BA, CREATE_NAMED, ["wallet"] + NEW_JOB, "Only EntryPoint", value=ETH(1))
 .fails("wallet", BA, REGISTER_NAMED, ["wallet", "peer", ["m"], "eu"], "Only EntryPoint"))

# Jobs and nodes through the account.

(case("job-via-account", "a job made through the account is the wallet's, who must be named")
 .fails("entryPoint", BA, CREATE_HERE, NEW_JOB, "Wallet not named", value=ETH(1))
 .fails("entryPoint", BA, CREATE_NAMED, ["ZERO"] + NEW_JOB, "Wallet not named", value=ETH(1))
 .does("entryPoint", BA, CREATE_NAMED, ["wallet"] + NEW_JOB, value=ETH(1), ret=[1],
       moves=[("eth", BA, PE, ETH(1))])
 .does("wallet", JM, CANCEL, [1], moves=[("eth", PE, "wallet", ETH(1))]))

(case("node-via-account", "a node too, which stakes the wallet's own FAB")
 .fails("entryPoint", BA, REGISTER_HERE, ["peer", ["m"], "eu"], "Wallet not named")
 .does("entryPoint", BA, REGISTER_NAMED, ["host3", "peer", ["m"], "eu"],
       moves=[("fab", "host3", NR, FAB(1000))])
 .stake("host3", FAB(1000)).posts().claims("host3"))
