import Market
import Quantities
import Testing

@testable import Scenario

@Suite("A trace file")
struct TraceFileTests {
  static let scenario = Fixture.minimal(
    "{poisson: {rate: 1/s}}, lengths: azure-conv-fit", as: "{trace: t.csv, repeat: false}")

  private func trace(_ text: String) throws -> RequestTrace? {
    let scenario = try Fixture.load(Self.scenario, others: ["t.csv": text])
    guard case .trace(let trace, false) = scenario.configuration.renters[0].arrivals else {
      return nil
    }
    #expect(scenario.configuration.renters[0].lengths == .fromTrace)
    return trace
  }

  @Test("is read to the nanosecond, its columns in any order") func reads() throws {
    let text =
      "note,output_tokens,arrival_s,prompt_tokens\r\n"
      + "\"a, \"\"b\"\"\",20,0,10\r\n,2,1.000000001,1\r\n\r\nx,7,1e1,8"
    let expected = [
      RequestTrace.Request(arrival: .zero, promptTokens: 10, outputTokens: 20),
      .init(arrival: .init(nanoseconds: 1_000_000_001), promptTokens: 1, outputTokens: 2),
      .init(arrival: .seconds(10), promptTokens: 8, outputTokens: 7),
    ]
    #expect(try trace(text)?.requests == expected)
  }

  @Test("reads plain numbers as it reads all others")
  func plainNumbers() throws {
    // A sign sends a field the slow way.
    for arrival in ["0", "0.000000001", "12.5", "315359999.999999999", "7.0000000004", "00.10"] {
      let header = "arrival_s,prompt_tokens,output_tokens\n"
      let plain = try trace(header + "\(arrival),12,1000000\n")
      let slow = try trace(header + "+\(arrival),+12,+1000000\n")
      #expect(plain?.requests.count == 1)
      #expect(plain?.requests == slow?.requests, "\(arrival)")
    }
  }

  @Test("is known by its content") func digest() throws {
    let first = try trace(Fixture.trace)?.contentDigest
    #expect(first == (try trace(Fixture.trace)?.contentDigest))
    #expect(first != (try trace(Fixture.trace + "\n")?.contentDigest))
  }

  @Test(
    "is refused line by line",
    arguments: [
      (
        "",
        "t.csv:1:1: error: the trace is empty; "
          + "start it with the header arrival_s,prompt_tokens,output_tokens"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n",
        "t.csv:1:1: error: the trace has no requests; add a row"
      ),
      (
        "arrival_s,prompt,output_tokens\n0,1,2\n",
        "t.csv:1:1: error: prompt_tokens is no column of the trace; name it in the header, "
          + "which has \"arrival_s\", \"prompt\", \"output_tokens\""
      ),
      (
        "arrival_s,prompt_tokens,output_tokens,arrival_s\n0,1,2,3\n",
        "t.csv:1:39: error: arrival_s is a column twice; keep one of them"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n1,1,2\n0.5,1,2\n",
        "t.csv:3:1: error: arrival_s is \"0.5\", earlier than the row before; "
          + "sort the rows by arrival_s"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n-1,1,2\n",
        "t.csv:2:1: error: arrival_s is \"-1\", a negative time; "
          + "count seconds from the start of the trace"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\nnan,1,2\n",
        "t.csv:2:1: error: arrival_s is \"nan\", not a number; write seconds as in 12.5"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n1e9,1,2\n",
        "t.csv:2:1: error: arrival_s is \"1e9\", which is out of range; "
          + "stay within 315,360,000 s"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n1,0,2\n",
        "t.csv:2:3: error: prompt_tokens is \"0\", not a count of tokens; "
          + "write a whole number, 1 to 1,000,000"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n1,10,2.5\n",
        "t.csv:2:6: error: output_tokens is \"2.5\", not a count of tokens; "
          + "write a whole number, 1 to 1,000,000"
      ),
      (
        "arrival_s,prompt_tokens,output_tokens\n1,10\n",
        "t.csv:2:3: error: output_tokens is missing: the row has 2 fields; "
          + "give every column a value"
      ),
    ])
  func refused(text: String, complaint: String) {
    #expect(Fixture.complaints(Self.scenario, others: ["t.csv": text]) == [complaint])
  }

  @Test("reports twenty problems and counts the rest") func many() {
    let rows = String(repeating: "x,1,2\n", count: 1_023)
    let complaints = Fixture.complaints(
      Self.scenario, others: ["t.csv": "arrival_s,prompt_tokens,output_tokens\n" + rows])
    #expect(complaints.count == 21)
    #expect(complaints.last?.contains("has 1,003 more problems") == true)
  }

  @Test("has to be there") func missing() {
    #expect(
      Fixture.complaints(Self.scenario) == [
        "s.yaml:8:46: error: renters[0].arrivals.trace names t.csv, which does not exist; "
          + "give the path of a CSV file"
      ])
    let none = Fixture.minimal("{poisson: {rate: 1/s}}", as: "{repeat: false}")
    #expect(
      Fixture.complaints(none) == [
        "s.yaml:8:38: error: renters[0].arrivals.trace is missing; give the path of a CSV file "
          + "with the columns arrival_s, prompt_tokens and output_tokens, as in "
          + "--set renters[0].arrivals.trace=requests.csv"
      ])
  }

  @Test("shorter than the run has to say whether it repeats") func repeats() {
    let silent = Fixture.minimal(
      "{poisson: {rate: 1/s}}, lengths: azure-conv-fit", as: "{trace: t.csv}")
    let complaint =
      "s.yaml:8:46: error: renters[0].arrivals.trace ends after 1.25 s, before the duration of "
      + "1 h; add repeat: true to start it again, or repeat: false to let arrivals end"
    #expect(Fixture.complaints(silent, others: ["t.csv": Fixture.trace]) == [complaint])
    #expect(
      Fixture.complaints(silent, others: ["t.csv": Fixture.trace + "3600,1,1\n"]) == [])
    let instant = "arrival_s,prompt_tokens,output_tokens\n0,1,1\n"
    #expect(
      Fixture.complaints(
        silent, set: ["renters.chat.arrivals.repeat=true"], others: ["t.csv": instant]) == [
          "s.yaml:8:46: error: renters[0].arrivals.trace takes no time, and so cannot be "
            + "repeated; write repeat: false"
        ])
  }

  @Test("repeats only as fast as other arrivals may come") func hasty() {
    func complaints(_ rows: String) -> [String] {
      Fixture.complaints(
        Self.scenario, set: ["renters.chat.arrivals.repeat=true"],
        others: ["t.csv": "arrival_s,prompt_tokens,output_tokens\n" + rows])
    }
    // Two requests in 200 ns, one gap of as much included: 10 million a second.
    #expect(complaints("0,1,1\n100e-9,1,1\n") == [])
    #expect(
      complaints("0,1,1\n99e-9,1,1\n") == [
        "s.yaml:8:46: error: renters[0].arrivals.trace holds 2 requests in 9.9e-08 s, too many "
          + "a second to be repeated; check that arrival_s is in seconds, or write repeat: false"
      ])
    #expect(complaints("5,1,1\n") == [], "a single request repeats after as long again")
  }
}
