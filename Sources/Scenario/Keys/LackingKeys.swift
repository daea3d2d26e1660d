/// Keys of richer profiles that `reference-fab` has no rule for.
///
/// Telling "this profile lacks it" from "nobody knows it" is what sends a reader to the profile
/// instead of to the spelling.
enum LackingKeys {
  static let topLevel = ["verifiers", "detectors", "governance", "arbiter", "guardian", "faults"]

  static let hostKeys = ["topUp", "controller"]

  static let behaviours = [
    "flaky", "overcommitted", "lazy", "abandoning", "undercutting", "sybilRing", "washTrading",
    "whitewashing", "milking",
  ]

  static let renterKeys = ["proofRequired", "behaviour", "batch", "sponsored", "disputes"]
}
