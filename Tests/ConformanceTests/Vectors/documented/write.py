"""Writes every file of golden cases of the documented profile; see cases.py."""

import importlib

for name in [
    "hosts", "escrow", "reputation", "jobs", "posting", "breakers", "proofs", "governance",
    "accounts"]:
    module = importlib.import_module(name)
    print(name, module.suite.write())
