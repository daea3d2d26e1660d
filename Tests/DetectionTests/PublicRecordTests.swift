import Detection
import Quantities
import Testing

@Suite("A public record") struct PublicRecordTests {
  private static func time(_ second: Int64) -> SimTime { .zero + .seconds(second) }

  @Test("keeps departures as it keeps all else") func departures() {
    var record = PublicRecord()
    record.recordDeparture(host: 4, at: Self.time(9))
    let extent = record.extent
    record.recordDeparture(host: 2, at: Self.time(7))
    #expect(record.hostCount == 5)
    #expect(record.upTo(Self.time(8)).departures.map(\.host) == [2])
    #expect(record.inOrder().departures.map(\.second) == [7, 9])
    let news = record.news(since: extent)
    #expect(news.departures.map(\.host) == [2])
    var copy = record.upTo(Self.time(0))
    copy.append(news)
    #expect(copy.departures.map(\.host) == [2] && copy.hostCount == 5)
  }

  @Test("has as newcomers only those who came late, and each once") func newcomers() {
    var record = PublicRecord()
    for (host, second) in [(0, 0), (1, 5), (0, 6), (2, 20), (1, 30), (3, 40), (3, 50)] {
      record.recordRegistration(
        host: host, wallet: host, controller: nil, at: Self.time(Int64(second)))
    }
    func newcomers(from second: Int64) -> [Int] {
      record.newcomers(from: Self.time(second)).map(\.host)
    }
    #expect(newcomers(from: 0) == [1, 2, 3])
    #expect(record.newcomers(from: .zero).map(\.entered) == [5, 20, 40].map(Self.time))
    // Host 1 came before, and comes back after; at the very second counts.
    #expect(newcomers(from: 20) == [2, 3] && newcomers(from: 21) == [3])
    #expect(newcomers(from: 41).isEmpty)
  }
}
