import Quantities
import Statistics
import Testing

@testable import Report

@Suite("Result tables as text") struct TableEncodingTests {
  private static let schema = TableSchema(
    "samples", "One sample.",
    columns: [
      Column("name", .text, "Who, with \"quotes\" | bars."),
      Column("jobs", .integer, "How many."),
      Column("latency", .real, .seconds, "How long."),
      .seconds("time", "When."),
      Column("stake", .amount(decimals: 18), .fab, "How much."),
      Column("active", .flag, "Whether."),
    ])

  private var table: ResultTable {
    var table = ResultTable(Self.schema)
    table.append("a,b")
    table.append(9_007_199_254_740_993 as Int64)
    table.append(1e-7)
    table.append(SimTime(nanoseconds: 1_500_000_000))
    table.append(UInt256(high: 0, low: 1_000_000_000_000_000_000_001))
    table.append(true)
    table.endRow()
    table.append("say \"hi\"\nthere\r\u{1}\\é")
    table.append(-3)
    table.append(Double.nan)
    table.appendAbsent()
    table.appendAbsent()
    table.append(false)
    table.endRow()
    return table
  }

  @Test("are CSV by RFC 4180 with unit headers and empty absent cells") func csv() {
    #expect(
      String(decoding: CSVEncoder.encode(table), as: UTF8.self) == """
        name,jobs,latency_s,time_s,stake_fab,active
        "a,b",9007199254740993,1e-7,1.5,1000.000000000000000001,true
        "say ""hi""\nthere\r\u{1}\\é",-3,,,,false

        """)
  }

  @Test("are JSON lines with the CSV headers as keys") func jsonLines() {
    #expect(
      String(decoding: JSONLinesEncoder.encode(table), as: UTF8.self) == #"""
        {"name":"a,b","jobs":9007199254740993,"latency_s":1e-7,"time_s":1.5,"stake_fab":1000.000000000000000001,"active":true}
        {"name":"say \"hi\"\nthere\r\u0001\\é","jobs":-3,"latency_s":null,"time_s":null,"stake_fab":null,"active":false}

        """#)
  }

  @Test("line up for a terminal") func text() {
    var table = ResultTable(
      TableSchema(
        "t", "A row.",
        columns: [Column("metric", .text, "Name."), Column("mean", .real, .seconds, "Mean.")]))
    table.append("latency")
    table.append(1.234_567_8)
    table.endRow()
    table.append("x")
    table.append(Double.nan)
    table.endRow()
    #expect(TextTable.render(table) == "metric   mean_s\nlatency  1.2346\nx             –\n")
  }

  @Test("document every column from its declaration") func documentation() {
    let text = ColumnDocumentation.markdown(of: [Self.schema])
    #expect(text.hasPrefix("## `samples.csv`\n\nOne sample.\n"))
    #expect(text.contains("| `latency_s` | real | s | How long. |"))
    #expect(text.contains("| `name` | text |  | Who, with \"quotes\" \\| bars. |"))
  }

  @Test("write a JSON document with keys in the order given") func document() {
    let value = JSONValue.object([
      ("b", .integer(1)), ("a", .list([.text("x\ty"), .null, .real(0.5)])), ("c", .object([])),
    ])
    #expect(
      String(decoding: value.encoded(), as: UTF8.self)
        == "{\n  \"b\": 1,\n  \"a\": [\n    \"x\\ty\",\n    null,\n    0.5\n  ],\n  \"c\": {}\n}\n")
  }
}
