/// How a request rate varies over the week: one factor per hour from Monday 00:00, with mean 1.
public struct WeeklyRates: Equatable, Sendable {
  /// Such as `weekly-chat`.
  public let name: String
  /// 168 factors.
  public let multipliers: [Double]
  public let source: String

  public static let hoursPerWeek = 168

  /// The factor in force `seconds` ≥ 0 after a Monday 00:00; weeks repeat.
  public func multiplier(atSecond seconds: Double) -> Double {
    let week = Double(Self.hoursPerWeek * 3_600)
    return multipliers[min(Int(seconds.truncatingRemainder(dividingBy: week) / 3_600), 167)]
  }

  /// The largest factor, for thinning.
  public var peak: Double { multipliers.max() ?? 1 }
}

extension Catalogue {
  public static let weeklyRates: [WeeklyRates] = {
    let rows = CatalogueRows(PackageResources.weeks_csv, "weeks").rows
    var names: [String] = []
    for row in rows where !names.contains(row.text("name")) { names.append(row.text("name")) }
    return names.map { name in
      let week = rows.filter { $0.text("name") == name }
      let values = week.flatMap { day in
        (0..<24).map { hour in day.number(hour < 10 ? "h0\(hour)" : "h\(hour)") }
      }
      precondition(
        values.count == WeeklyRates.hoursPerWeek, "weeks.csv: \(name) has no 168 hours")
      // The table is rounded; dividing by its mean makes the mean exactly as promised.
      let mean = values.reduce(0, +) / Double(WeeklyRates.hoursPerWeek)
      return WeeklyRates(
        name: name, multipliers: values.map { $0 / mean }, source: week[0].text("source"))
    }
  }()

  public static func weeklyRates(_ name: String) throws(CatalogueError) -> WeeklyRates {
    if let found = weeklyRates.first(where: { $0.name == name }) { return found }
    throw .unknownWeeklyRates(name, nearest: nearestName(to: name, in: weeklyRates.map(\.name)))
  }
}
