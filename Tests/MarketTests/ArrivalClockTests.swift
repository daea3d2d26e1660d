import Testing

@testable import Market

@Suite("Arrival clock") struct ArrivalClockTests {
  @Test("without a profile, gaps are divided by the rate") func constantRate() {
    var clock = ArrivalClock(rate: 4, profile: nil)
    #expect(clock.advance(by: 1) == 0.25)
    #expect(clock.advance(by: 2) == 0.75)
  }

  @Test("a profile that is 2 in one hour and 0 in the next skips the silent hour")
  func silentHour() throws {
    let hourly = (0..<168).map { $0 % 2 == 0 ? 2.0 : 0.0 }
    var clock = ArrivalClock(rate: 1, profile: WeeklyProfile(name: "test", hourly: hourly))
    let firstArrival = clock.advance(by: 7_100)
    let first = try #require(firstArrival)
    #expect(abs(first - 3_550) < 1e-9)
    let secondArrival = clock.advance(by: 200)
    let second = try #require(secondArrival)
    #expect(abs(second - (7_200 + 50)) < 1e-9)
  }

  @Test("a gap may span many weeks") func longGap() throws {
    let hourly = (0..<168).map { $0 == 0 ? 168.0 : 0.0 }
    var clock = ArrivalClock(rate: 1e-6, profile: WeeklyProfile(name: "test", hourly: hourly))
    let perWeek = 3_600 * 168 * 1e-6
    let timeArrival = clock.advance(by: 10 * perWeek + perWeek / 2)
    let time = try #require(timeArrival)
    #expect(abs(time - (10 * 168 * 3_600 + 1_800)) < 1e-3)
  }

  @Test("a week of silence ends the process") func silence() {
    let profile = WeeklyProfile(name: "test", hourly: [Double](repeating: 0, count: 168))
    var clock = ArrivalClock(rate: 1, profile: profile)
    #expect(clock.advance(by: 1) == nil)
  }
}
