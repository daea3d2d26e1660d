import Kernel
import Quantities

/// The changes of a run, what each found in force, and the prices as they now are.
struct ChangePlayer {
  /// A change begins or ends.
  struct Point: BitwiseCopyable {
    var at: SimDuration
    var change: Int
    var begins: Bool
  }

  let list: [MarketChange]
  let points: [Point]
  /// What each change replaced, while it lasts.
  var replaced: [MarketChange.Effect?]
  /// Hosts that each outage holds down, while it lasts.
  var held: [[HostID]]
  var prices: PriceBook
  var backgroundLoad: ChainConfiguration.BackgroundLoad

  init(_ configuration: MarketConfiguration) {
    list = configuration.changes
    points = Self.timeline(of: configuration.changes)
    replaced = Array(repeating: nil, count: configuration.changes.count)
    held = Array(repeating: [], count: configuration.changes.count)
    prices = PriceBook(eth: configuration.chain.ethPrice, fab: configuration.chain.fabPrice)
    backgroundLoad = configuration.chain.backgroundLoad
  }

  /// Changes of this rule that are to end do not bring back what was: a vote outlasts them.
  mutating func settle(rule key: String) {
    for index in replaced.indices {
      if case .rule(key, _) = replaced[index] { replaced[index] = nil }
    }
  }

  /// In order of time; at one instant ends come before beginnings, else the order of the list holds.
  static func timeline(of changes: [MarketChange]) -> [Point] {
    var points: [Point] = []
    for (index, change) in changes.enumerated() {
      points.append(Point(at: change.at, change: index, begins: true))
      if let duration = change.duration {
        points.append(Point(at: change.at + duration, change: index, begins: false))
      }
    }
    return points.enumerated().sorted { left, right in
      let (a, b) = (left.element, right.element)
      if a.at != b.at { return a.at < b.at }
      if a.begins != b.begins { return b.begins }
      return left.offset < right.offset
    }.map(\.element)
  }
}
