/// Keys that are unknown, repeated, in the wrong place or missing.
extension ComplaintTests {
  static let keys = [
    Case(
      "seed: 7", "sead: 7",
      "s.yaml:1:1: error: seed is missing; give a whole number, "
        + "0 to 18,446,744,073,709,551,615",
      "s.yaml:3:1: error: sead is not a known key; did you mean \"seed\"?"),
    Case(
      "count: 2, gpu", "cuont: 2, gpu",
      "s.yaml:6:5: error: hosts[0].count is missing; give a whole number, 0 to 10,000,000",
      "s.yaml:6:18: error: hosts[0].cuont is not a known key; did you mean \"count\"?"),
    Case(
      "seed: 7", "seed: 7\nname: again\nseed: 8\nname: more",
      "s.yaml:4:1: error: name is given twice, first in line 2; keep one of them",
      "s.yaml:5:1: error: seed is given twice, first in line 3; keep one of them",
      "s.yaml:6:1: error: name is given twice, first in line 2; keep one of them"),
    Case(
      "count: 2, gpu", "count: 2, \"count\": 3, gpu",
      "s.yaml:6:28: error: hosts[0].count is given twice, first in line 6; keep one of them"),
    Case(
      "seed: 7", "seed: 7\n[a, b]: 7",
      "s.yaml:4:1: error: a key of the scenario is not text; write a plain name before the colon"),
    Case(
      "seed: 7", "seed: 7\nprotocol: {profile: reference-fab, unbonding: 5d, fea: 1%}",
      "s.yaml:4:36: error: protocol.unbonding is a key that profile reference-fab lacks; "
        + "remove it, or choose a profile that has it: reference-eth, documented",
      "s.yaml:4:51: error: protocol.fea is not a known key; did you mean \"fee\"?"),
    Case(
      "seed: 7", "seed: 7\narbiter: {delay: 5}",
      "s.yaml:4:1: error: arbiter is a key of another place; "
        + "write protocol: {arbiter: {delay: 5min, accuracy: 95%}}"
    ),
    Case(
      "count: 2, gpu", "count: 2, behaviour: undercutting, gpu",
      "s.yaml:6:39: error: hosts[0].behaviour is \"undercutting\", which belongs to another key; "
        + "write pricing: {undercutting: {step: 3%}} beside behaviour"),
    Case(
      "count: 2, gpu", "count: 2, behaviour: sybilRing, gpu",
      "s.yaml:6:39: error: hosts[0].behaviour is \"sybilRing\", which needs keys; "
        + "write {sybilRing: {size: …}}"),
    Case(
      "count: 2, gpu", "count: 2, behaviour: {undercutting: {step: 10%}}, gpu",
      "s.yaml:6:40: error: hosts[0].behaviour.undercutting is a key of another place; "
        + "write pricing: {undercutting: {step: 3%}} beside behaviour"),
    Case(
      "seed: 7", "seed: 7\nassignment: {race: {}, reputation: {}}",
      "s.yaml:4:13: error: assignment names race and reputation; give one of them"),
    Case(
      "seed: 7\nduration: 1h\nhosts:\n  - {name: home,",
      "seed: 7\ndetectors: [sybilRank]\nduration: 1h\nhosts:\n  - {name: home, behaviour: lazy,",
      "s.yaml:4:13: error: detectors[0] starts from known honest hosts, of which there are none at "
        + "the start; add a cohort of honest hosts, or leave it out"),
    Case(
      "count: 2, gpu", "count: 2, behaviour: {lazy: {when: profitable}}, gpu",
      "s.yaml:6:53: error: hosts[0].behaviour.lazy.when is weighed against the chance of being "
        + "found out, and nobody does a job again or disputes it; give verifiers a checkRate above 0 %, or "
        + "renters disputes"),
    Case(
      "count: 2, gpu", "count: 2, behaviour: {abandoning: {saving: 0.1 USD}}, gpu",
      "s.yaml:6:61: error: hosts[0].behaviour.abandoning.saving is weighed by hosts that ask whether it "
        + "pays, and these do not; write when: profitable beside it, or leave it out"),
    Case(
      "count: 2, gpu", "count: 2, behaviour: {learning: {}, flaky: {up: 2h, down: 1h}}, gpu",
      "s.yaml:6:50: error: hosts[0].behaviour.learning chooses between honest work and other parts, "
        + "of which there are none; add a part that cheats, or leave it out"),
    Case(
      "seed: 7", "seed: 7\nprotocol: {arbiter: {jurors: 4}}",
      "s.yaml:4:30: error: protocol.arbiter.jurors is even, so that a vote can end in a tie; "
        + "write an odd number"),
    Case(
      "seed: 7", "seed: 7\nverifiers: {effort: {cost: 0.1 USD, reward: 1 USD}}",
      "s.yaml:4:21: error: verifiers.effort goes by the wrong results that spot checks find, and "
        + "there are none; give verifiers a checkRate above 0 %"),
    Case(
      "seed: 7", "seed: 7\nprotocol: {arbiter: {accuracy: 40%}}",
      "s.yaml:4:32: error: protocol.arbiter.accuracy makes the arbiter worse than a coin; "
        + "keep it at 50% or above, or add adversarial: true beside it"),
    Case(
      "seed: 7", "seed: 7\nprotocol: {profile: reference-fab}\ndetectors: [controllerThreshold]",
      "s.yaml:5:13: error: detectors[0] counts nodes of controllers, whom the registry of profile "
        + "reference-fab does not know; leave it out, or choose another profile"),
    Case(
      "seed: 7", "seed: 7\ndetectors: [sybilRank]\ndetectionInterval: 61min",
      "s.yaml:5:20: error: detectionInterval is longer than the duration, so that no detector ever "
        + "looks; stay within 1 h"),
    Case(
      "seed: 7", "seed: 7\ndetectionInterval: 10min",
      "s.yaml:4:20: error: detectionInterval spaces the rounds of detectors, of which there are "
        + "none; leave it out, or add detectors"),
    Case(
      "seed: 7", "seed: 7\ndetectors: [sybilRank]\ndetectionInterval: 1s",
      "s.yaml:5:20: error: detectionInterval is 1s, which is out of range; "
        + "write a value from 2 s to 3,650 d"),
    Case(
      "lengths:", "proofRequired: 20%, lengths:",
      "s.yaml:8:77: error: renters[0].proofRequired asks for proofs that nobody verifies; "
        + "add verifiers: {count: 1} or more at the top level"),
  ]
}
