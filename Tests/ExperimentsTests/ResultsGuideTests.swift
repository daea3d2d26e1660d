import Testing

@testable import Experiments

@Suite("The guide to the results") struct ResultsGuideTests {
  @Test("names every file, metric and column") func completeness() {
    let model = ToyQueue()
    let guide = ResultsGuide.markdown(
      metrics: model.metrics, tables: model.tables, onRequest: ["customers"])
    for text in [
      "- `customers.csv` (on request): One customer.", "- `servers.csv`: One server.",
      "`wait_mean`, `wait_p95`, `wait_max`", "| `half_width` |", "| `event_digest` |",
      "| `replication` |", "| `arrival_s` | exact decimal | s | When it came. |", "| `holds` |",
    ] {
      #expect(guide.contains(text), "\(text) is missing")
    }
    #expect(guide.hasSuffix("\n") && !guide.hasSuffix("\n\n"))
  }
}
