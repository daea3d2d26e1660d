"""How the golden cases of the documented profile are written down.

Every expectation is stated by hand, from the page that the profile implements: what a call returns
or why it is refused, and every coin that moves. This file only keeps the books: it turns moves into
the balances that the format asserts, and refuses moves that make or lose money unless they say so.

`python3 write.py` in this folder writes the .jsonl files anew.
"""

import json
import pathlib

T0 = 1_700_000_000
B0 = 1_000
MIN, HOUR, DAY = 60, 3_600, 86_400
MAX = 2**256 - 1


def FAB(amount):
    return round(amount * 10**6) * 10**12


def ETH(amount):
    return round(amount * 10**9) * 10**9


def USDC(amount):
    return round(amount * 10**6)


def text(value):
    """Numbers as the format writes them, everything else as it is."""
    if isinstance(value, bool) or isinstance(value, str):
        return value
    if isinstance(value, int):
        return str(value)
    if isinstance(value, (list, tuple)):
        return [text(element) for element in value]
    if isinstance(value, dict):
        return {key: text(element) for key, element in value.items()}
    raise TypeError(value)


class Case:
    def __init__(self, name, suite, description, accounts, contracts, wiring, protocol=None,
                 prices=None):
        """accounts: name -> (kind, {asset: amount}); contracts: (name, type, args)."""
        self.name, self.suite, self.description = name, suite, description
        self.t, self.b = T0, B0
        self.steps = []
        names = list(accounts) + [contract[0] for contract in contracts]
        address = {name: "0x" + f"{0xd0c0_0000 + i:040x}" for i, name in enumerate(names)}
        self.address = address
        self.assets = ["eth"] + [
            name.lower() for name, _, _ in contracts if name in ("FAB", "USDC", "GOV")]
        self.balance = {
            name: {asset: 0 for asset in self.assets} for name in names}
        for name, (_, means) in accounts.items():
            self.balance[name].update(means)
        self.setup = {"chainId": 31337, "t": T0, "b": B0, "profile": "documented"}
        if protocol:
            self.setup["protocol"] = text(protocol)
        if prices:
            self.setup["prices"] = text(prices)
        self.setup["accounts"] = [
            {"name": name, "kind": kind, "address": address[name],
             **{asset: str(means.get(asset, 0)) for asset in ("eth", "fab", "usdc")}}
            for name, (kind, means) in accounts.items()]
        self.setup["contracts"] = [
            {"name": name, "type": type, "address": address[name], "from": "deployer",
             "args": text(args)} for name, type, args in contracts]
        self.setup["wiring"] = [
            {"from": sender, "to": to, "fn": fn, "args": text(args), "value": "0"}
            for sender, to, fn, args in wiring]

    def at(self, seconds):
        """Time since the start of the case; Base makes a block every two seconds."""
        self.t, self.b = T0 + seconds, B0 + seconds // 2
        return self

    def wait(self, seconds):
        return self.at(self.t - T0 + seconds)

    def block(self, number):
        """Blocks since the start of the case, without regard to time."""
        self.b = B0 + number
        return self

    def does(self, sender, to, fn, args=(), value=0, ret=None, moves=(), events=None, note=None):
        """A call that succeeds. moves: (asset, from, to, amount), the call's own value apart; None is
        where tokens come from and go to that are minted and burned."""
        step = {"kind": "tx", "t": self.t, "b": self.b, "from": sender, "to": to, "fn": fn,
                "args": text(list(args)), "value": str(value), "ok": True}
        if ret is not None:
            step["ret"] = text(list(ret))
        if events is not None:
            step["events"] = [
                {"c": contract, "e": name, "args": text(fields)} for contract, name, fields in events]
        changed = {}
        for asset, payer, receiver, amount in ([("eth", sender, to, value)] if value else []) + list(
                moves):
            for account, delta in ((payer, -amount), (receiver, amount)):
                if account is None:  # minted or burned
                    continue
                self.balance[account][asset] += delta
                assert self.balance[account][asset] >= 0, (self.name, account, asset)
                changed.setdefault(account, {})[asset] = str(self.balance[account][asset])
        step["bal"] = changed
        if note:
            step["note"] = note
        self.steps.append(step)
        return self

    def fails(self, sender, to, fn, args=(), reason=None, value=0, panic=None, custom=None,
              note=None):
        """A call that is refused with a message; without one it fails without data."""
        revert = {"kind": "Empty"}
        if reason is not None:
            revert = {"kind": "Error", "message": reason}
        if panic is not None:
            revert = {"kind": "Panic", "code": panic}
        if custom is not None:
            revert = {"kind": "Custom", "name": custom[0], "args": text(custom[1])}
        step = {"kind": "tx", "t": self.t, "b": self.b, "from": sender, "to": to, "fn": fn,
                "args": text(list(args)), "value": str(value), "ok": False, "revert": revert,
                "bal": {}}
        if note:
            step["note"] = note
        self.steps.append(step)
        return self

    def sees(self, to, fn, args, *ret):
        """A view and what it returns."""
        self.steps.append(
            {"kind": "call", "t": self.t, "b": self.b, "to": to, "fn": fn,
             "args": text(list(args)), "ok": True, "ret": text(list(ret))})
        return self

    def line(self):
        final = {"t": self.t, "b": self.b, "calls": [], "balances": text(self.balance)}
        return json.dumps(
            {"format": "fabstir-conformance/1", "id": self.name, "suite": self.suite,
             "description": self.description, "setup": self.setup, "steps": self.steps,
             "final": final}, separators=(",", ":"), ensure_ascii=False)


class Suite:
    """One file of cases."""

    def __init__(self, file):
        self.file, self.cases = file, []

    def add(self, case):
        assert case.name not in {other.name for other in self.cases}, case.name
        self.cases.append(case)
        return case

    def write(self):
        path = pathlib.Path(__file__).with_name(self.file + ".jsonl")
        path.write_text("".join(case.line() + "\n" for case in self.cases), encoding="utf-8")
        return len(self.cases)
