import Foundation

/// How many random calls the tests make in all: a million in optimised builds, in which that takes
/// seconds, a few thousand otherwise; `MARKETSIM_RANDOM_CALLS` says another number.
enum CallBudget {
  #if DEBUG
    private static let standard = 60_000
  #else
    private static let standard = 1_200_000
  #endif

  private static let total: Int = {
    let text = ProcessInfo.processInfo.environment["MARKETSIM_RANDOM_CALLS"]
    return text.flatMap { Int($0) } ?? standard
  }()

  /// - Parameter share: Tenths and twentieths of the total: documented 6, reference-eth 7,
  ///   reference-fab 7 of 20.
  static func calls(share: Int) -> Int { max(200, total * share / 20) }
}
