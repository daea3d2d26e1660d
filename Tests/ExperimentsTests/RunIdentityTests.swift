import Report
import Statistics
import Testing

@testable import Experiments

@Suite("A run's identity") struct RunIdentityTests {
  private func identity(
    scenario: String = "a: 1", seed: UInt64 = 1, replications: Int = 5, tables: [String] = [],
    build: String = "b"
  ) -> RunIdentity {
    RunIdentity(
      scenario: "name", resolvedScenario: scenario, seed: seed, replications: replications,
      tables: tables, build: build)
  }

  @Test("changes with everything that the results depend on") func everyField() {
    let ids = [
      identity(), identity(scenario: "a: 2"), identity(seed: 2), identity(replications: 6),
      identity(tables: ["jobs"]), identity(tables: ["jobs", "events"]), identity(build: "c"),
    ].map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(identity().id == identity().id)
    #expect(identity().id.count == 32)
  }

  @Test("does not confuse fields that meet") func boundaries() {
    #expect(identity(tables: ["ab", "c"]).id != identity(tables: ["a", "bc"]).id)
    #expect(identity(tables: ["ab"]).id != identity(tables: ["a", "b"]).id)
  }

  @Test(
    "names a folder that stays inside the results",
    arguments: [
      ("baseline", "baseline"), ("../x", "_..-x"), ("a/b c", "a-b-c"), ("", "_"),
      ("v1.2_é", "v1.2_-"),
    ])
  func folders(scenario: String, expected: String) {
    #expect(RunFolder.folderName(of: scenario) == expected)
  }

  @Test(
    "rests on SHA-256 as standardised",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1000),
        "41edece42d63e8d9bf515a9ba6932e1c20cbc9f5a5d134645adb5db1b9737ea3"
      ),
    ])
  func knownAnswers(message: String, expected: String) {
    #expect(SHA256.hexadecimal(of: message.utf8) == expected)
  }
}

@Suite("Replications and their summary") struct ReplicationTableTests {
  private func outcome(_ replication: Int, _ numbers: [Double]) -> ReplicationOutcome {
    ReplicationOutcome(
      replication: replication,
      status: .finished(
        ReplicationOutput(
          values: MetricValues(ToyQueue().metrics, numbers: numbers), eventDigest: "ab",
          eventCount: 9)))
  }

  @Test("are read back exactly as they were written") func roundTrip() throws {
    let metrics = ToyQueue().metrics
    let outcomes = [
      outcome(0, [0.1, 1e-300, .infinity, .nan]),
      ReplicationOutcome(replication: 1, status: .failed(reason: "a \"b\",\nc")),
      ReplicationOutcome(replication: 2, status: .interrupted),
    ]
    let bytes = ReplicationTable.encoded(outcomes, metrics: metrics)
    let read = try #require(ReplicationTable.outcomes(in: bytes, metrics: metrics))
    #expect(ReplicationTable.encoded(read, metrics: metrics) == bytes)
    #expect(read[0].output?.values.numbers[..<3] == [0.1, 1e-300, .infinity])
    #expect(read[1].isFailed && read[2].isInterrupted)
  }

  @Test("are refused when cut off or of another model") func damaged() {
    let metrics = ToyQueue().metrics
    let bytes = ReplicationTable.encoded([outcome(0, [1, 2, 3, 4])], metrics: metrics)
    for count in 0..<bytes.count {
      let outcomes = ReplicationTable.outcomes(in: Array(bytes[..<count]), metrics: metrics)
      #expect(outcomes?.isEmpty ?? true, "cut after \(count) bytes")
    }
    #expect(ReplicationTable.outcomes(in: bytes, metrics: MetricSet([ToyQueue.wait])) == nil)
  }

  @Test("are summarised by mean, Student half-width and quartiles") func summary() {
    let metrics = MetricSet([ToyQueue.refunds])
    let outcomes = [1.0, 2, 3, 4, 5, .nan].enumerated().map { replication, number in
      ReplicationOutcome(
        replication: replication,
        status: .finished(
          ReplicationOutput(
            values: MetricValues(metrics, numbers: [number]), eventDigest: "", eventCount: 0)))
    }
    let table = SummaryTable.table(of: outcomes, metrics: metrics, note: "one trace")
    let records = CSVRecords.parse(CSVEncoder.encode(table)) ?? []
    #expect(
      records[0] == [
        "metric", "unit", "mean", "half_width", "n", "min", "p25", "p50", "p75", "max", "note",
      ])
    let halfWidth = Double(records[1][3]) ?? .nan
    #expect(abs(halfWidth - 1.963_243_2) < 1e-6)
    #expect(
      records[1].enumerated().filter { $0.offset != 3 }.map(\.element)
        == ["refunds", "USD", "3", "5", "1", "2", "3", "4", "5", "one trace"])
    let single = SummaryTable.table(of: [outcomes[0]], metrics: metrics)
    #expect(CSVRecords.parse(CSVEncoder.encode(single))?[1][3] == "")
  }
}
