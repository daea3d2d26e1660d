import Foundation
import Inference
import Testing

@testable import Calibration

@Suite("A fit of a trace") struct TraceFitTests {
  /// SplitMix64, enough for inputs.
  private struct Draws {
    var state: UInt64

    mutating func uniform() -> Double {
      state &+= 0x9E37_79B9_7F4A_7C15
      var word = state
      word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
      word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
      return (Double((word ^ (word >> 31)) >> 11) + 0.5) * 0x1p-53
    }

    mutating func normal() -> Double {
      (-2 * log(uniform())).squareRoot() * cos(2 * .pi * uniform())
    }
  }

  @Test(
    "finds the two lognormals that made the lengths",
    arguments: [
      LengthMixture(
        weight: 0.7, first: .init(mu: 4.6, sigma: 0.7), second: .init(mu: 7, sigma: 0.4),
        minimum: 1, maximum: 100_000),
      LengthMixture(
        weight: 0.4, first: .init(mu: 5, sigma: 0.2), second: .init(mu: 6.5, sigma: 1),
        minimum: 1, maximum: 100_000),
    ])
  func mixture(truth: LengthMixture) {
    var draws = Draws(state: 11)
    let lengths = (0..<20_000).map { _ in
      Int(truth.tokens(choice: draws.uniform(), deviate: draws.normal()))
    }
    let fit = MixtureFit(lengths)
    #expect(abs(fit.mixture.weight - truth.weight) < 0.03)
    for (found, expected) in [
      (fit.mixture.first, truth.first), (fit.mixture.second, truth.second),
    ] {
      #expect(abs(found.mu - expected.mu) < 0.05 && abs(found.sigma - expected.sigma) < 0.04)
    }
    // The fluctuation of 20,000 draws about their own distribution.
    #expect(fit.distance < 0.015)
    #expect(fit.mixture.maximum == Int32(lengths.max() ?? 0))
  }

  @Test("takes lengths that are all alike, or of two kinds only") func degenerate() {
    let constant = MixtureFit([Int](repeating: 512, count: 50))
    #expect(abs(constant.mixture.first.mu - log(512)) < 1e-9 && constant.mean == 512)
    let two = MixtureFit([Int](repeating: 10, count: 60) + [Int](repeating: 1_000, count: 40))
    #expect(abs(two.mixture.weight - 0.6) < 1e-6)
    #expect(two.distance < 0.2)
  }

  @Test("knows Poisson arrivals from bursts and from a clock", arguments: [0.3, 1, 4])
  func gammaShape(shape: Double) throws {
    var draws = Draws(state: 3)
    // Marsaglia and Tsang, and their boost below 1.
    func gamma(_ shape: Double) -> Double {
      if shape < 1 { return gamma(shape + 1) * pow(draws.uniform(), 1 / shape) }
      let d = shape - 1.0 / 3
      while true {
        let x = draws.normal()
        let v = pow(1 + x / (9 * d).squareRoot(), 3)
        if v > 0, log(draws.uniform()) < x * x / 2 + d - d * v + d * log(v) { return d * v }
      }
    }
    var time = 0.0
    let arrivals = (0..<40_000).map { _ in
      time += gamma(shape) / shape / 2
      return time
    }
    let found = ArrivalStatistics(arrivals)
    #expect(abs(found.rate - 2) < 0.08)
    #expect(abs((found.gammaShape ?? 0) / shape - 1) < 0.04)
    let variation = 1 / shape.squareRoot()
    #expect(abs(found.gapVariation / variation - 1) < 0.05)
    #expect(abs(found.burstiness - (variation - 1) / (variation + 1)) < 0.03)
    // Counts of a renewal process have the dispersion of its gaps, in the long run.
    let dispersion = try #require(found.dispersion.last?.index)
    #expect(abs(dispersion / (1 / shape) - 1) < 0.25)
  }

  @Test("says nothing about the shape of gaps that a coarse clock hides") func quantised() {
    let arrivals = (0..<600).map { Double($0 / 3 * 3) }
    let found = ArrivalStatistics(arrivals)
    #expect(found.gammaShape == nil && abs(found.simultaneousShare - 2.0 / 3) < 0.01)
    #expect(abs(found.rate - 1) < 0.01)
  }

  @Test("measures how prompt and output lengths go together") func correlation() throws {
    let rows = (0..<50).map { "\($0),\($0 + 1),\(1_000 - $0)" }.joined(separator: "\n")
    let text = "arrival_s,prompt_tokens,output_tokens\n" + rows
    let fit = TraceFit(try RequestRecording(parsing: Array(text.utf8)))
    #expect(abs(fit.correlation + 1) < 1e-12 && fit.requests == 50)
    // A minute's requests, but no more than a tenth of the trace.
    #expect(fit.meanBlock == 5)
  }

  @Test("names every bad cell of a trace by line and column") func badCells() {
    let text =
      "arrival_s,prompt_tokens,output_tokens\n1,10,10\n0.5,1,1\nx,1,1\n2,1.5,1\n3,1,0\n4,,1\n"
    do throws(RequestRecording.Problems) {
      _ = try RequestRecording(parsing: Array(text.utf8))
      Issue.record("five rows are wrong")
    } catch {
      #expect(error.all.map { "\($0.line):\($0.column)" } == ["3:1", "4:1", "5:3", "6:5", "7:3"])
      #expect(error.all[0].message.contains("sort the rows by arrival"))
    }
    do throws(RequestRecording.Problems) {
      _ = try RequestRecording(parsing: Array("arrival_s,output_tokens\n1,2\n".utf8))
      Issue.record("a column is missing")
    } catch {
      #expect(error.all[0].message.contains("missing here: prompt_tokens"))
    }
    do throws(RequestRecording.Problems) {
      _ = try RequestRecording(
        parsing: Array("arrival_s,prompt_tokens,output_tokens\n1,2,3\n".utf8))
      Issue.record("one request is no trace")
    } catch {
      #expect(error.all[0].message.contains("at least 20"))
    }
  }

  @Test(
    "of a public trace is as near as the one in the catalogue",
    arguments: [
      ("azure2023_conv", "azure-conv-fit"), ("azure2023_code", "azure-code-fit"),
      ("mooncake_conversation", "mooncake-conversation-fit"),
    ])
  func publicTraces(file: String, name: String) throws {
    guard let bytes = try SharedData.bytes("trace_\(file).csv") else { return }
    let fit = TraceFit(try RequestRecording(parsing: bytes))
    let known = try Catalogue.lengths(name)
    #expect(fit.prompt.distance <= known.promptDistance + 0.01)
    #expect(fit.output.distance <= known.outputDistance + 0.01)
  }
}
