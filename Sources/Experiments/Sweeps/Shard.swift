/// One of several equal parts of a sweep, for processes that share nothing.
public struct Shard: Hashable, Sendable {
  /// From 1.
  public let number: Int
  public let count: Int

  public static let whole = Shard(number: 1, count: 1)!

  /// nil unless 1 ≤ `number` ≤ `count`.
  public init?(number: Int, count: Int) {
    guard number >= 1, number <= count else { return nil }
    self.number = number
    self.count = count
  }

  /// `2/8`.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let number = Int(parts[0]), let count = Int(parts[1]) else {
      return nil
    }
    self.init(number: number, count: count)
  }

  /// Neighbouring points cost alike, so they go to different shards.
  func points(of total: Int) -> StrideTo<Int> { stride(from: number - 1, to: total, by: count) }

  /// Appended to the folder of the sweep.
  var folderSuffix: String { self == .whole ? "" : ".shard-\(number)-of-\(count)" }
}

extension StrideTo<Int> {
  var count: Int { reduce(0) { total, _ in total + 1 } }
}
