import EVM
import Testing

@Suite("A network preset") struct NetworkFigureTests {
  @Test("states source and date of each of its numbers", arguments: ChainParameters.presetNames)
  func sources(name: String) throws {
    let figures = try #require(ChainParameters.figures(of: name))
    let preset = try #require(ChainParameters.preset(named: name))
    // Plain numbers once, the L1's price by its four and the operator's fee by its two.
    let properties = Mirror(reflecting: preset).children.compactMap(\.label)
    for property in properties {
      let count = figures.count {
        $0.parameter == property || $0.parameter.hasPrefix(property + ".")
      }
      #expect(count == (property == "l1" ? 4 : property == "operatorFee" ? 2 : 1), "\(property)")
    }
    for figure in figures {
      #expect(!figure.value.isEmpty && figure.source.count > 10, "\(figure.parameter)")
      #expect(figure.isChoice || figure.since.hasPrefix("20") || figure.since.hasPrefix("by 20"))
    }
    #expect(ChainParameters.figures(of: "base") == nil)
  }

  @Test("prints the numbers that it holds") func values() throws {
    let figures = try #require(ChainParameters.figures(of: "base-mainnet"))
    func value(_ parameter: String) -> String? {
      figures.first { $0.parameter == parameter }?.value
    }
    #expect(value("gasLimit") == "400000000")
    #expect(value("blockTime") == "2")
    #expect(value("l1.blobBaseFeeScalar") == "1055762")
  }
}
