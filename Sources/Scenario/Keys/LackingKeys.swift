/// Keys of people whom markets do not know yet.
///
/// Telling "not yet" from "nobody knows it" is what saves a reader from looking for a spelling.
enum LackingKeys {
  static let topLevel = ["governance", "arbiter", "guardian", "faults"]

  static let hostKeys = ["controller"]

  static let behaviours = [
    "flaky", "overcommitted", "undercutting", "washTrading", "whitewashing",
  ]

  static let renterKeys = ["behaviour", "batch", "sponsored", "disputes"]
}
