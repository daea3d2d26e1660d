import Foundation
import Testing

@testable import Scenario

@Suite("The schema of scenarios")
struct SchemaTests {
  private func sections() -> [SectionDeclaration] {
    var sections: [SectionDeclaration] = []
    ScenarioKeys.shape.declaration.collect(into: &sections)
    return sections
  }

  @Test("has every section and key of the reader, and no other") func keys() throws {
    let data = Data(ScenarioSchema.json().utf8)
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    let all = sections()
    #expect(Set(definitions.keys) == Set(all.dropFirst().map(\.name)))
    for section in all {
      let body = section.name == "scenario" ? schema : definitions[section.name]
      let properties = try #require(body?["properties"] as? [String: Any])
      #expect(Set(properties.keys) == Set(section.keys.map(\.name)))
      #expect(body?["additionalProperties"] as? Bool == false)
    }
  }

  @Test("says something about every key, once") func documentation() {
    for section in sections() {
      #expect(Set(section.keys.map(\.name)).count == section.keys.count, "\(section.name)")
      #expect(!section.doc.isEmpty)
      for key in section.keys {
        #expect(key.doc.hasSuffix("."), "\(section.name).\(key.name)")
        #expect(section.misplaced[key.name] == nil, "\(section.name).\(key.name)")
      }
    }
  }

  /// A key that is declared but never read would be accepted and do nothing.
  @Test("declares only keys that the reader reads") func everyKeyIsRead() throws {
    var count = 0
    for path in [
      "", "chain", "chain.backgroundLoad", "chain.backgroundLoad.diurnal", "protocol", "regions",
      "hosts[0]", "hosts[0].behaviour", "hosts[0].availability", "hosts[0].price", "renters[0]",
      "renters[0].arrivals", "renters[0].arrivals.poisson", "renters[0].arrivals.gamma",
      "renters[0].lengths", "renters[0].lengths.fixed", "renters[0].lengths.lognormal",
      "renters[0].lengths.lognormal.prompt", "renters[0].lengths.lognormal.output", "assignment",
      "assignment.race", "horizon", "horizon.steadyState", "outputs", "expect[0]",
    ] {
      let name = path.isEmpty ? "scenario" : Self.sectionName(path)
      let section = try #require(sections().first { $0.name == name }, "\(name)")
      for key in section.keys where key.name != "marketsim" {
        count += 1
        let place = path.isEmpty ? key.name : "\(path).\(key.name)"
        // No key takes a list of lists of lists.
        let complaints = Fixture.complaints(
          Fixture.minimal + "expect: [{metric: m, below: 1}]\n", set: ["\(place)=[[[]]]"])
        #expect(complaints.contains { $0.contains("error: \(place)") }, "\(place): \(complaints)")
      }
    }
    #expect(count > 80)
  }

  private static func sectionName(_ path: String) -> String {
    switch path {
    case "hosts[0]": "host cohort"
    case "renters[0]": "renter cohort"
    case "expect[0]": "expectation"
    case _ where path.hasSuffix(".prompt") || path.hasSuffix(".output"): "lognormal mixture"
    default: String(path.split(separator: ".").last ?? "")
    }
  }

  /// Needs Python with `jsonschema` and `yaml`; passes without a check where they are missing.
  @Test("accepts the scenarios that ship and refuses spoilt ones") func validator() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("marketsim-schema-\(ProcessInfo.processInfo.processIdentifier)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let schema = folder.appendingPathComponent("schema.json")
    try Data(ScenarioSchema.json().utf8).write(to: schema)
    let script = """
      import sys
      try:
        import json, yaml, jsonschema
      except ImportError:
        sys.exit(77)
      schema = json.load(open(sys.argv[1]))
      jsonschema.Draft202012Validator.check_schema(schema)
      validator = jsonschema.Draft202012Validator(schema)
      right = yaml.safe_load(open(sys.argv[2]))
      for path in sys.argv[2:]:
        for error in validator.iter_errors(yaml.safe_load(open(path))):
          sys.exit(f"{path}: {error.json_path}: {error.message}")
      def refuse(change):
        wrong = yaml.safe_load(open(sys.argv[2]))
        change(wrong)
        if validator.is_valid(wrong):
          sys.exit(f"accepted: {wrong}")
      refuse(lambda s: s.update(sede=1))
      refuse(lambda s: s.pop("hosts"))
      refuse(lambda s: s.update(duration=3600))
      refuse(lambda s: s["hosts"][0].update(gpu="rtx409"))
      refuse(lambda s: s["hosts"][0].pop("count"))
      refuse(lambda s: s["renters"][0]["arrivals"]["gamma"].update(rate="5 per s"))
      refuse(lambda s: s["chain"].update(backgroundLoad=11))
      """
    // The one that stands alone comes first: it is the one to spoil.
    let names = try Repository.scenarios().filter { $0 != "baseline.yaml" }
    let scenarios = (["baseline.yaml"] + names)
      .map { Repository.root.appendingPathComponent("Scenarios/\($0)").path }
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3", "-c", script, schema.path] + scenarios
    let errors = Pipe()
    python.standardError = errors
    try python.run()
    let message = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    python.waitUntilExit()
    // 77: a module is missing; 127: Python is.
    #expect([0, 77, 127].contains(python.terminationStatus), "\(message)")
  }
}
