/// What a run is a function of; equal identities give equal bytes, so their results share a name.
public struct RunIdentity: Hashable, Sendable {
  /// Name of the scenario, the folder that holds its runs.
  public let scenario: String
  /// The scenario after resolution: every default, extension and override in it.
  public let resolvedScenario: String
  public let seed: UInt64
  public let replications: Int
  /// Names of the streamed tables that were asked for, in file order.
  public let tables: [String]
  /// `BuildDigest`, or any name of the code that ran.
  public let build: String

  public init(
    scenario: String, resolvedScenario: String, seed: UInt64, replications: Int, tables: [String],
    build: String
  ) {
    self.scenario = scenario
    self.resolvedScenario = resolvedScenario
    self.seed = seed
    self.replications = replications
    self.tables = tables
    self.build = build
  }

  /// 32 hexadecimal digits, the first 128 bits of a SHA-256.
  public var id: String {
    // Each field is preceded by its length, so that no two identities have the same bytes.
    let fields =
      ["marketsim run 1", resolvedScenario, String(seed), String(replications), build]
      + tables
    var bytes: [UInt8] = []
    for field in fields {
      bytes.append(contentsOf: "\(field.utf8.count):".utf8)
      bytes.append(contentsOf: field.utf8)
    }
    return String(SHA256.hexadecimal(of: bytes).prefix(32))
  }

  public var scenarioDigest: String { SHA256.hexadecimal(of: resolvedScenario.utf8) }
}
