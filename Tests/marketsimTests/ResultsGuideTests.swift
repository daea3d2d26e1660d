import Foundation
import Testing

@testable import marketsim

@Suite("Guide to results") struct ResultsGuideTests {
  @Test("Results/README.md says what the program writes; renew it with marketsim results-guide")
  func readmeIsCurrent() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let readme = try String(contentsOf: root.appending(path: "Results/README.md"), encoding: .utf8)
    #expect(readme == GuideCommand.text)
  }
}
