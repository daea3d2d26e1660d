/// Keys of people whom markets do not know yet.
///
/// Telling "not yet" from "nobody knows it" is what saves a reader from looking for a spelling.
enum LackingKeys {
  static let topLevel = ["arbiter"]

  static let behaviours = ["undercutting"]

  static let renterKeys = ["batch", "sponsored"]
}
