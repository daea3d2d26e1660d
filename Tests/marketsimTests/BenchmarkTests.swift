import Testing

@testable import marketsim

@Suite("Benchmarks") struct BenchmarkTests {
  @Test("run at a tiny size and do the same work each time", arguments: Benchmark.all.indices)
  func tinyRun(index: Int) {
    let benchmark = Benchmark.all[index]
    let once = benchmark.measure(benchmark.tinySize, .tiny)
    let again = benchmark.measure(benchmark.tinySize, .tiny)
    #expect(once.digest == again.digest)
    #expect(!once.figures.isEmpty)
    // Tests run side by side and share the allocator, so what it grew by may be negative here.
    for figure in once.figures {
      #expect(figure.size == benchmark.tinySize)
      #expect(
        figure.value.isFinite && (figure.value >= 0 || figure.name.hasSuffix("_allocated")),
        "\(figure)")
    }
  }

  @Test("have distinct names") func names() {
    #expect(Set(Benchmark.all.map(\.name)).count == Benchmark.all.count)
  }

  @Test("print a figure as one JSON object") func json() {
    let figure = BenchmarkFigure(name: "hold", size: 1_000, value: 2.5e7, unit: "events/s")
    #expect(
      figure.json == #"{"name":"hold","size":1000,"value":25000000.0,"unit":"events/s"}"#)
  }
}
