/// Identities that one operator runs; the cohort is cut into rings in the order of its hosts.
public struct SybilRing: ConductPart {
  /// 2 … the cohort's count.
  public var size: Int
  /// Registered by one controller, for all to see.
  public var sharesController: Bool
  /// Stakes and gas come from one wallet.
  public var sharesFunding: Bool

  public init(size: Int, sharesController: Bool = false, sharesFunding: Bool = true) {
    self.size = size
    self.sharesController = sharesController
    self.sharesFunding = sharesFunding
  }

  private static let sizeKey = ConductKey(
    "size", .count(2...1_000_000), "Identities of one operator, at most the cohort's count.")
  private static let controller = ConductKey(
    "controller", .word(Sharing.words), .standard("separate"),
    "shared: one controller registers them all, for everybody to see.")
  private static let funding = ConductKey(
    "funding", .word(Sharing.words), .standard("shared"),
    "shared: stakes and gas come from one wallet.")

  public static let declaration = ConductDeclaration(
    "sybilRing", absence: "every host is somebody's only one",
    "Identities that one operator runs.", keys: [sizeKey, controller, funding])

  public init(_ values: ConductValues) {
    self.init(
      size: Int(values[Self.sizeKey]), sharesController: Sharing.isShared(values[Self.controller]),
      sharesFunding: Sharing.isShared(values[Self.funding]))
  }
}

/// How `shared` and `separate` are read.
enum Sharing {
  static let words = ["separate", "shared"]

  static func isShared(_ number: Double) -> Bool { number == 1 }
}
