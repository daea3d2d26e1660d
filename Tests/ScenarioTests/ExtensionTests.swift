import Market
import Quantities
import Testing

@testable import Scenario

@Suite("A scenario that extends another")
struct ExtensionTests {
  @Test("merges maps and replaces lists") func merges() throws {
    let base = Fixture.minimal + "chain: {ethPrice: 2000 USD, fabPrice: 2 USD}\n"
    let text = """
      marketsim: 1
      extends: base.yaml
      name: big
      chain: {fabPrice: 3 USD}
      hosts:
        - {name: rack, count: 9, gpu: h100-sxm, serves: llama3-8b@fp16}
      """
    let configuration = try Fixture.load(text, others: ["base.yaml": base]).configuration
    #expect(configuration.name == "big")
    #expect(configuration.seed == 7)
    #expect(configuration.chain.ethPrice == 2_000)
    #expect(configuration.chain.fabPrice == 3)
    #expect(configuration.hosts.map(\.name) == ["rack"])
    #expect(configuration.renters.map(\.name) == ["chat"])
  }

  @Test("finds its base relative to itself, through several files") func folders() throws {
    let files = [
      "a/b/s.yaml": "marketsim: 1\nextends: ../mid.yaml\nseed: 1\n",
      "a/b/../mid.yaml": "marketsim: 1\nextends: deep/base.yaml\nduration: 2h\n",
      "a/b/../deep/base.yaml": Fixture.minimal,
    ]
    let configuration = try ScenarioFile.load(
      path: "a/b/s.yaml", readFile: Fixture.files(files)
    ).configuration
    #expect(configuration.seed == 1)
    #expect(configuration.duration == .hours(2))
    #expect(configuration.name == "small")
  }

  @Test("leaves every problem in the file that has it") func places() {
    let base = Fixture.minimal("duration: 1h", as: "duration: 1 day\nsede: 4")
    let text = "marketsim: 1\nextends: base.yaml\nreplications: 0\n"
    #expect(
      Fixture.complaints(text, others: ["base.yaml": base]).map { $0.prefix { $0 != " " } } == [
        "s.yaml:3:15:", "base.yaml:4:11:", "base.yaml:5:1:",
      ])
  }

  @Test(
    "is refused when the base is not there, not right, or itself",
    arguments: [
      (
        "gone.yaml",
        "s.yaml:2:10: error: extends names gone.yaml, which does not exist; "
          + "give the path of a scenario file, relative to this one"
      ),
      (
        "./s.yaml",
        "s.yaml:2:10: error: extends goes round in a circle: s.yaml → s.yaml; "
          + "extend a file that does not extend this one"
      ),
      (
        "loop.yaml",
        "loop.yaml:2:10: error: extends goes round in a circle: "
          + "s.yaml → loop.yaml → s.yaml; extend a file that does not extend this one"
      ),
      (
        "entry.yaml",
        "back.yaml:2:10: error: extends goes round in a circle: "
          + "there.yaml → back.yaml → there.yaml; extend a file that does not extend this one"
      ),
      (
        "[a]",
        "s.yaml:2:10: error: extends is a list, not a path; "
          + "give the path of one scenario file, relative to this one"
      ),
      (
        "bare.yaml",
        "bare.yaml:1:1: error: marketsim is missing; start the file with \"marketsim: 1\""
      ),
    ])
  func refused(base: String, complaint: String) {
    let others = [
      "loop.yaml": "marketsim: 1\nextends: s.yaml\n", "bare.yaml": "name: x\n",
      "entry.yaml": "marketsim: 1\nextends: there.yaml\n",
      "there.yaml": "marketsim: 1\nextends: back.yaml\n",
      "back.yaml": "marketsim: 1\nextends: there.yaml\n",
    ]
    #expect(
      Fixture.complaints("marketsim: 1\nextends: \(base)\n", others: others) == [complaint])
  }

  @Test("may stand on 31 others and no more") func depth() {
    var others = ["b32.yaml": Fixture.minimal]
    for number in 1..<32 {
      others["b\(number).yaml"] = "marketsim: 1\nextends: b\(number + 1).yaml\n"
    }
    let text = "marketsim: 1\nextends: b2.yaml\n"
    #expect(Fixture.complaints(text, others: others) == [])
    #expect(
      Fixture.complaints(text.replacing("b2", with: "b1"), others: others) == [
        "b31.yaml:2:10: error: extends is the step from file 32 to yet another below s.yaml; "
          + "build a scenario on at most 31 others"
      ])
  }
}
