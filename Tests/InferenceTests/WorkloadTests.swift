import Foundation
import Testing

@testable import Inference

@Suite("Fitted workloads") struct WorkloadTests {
  @Test("lie as far from their traces as they state", arguments: Catalogue.lengths.map(\.name))
  func distances(name: String) throws {
    let files = [
      "azure-conv-fit": "trace_azure2023_conv.csv", "azure-code-fit": "trace_azure2023_code.csv",
      "mooncake-conversation-fit": "trace_mooncake_conversation.csv",
      "mooncake-synthetic-fit": "trace_mooncake_synthetic.csv",
      "arxiv-summarization-fit": "lengths_arxiv_summarization.csv",
    ]
    guard let table = try SharedData.table(try #require(files[name])) else { return }
    let lengths = try Catalogue.lengths(name)
    for (column, mixture, stated) in [
      ("prompt_tokens", lengths.prompt, lengths.promptDistance),
      ("output_tokens", lengths.output, lengths.outputDistance),
    ] {
      let index = try #require(table.column(column))
      let tokens = table.rows.compactMap { Double($0[index].text) }.filter { $0 >= 1 }
      #expect(abs(distance(mixture, tokens.sorted()) - stated) < 0.002, "\(column)")
    }
  }

  /// Kolmogorov distance; a whole token stands for the half-open unit around it.
  private func distance(_ mixture: LengthMixture, _ tokens: [Double]) -> Double {
    func share(below value: Double) -> Double {
      func normal(_ part: LengthMixture.Component) -> Double {
        0.5 * erfc(-(log(value) - part.mu) / part.sigma / 2.0.squareRoot())
      }
      return mixture.weight * normal(mixture.first)
        + (1 - mixture.weight) * normal(mixture.second)
    }
    var worst = 0.0
    for (index, value) in tokens.enumerated() {
      let isLast = index + 1 == tokens.count || tokens[index + 1] > value
      let isFirst = index == 0 || tokens[index - 1] < value
      let count = Double(tokens.count)
      if isLast { worst = max(worst, abs(Double(index + 1) / count - share(below: value + 0.5))) }
      if isFirst { worst = max(worst, abs(Double(index) / count - share(below: value - 0.5))) }
    }
    return worst
  }

  @Test("stay within the lengths that the trace has, and round to nearest") func cut() {
    let mixture = LengthMixture(
      weight: 0.25, first: .init(mu: 0, sigma: 1), second: .init(mu: log(100.4), sigma: 0),
      minimum: 2, maximum: 50)
    #expect(mixture.tokens(choice: 0.2, deviate: 0) == 2)
    #expect(mixture.tokens(choice: 0.2, deviate: 2) == 7)
    #expect(mixture.tokens(choice: 0.25, deviate: 0) == 50)
  }

  @Test("vary over a week around 1, with the published peaks") func weeks() throws {
    for rates in Catalogue.weeklyRates {
      #expect(rates.multipliers.count == 168)
      #expect(abs(rates.multipliers.reduce(0, +) / 168 - 1) < 1e-12, "\(rates.name)")
      let weekend = rates.multipliers[120...].max() ?? 0
      #expect(weekend < rates.peak, "\(rates.name)")
    }
    // Requests per second, given each week's published total: 27.3 M and 16.8 M.
    let chat = try Catalogue.weeklyRates("weekly-chat")
    let code = try Catalogue.weeklyRates("weekly-code")
    let week = 7.0 * 86_400
    #expect(abs(chat.peak * 27.3e6 / week * 60 / 5_200 - 1) < 0.05)
    #expect(abs(code.peak * 16.8e6 / week * 60 / 5_200 - 1) < 0.05)
    #expect(chat.multiplier(atSecond: 0) == chat.multipliers[0])
    #expect(chat.multiplier(atSecond: week + 3 * 3_600 + 1) == chat.multipliers[3])
  }
}

/// The data folder beside the repository, where there is one.
enum SharedData {
  static func bytes(_ file: String) throws -> [UInt8]? {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<3 { folder.deleteLastPathComponent() }
    let candidates = ["../shared/data", "../../shared/data"].map {
      folder.appendingPathComponent($0).appendingPathComponent(file)
    }
    guard let url = candidates.first(where: { FileManager.default.fileExists(atPath: $0.path) })
    else { return nil }
    return [UInt8](try Data(contentsOf: url))
  }

  static func table(_ file: String) throws -> CSVTable? {
    try bytes(file).map { try CSVTable(parsing: $0) }
  }
}
