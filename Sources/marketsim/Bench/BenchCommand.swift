import ArgumentParser
import Foundation

/// `marketsim bench [NAME…]`: measures the simulator itself on this machine.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measure the simulator's speed on this machine.",
    discussion: Benchmark.all.map { "\($0.name): \($0.abstract)" }.joined(separator: "\n"))

  @Argument(help: "Benchmarks to run; all when none is named.")
  var names: [String] = []

  @Option(help: "Measure at this size only.")
  var size: Int?

  @Flag(help: "One JSON object per figure and line.")
  var json = false

  func validate() throws {
    for name in names where !Benchmark.all.contains(where: { $0.name == name }) {
      let known = Benchmark.all.map(\.name).joined(separator: ", ")
      throw ValidationError("there is no benchmark \"\(name)\"; choose from \(known)")
    }
    if let size, size < 1 || size > 100_000_000 {
      throw ValidationError("--size is \(size); it must lie in 1 … 100000000")
    }
  }

  func run() throws {
    let chosen = Benchmark.all.filter { names.isEmpty || names.contains($0.name) }
    for benchmark in chosen {
      for size in size.map({ [$0] }) ?? benchmark.sizes {
        let outcome = benchmark.measure(size, .full)
        report(outcome, of: benchmark, at: size)
      }
    }
    report(
      BenchmarkOutcome(
        figures: [
          BenchmarkFigure(
            name: "peak_memory", size: 1, value: Double(Stopwatch.peakMemory), unit: "B")
        ], digest: 0), of: nil, at: 1)
  }

  private func report(_ outcome: BenchmarkOutcome, of benchmark: Benchmark?, at size: Int) {
    for figure in outcome.figures {
      print(json ? figure.json : Self.line(figure))
    }
    // Beside the figures, so that standard output stays one object a line.
    if let benchmark {
      let digest = String(outcome.digest, radix: 16)
      let note = "\(benchmark.name) \(size): digest \(digest)\n"
      FileHandle.standardError.write(Data(note.utf8))
    }
    // All open streams: `stdout` itself is shared mutable state in Swift 6.
    fflush(nil)
  }

  /// Columns: name, size, value with four significant digits, unit.
  static func line(_ figure: BenchmarkFigure) -> String {
    let width = max(28, figure.name.count + 1)
    let name = figure.name.padding(toLength: width, withPad: " ", startingAt: 0)
    let size = String(figure.size)
    let value = String(format: "%.4g", figure.value)
    return name + String(repeating: " ", count: max(0, 9 - size.count)) + size
      + String(repeating: " ", count: max(1, 14 - value.count)) + value + " " + figure.unit
  }
}
