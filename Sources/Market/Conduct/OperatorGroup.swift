/// Hosts of one operator, and by what they can be told to be; the cohort is cut into groups in the order of
/// its hosts.
public struct OperatorGroup: Sendable, Equatable {
  /// 2 … the cohort's count.
  public var size: Int
  /// Registered by one controller, for all to see.
  public var sharesController: Bool
  /// Stakes and gas come from one wallet.
  public var sharesFunding: Bool

  public init(size: Int, sharesController: Bool, sharesFunding: Bool) {
    self.size = size
    self.sharesController = sharesController
    self.sharesFunding = sharesFunding
  }

  private static let sizeKey = ConductKey(
    "size", .count(2...1_000_000), "Hosts of one operator, at most the cohort's count.")
  private static let controller = ConductKey(
    "controller", .word(Sharing.words), .standard("separate"),
    "shared: one controller registers all that are there at the start, for everybody to see; who comes, or "
      + "comes back as somebody else, registers itself.")
  private static let funding = ConductKey(
    "funding", .word(Sharing.words), .standard("shared"),
    "shared: stakes and gas come from one wallet.")

  static let keys = [sizeKey, controller, funding]

  init(_ values: ConductValues) {
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
