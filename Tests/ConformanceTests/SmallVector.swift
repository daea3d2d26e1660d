/// A made-up case with one step of each kind, right in every field; tests spoil one at a time.
enum SmallVector {
  static let line = (setup + steps + final).replacing("\n", with: "")

  private static let setup = #"""
    {"format":"fabstir-conformance/1","id":"small","suite":"s","description":"d","setup":
    {"chainId":31337,"t":100,"b":10,"accounts":[
    {"name":"deployer","kind":"eoa","address":"0x00000000000000000000000000000000000000d1",
    "eth":"1000","fab":"0","usdc":"0"},
    {"name":"alice","kind":"eoa","address":"0x00000000000000000000000000000000000000a1",
    "eth":"1000","fab":"100","usdc":"0"},
    {"name":"bob","kind":"eoa","address":"0x00000000000000000000000000000000000000b1",
    "eth":"1000","fab":"0","usdc":"0"},
    {"name":"wallet","kind":"reentrant","address":"0x00000000000000000000000000000000000000e1",
    "eth":"0","fab":"0","usdc":"0"}],
    "contracts":[
    {"name":"FAB","type":"TestToken","address":"0x00000000000000000000000000000000000000f1",
    "from":"deployer","args":["Fab","FAB","18"]},
    {"name":"Hosts","type":"NodeRegistryFAB",
    "address":"0x00000000000000000000000000000000000000f2","from":"deployer","args":["FAB"]},
    {"name":"PaymentEscrow","type":"PaymentEscrow",
    "address":"0x00000000000000000000000000000000000000f3","from":"deployer","args":["deployer",
    "250"]}],
    "wiring":[{"from":"alice","to":"FAB","fn":"approve(address,uint256)","args":["bob","7"],
    "value":"0"}]},
    """#

  private static let steps = #"""
    "steps":[
    {"kind":"tx","t":101,"b":11,"from":"alice","to":"FAB","fn":"transfer(address,uint256)",
    "args":["bob","40"],"value":"0",
    "ok":true,"ret":[true],"events":[{"c":"FAB","e":"Transfer","args":{"from":"alice",
    "to":"bob","value":"40"}}],
    "bal":{"alice":{"fab":"60"},"bob":{"fab":"40"}}},
    {"kind":"tx","t":102,"b":11,"from":"alice","to":"FAB","fn":"transfer(address,uint256)",
    "args":["bob","61"],"value":"0",
    "ok":false,"revert":{"kind":"Custom","name":"ERC20InsufficientBalance",
    "args":{"sender":"alice","balance":"60","needed":"61"}},"bal":{}},
    {"kind":"tx","t":103,"b":11,"from":"alice","to":"Hosts","fn":"registerNode(string)",
    "args":[""],"value":"0",
    "ok":false,"revert":{"kind":"Error","message":"Empty metadata"},"bal":{}},
    {"kind":"tx","t":104,"b":12,"from":"bob","to":"PaymentEscrow","fn":"receive()","args":[],
    "value":"9",
    "ok":true,"ret":[],"events":[],"bal":{"bob":{"eth":"991"},"PaymentEscrow":{"eth":"9"}}},
    {"kind":"call","t":105,"b":12,"to":"FAB","fn":"balanceOf(address)","args":["bob"],"ok":true,
    "ret":["40"]},
    {"kind":"arm","actor":"wallet","target":"FAB","fn":"transfer(address,uint256)",
    "args":["bob","1"],"times":1,"bubble":false,"value":"0"},
    {"kind":"deploy","t":106,"b":12,"from":"deployer","name":"More","type":"NodeRegistryFAB",
    "address":"0x00000000000000000000000000000000000000f4",
    "args":["ZERO"],"value":"0","ok":false,"revert":{"kind":"Error",
    "message":"Invalid token address"},"bal":{}}],
    """#

  private static let final = #"""
    "final":{"t":106,"b":12,"calls":[{"to":"FAB","fn":"allowance(address,address)",
    "args":["alice","bob"],"ok":true,"ret":["7"]}],
    "balances":{"alice":{"eth":"1000","fab":"60"},"bob":{"eth":"991","fab":"40"},
    "PaymentEscrow":{"eth":"9","fab":"0"}}}}
    """#
}
